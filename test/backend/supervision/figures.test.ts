import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications, type ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { typeOf } from '../../../backend/modules/applications/case-type.ts';
import { workOf } from '../../../backend/modules/applications/clocks.ts';
import { listBusinessTypes } from '../../../backend/modules/catalogue/index.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import { caseFacts } from '../../../backend/modules/supervision/case-fact.model.ts';
import { collectFacts } from '../../../backend/modules/supervision/collect-facts.ts';
import { counterDays, periodCounters } from '../../../backend/modules/supervision/counter.model.ts';
import { foldDirtyDays } from '../../../backend/modules/supervision/fold-days.ts';
import { openFigures } from '../../../backend/modules/supervision/open-figures.model.ts';
import { periodsBetween, livePerformance } from '../../../backend/modules/supervision/promises.ts';
import { emptyTally, type Tally } from '../../../backend/modules/supervision/tally.ts';
import { verifyCounters } from '../../../backend/modules/supervision/verify-counters.ts';
import type { DeliveredEvent } from '../../../backend/platform/database/outbox.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { copyCases, storedCase } from '../../support/open-cases.ts';
import { accepted, ok, recorded, submittedRename } from '../applications/scenario.ts';
import { at, openBureau, travel, type Bureau } from './bureau.ts';
import { countEnded, countOpenByHand, lightByHand, type EndedCase } from './figures-oracle.ts';

const OFFICES = ['liaocheng-centre', 'linqing', null];
const CLERKS = ['a'.repeat(24), 'b'.repeat(24), null];
const TYPES = ['BG01', 'ZY02', 'CF01'];

/** A generator of its own, so that the same seed gives the same cases whatever the library does. */
function dice(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  return { next, pick: <T>(list: readonly T[]): T => list[next(list.length)]! };
}

describe('the figures of the supervisor’s desk, against a recount by hand', () => {
  let bureau: Bureau;
  let template: ApplicationDocument;
  /** In force, by code. */
  let versions: ReadonlyMap<string, number>;
  beforeAll(async () => {
    bureau = await openBureau();
    const { id } = await submittedRename(bureau);
    await accepted(bureau, id);
    template = await storedCase(bureau.api.p, id);
    const types = await listBusinessTypes(bureau.api.p);
    versions = new Map(types.map(({ code, version }) => [code, version]));
  });
  afterAll(() => bureau.close());
  beforeEach(async () => {
    await travel(bureau, TEST_NOW);
    const { p } = bureau.api;
    for (const model of [applications, caseFacts, counterDays, periodCounters, openFigures])
      await (model(p).collection as unknown as { deleteMany(filter: object): Promise<unknown> }).deleteMany(
        {},
      );
  });

  const get = (path: string): Promise<Json> => ok(bureau.supervisor.client.get(path));

  function openCase(n: number, { next, pick }: ReturnType<typeof dice>): Partial<ApplicationDocument> {
    const shift = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
    const dueAt = shift(next(6_000) - 2_000);
    const paused = next(5) === 0;
    const none = !paused && next(8) === 0;
    const work = {
      ...template.work,
      sortAt: paused || none ? new Date('9999-12-31T00:00:00Z') : dueAt,
      dueAt: paused || none ? null : dueAt,
      yellowAt: paused || none ? null : new Date(dueAt.getTime() - 600 * 60_000),
      statutoryDueAt: paused || none ? null : new Date(dueAt.getTime() + (next(2_000) - 200) * 60_000),
      paused,
      pause: paused ? pick(['notice', 'waitTax', 'notice+supplement']) : null,
      pauseEndsAt: paused ? shift(next(2_000) - 1_000) : null,
      step: pick(['firstReview', 'approval', 'acceptance']),
    };
    const clerk = pick(CLERKS);
    const handler = clerk ? { accountId: clerk, name: clerk.slice(0, 2), at: TEST_NOW } : null;
    return { typeCode: TYPES[n % 3]!, officeId: pick(OFFICES), handler, work };
  }

  it('summary: lights by type, hall, clerk and step, due days and pauses, whole and filtered', async () => {
    const random = dice(7);
    await copyCases(bureau.api.p, template, 400, (n) => openCase(n, random));
    await copyCases(bureau.api.p, template, 50, (n) => ({
      no: `20260101${String(n).padStart(6, '0')}`,
      status: 'archived',
      work: { ...template.work, open: false },
    }));
    await bureau.api.app.scheduler.runNow('supervision.open');
    const docs = (await applications(bureau.api.p)
      .collection.find()
      .toArray()) as unknown as ApplicationDocument[];
    const filters: Record<string, string>[] = [
      {},
      { type: 'BG01' },
      { office: 'linqing' },
      { type: 'ZY02', office: 'linqing' },
    ];
    for (const filter of filters) {
      const expected = countOpenByHand(docs, TEST_NOW, filter);
      const seen = await get(`/api/supervision/summary?${new URLSearchParams(filter).toString()}`);
      const byKey = (rows: Json[], key: (row: Json) => string) =>
        Object.fromEntries(rows.map((row) => [key(row), row.lights]));
      expect({ total: seen.total, lights: seen.lights }).toEqual({
        total: expected.total,
        lights: expected.lights,
      });
      expect(byKey(seen.types, ({ type }) => type)).toEqual(expected.types);
      expect(byKey(seen.offices, ({ office }) => String(office))).toEqual(expected.offices);
      expect(byKey(seen.clerks, ({ person }) => String(person?.id ?? null))).toEqual(expected.clerks);
      expect(byKey(seen.stages, ({ step }) => step)).toEqual(expected.stages);
      expect(seen.dueToday).toBe(expected.dueToday);
      expect(
        Object.fromEntries(seen.pauses.map(({ reason, count, overdue }: Json) => [reason, [count, overdue]])),
      ).toEqual(expected.pauses);
      for (const { day, count } of seen.dueDays)
        expect([day, count]).toEqual([day, expected.dueDays[day] ?? 0]);
    }
    expect((await get('/api/supervision/summary')).dueDays.map(({ day }: Json) => day)).toEqual([
      ...['2026-10-09', '2026-10-10', '2026-10-12', '2026-10-13'],
      ...['2026-10-14', '2026-10-15', '2026-10-16', '2026-10-19'],
    ]);
  });

  it('lights follow what happened to a case: a pause after the due instant hides nothing', async () => {
    const { p } = bureau.api;
    const now = at('2026-10-13', '15:00');
    const [type, calendar] = [await typeOf(p, template), await getCalendar(p)];
    const random = dice(17);
    const cases = Array.from({ length: 250 }, () => {
      const acceptedAt = new Date(now.getTime() - (1 + random.next(random.pick([4_000, 92_000]))) * 60_000);
      const soon = Math.min(random.next(6_000), Math.floor((now.getTime() - acceptedAt.getTime()) / 60_000));
      const pausedAt = random.next(2) === 0 ? new Date(acceptedAt.getTime() + soon * 60_000) : null;
      return { acceptedAt, pausedAt };
    });
    const eventsOf = ({ acceptedAt, pausedAt }: (typeof cases)[number]) => [
      { id: 'a', kind: 'accepted' as const, at: acceptedAt, recordedAt: acceptedAt },
      ...(pausedAt
        ? [{ id: 'p', kind: 'paused' as const, at: pausedAt, recordedAt: pausedAt, reason: 'inquiry' }]
        : []),
    ];
    await copyCases(p, template, cases.length, (n) => {
      const clockEvents = eventsOf(cases[n]!);
      return { clockEvents, work: workOf({ doc: { ...template, clockEvents }, type, calendar, now }) };
    });
    await travel(bureau, now);
    await bureau.api.app.scheduler.runNow('supervision.open');
    const expected: Record<string, number> = { black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0 };
    for (const one of cases) expected[lightByHand(one, now)]! += 1;
    for (const light of ['black', 'red', 'green', 'paused'] as const)
      expect(expected[light]).toBeGreaterThan(0);
    const late = cases.filter((one) => one.pausedAt && lightByHand(one, now) === 'red');
    expect(late.length).toBeGreaterThan(5);
    expect((await get('/api/supervision/summary')).lights).toEqual(expected);
    for (const light of ['red', 'paused'])
      expect((await get(`/api/supervision/cases?limit=100&light=${light}`)).items.length).toBe(
        Math.min(100, expected[light]!),
      );
  });

  it('opens exactly the rows behind each figure of the summary, page by page', async () => {
    const random = dice(11);
    await copyCases(bureau.api.p, template, 300, (n) => openCase(n, random));
    await bureau.api.app.scheduler.runNow('supervision.open');
    const summary = await get('/api/supervision/summary');
    const rows = async (query: string): Promise<Json[]> => {
      const found: Json[] = [];
      let cursor: string | null = null;
      do {
        const page: Json = await get(
          `/api/supervision/cases?limit=37&${query}${cursor ? `&cursor=${cursor}` : ''}`,
        );
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      return found;
    };
    const { lights } = summary;
    for (const light of Object.keys(lights)) {
      const found = await rows(`light=${light}`);
      expect([light, found.length]).toEqual([light, lights[light]]);
      expect(found.every((row) => row.light === light)).toBe(true);
    }
    for (const { type, lights: own } of summary.types)
      expect(await rows(`type=${type}&light=red`)).toHaveLength(own.red);
    for (const { person, total } of summary.clerks)
      expect(await rows(`clerk=${person?.id ?? 'nobody'}`)).toHaveLength(total);
    for (const { office, total } of summary.offices.filter((one: Json) => one.office))
      expect(await rows(`office=${office}`)).toHaveLength(total);
    for (const { step, lights: own } of summary.stages)
      expect(await rows(`step=${step}&light=yellow`)).toHaveLength(own.yellow);
    for (const { day, count } of summary.dueDays) expect(await rows(`dueOn=${day}`)).toHaveLength(count);
    for (const { reason, count } of summary.pauses) expect(await rows(`pause=${reason}`)).toHaveLength(count);
    expect(await rows('pauseOverdue=true')).toHaveLength(summary.pausesOverdue);
  });

  /** Cases that ended, as documents and as what is known of them by construction. */
  async function endedCases(count: number, seed: number): Promise<EndedCase[]> {
    const { next, pick } = dice(seed);
    const made: EndedCase[] = Array.from({ length: count }, (_, n) => {
      const acceptedAt = new Date(at('2026-07-01', '09:00').getTime() + next(60 * 24 * 60) * 60_000);
      const lasts = 10 + next(8 * 24 * 60);
      const endedAt = new Date(acceptedAt.getTime() + lasts * 60_000);
      const pauseFrom = new Date(acceptedAt.getTime() + next(lasts) * 60_000);
      const pauseTo = new Date(pauseFrom.getTime() + next(3 * 24 * 60) * 60_000);
      const outcome = pick(['registered', 'registered', 'registered', 'refused', 'withdrawn'] as const);
      return {
        n,
        typeCode: TYPES[n % 2]!,
        officeId: pick(OFFICES),
        clerk: pick(CLERKS) ?? CLERKS[0]!,
        acceptedAt,
        endedAt,
        pause: next(3) === 0 && pauseTo < endedAt ? { from: pauseFrom, to: pauseTo } : null,
        outcome,
        corrections: next(3),
        reason: pick(['seized', 'unlawful']),
      };
    });
    return made;
  }

  async function store(made: readonly EndedCase[]): Promise<DeliveredEvent[]> {
    const by = (one: EndedCase) => ({ accountId: one.clerk, name: one.clerk.slice(0, 2), personIndex: null });
    const ids = await copyCases(bureau.api.p, template, made.length, (n) => {
      const one = made[n]!;
      const event = (kind: string, when: Date, rest: object = {}) => ({
        id: `${kind}${n}`,
        kind,
        at: when,
        recordedAt: when,
        ...rest,
      });
      const clockEvents = [
        event('accepted', one.acceptedAt),
        ...(one.pause
          ? [
              event('paused', one.pause.from, { reason: 'inquiry', plannedEnd: null }),
              event('resumed', one.pause.to, { pauseId: `paused${n}` }),
            ]
          : []),
        event('stopped', one.endedAt),
      ];
      return {
        typeCode: one.typeCode,
        typeVersion: versions.get(one.typeCode) ?? 0,
        officeId: one.officeId,
        status: one.outcome,
        clockEvents,
        corrections: Array.from({ length: one.corrections }, () => ({ id: 'x' })),
        registration: one.outcome === 'registered' ? { at: one.endedAt, by: by(one), units: [] } : null,
        decision:
          one.outcome === 'refused'
            ? { reason: one.reason, facts: '', at: one.endedAt, by: by(one), goTo: null }
            : null,
        work: { ...template.work, open: false },
      } as unknown as Partial<ApplicationDocument>;
    });
    return made.flatMap((one, n) => {
      const event = (type: string, when: Date, suffix: string): DeliveredEvent => ({
        id: `${suffix}${n}`,
        type: `applications.${type}`,
        at: when,
        actorId: null,
        requestId: null,
        data: { caseId: ids[n] },
        source: { collection: 'applications', id: ids[n] },
      });
      return [
        event('accepted', one.acceptedAt, 'a'),
        ...Array.from({ length: one.corrections }, (_, k) =>
          event('correctionRequested', one.acceptedAt, `c${k}-`),
        ),
        event(one.outcome, one.endedAt, 'e'),
      ];
    });
  }

  it('counters: every event once, however often, in whatever order and between whatever counts it comes', async () => {
    const made = await endedCases(100, 23);
    const events = await store(made);
    const { p } = bureau.api;
    const { next } = dice(5);
    const stream = [...events, ...events, ...events.slice(0, 100)].sort(() => next(3) - 1);
    for (let start = 0; start < stream.length; start += 120) {
      await collectFacts(p, stream.slice(start, start + 120));
      if (next(3) === 0) await foldDirtyDays(p);
      // Two processes that count the same days at once.
      if (next(4) === 0) await Promise.all([foldDirtyDays(p), foldDirtyDays(p)]);
    }
    while ((await foldDirtyDays(p)).length > 0);
    const trends = await get('/api/supervision/trends?months=6');
    for (const { month, figures } of trends.months)
      expect({ month, ...figures }).toEqual({ month, ...countEnded(made, { month }) });
    for (const type of ['BG01', 'ZY02']) {
      const own = await get(`/api/supervision/trends?months=6&type=${type}&office=linqing`);
      for (const { month, figures } of own.months)
        expect(figures).toEqual(countEnded(made, { month, type, office: 'linqing' }));
    }
    const clerks = await get('/api/supervision/performance?from=2026-07&to=2026-09&by=clerk');
    for (const { key, figures } of clerks.rows) {
      const own = countEnded(made, { clerk: key });
      expect([figures.done, figures.onTime, figures.refused]).toEqual([own.done, own.onTime, own.refused]);
    }
    // Nobody of these sits in that hall; and no figure of a clerk is kept by type.
    const ofHall = await get('/api/supervision/performance?from=2026-07&to=2026-09&by=clerk&office=linqing');
    expect(ofHall.rows).toEqual([]);
    const byType = await bureau.supervisor.client.get('/api/supervision/performance?by=clerk&type=BG01');
    expect([byType.status, byType.body.error.code]).toEqual([400, 'supervision.clerks_of_all_types']);
    const refused = made.filter(({ outcome }) => outcome === 'refused');
    expect(clerks.refusals.map(({ reason, count }: Json) => [reason, count]).sort()).toEqual(
      ['seized', 'unlawful']
        .map((reason) => [reason, refused.filter((one) => one.reason === reason).length])
        .sort(),
    );
    expect(await verifyCounters(p, '')).toMatchObject({ wrong: 0 });
    const late = await get('/api/supervision/cases?set=ended&month=2026-07&kept=late&limit=100');
    expect(late.items).toHaveLength(countEnded(made, { month: '2026-07' }).late);
  }, 240_000);

  it('verification finds a counter that is wrong, and has it counted again', async () => {
    const { p } = bureau.api;
    await collectFacts(p, await store(await endedCases(30, 3)));
    while ((await foldDirtyDays(p)).length > 0);
    const before = await get('/api/supervision/trends?months=6');
    await periodCounters(p).collection.updateOne({ period: /^2026-07-\d\d$/ }, { $inc: { 'tally.done': 1 } });
    expect(await verifyCounters(p, '')).toMatchObject({ wrong: 1 });
    while ((await foldDirtyDays(p)).length > 0);
    expect(await verifyCounters(p, '')).toMatchObject({ wrong: 0 });
    expect((await get('/api/supervision/trends?months=6')).months).toEqual(before.months);
  });

  it('promises: what everybody sees is what was counted, and too few cases are withheld', async () => {
    const { p } = bureau.api;
    await travel(bureau, at('2026-09-10', '12:00'));
    const made = await endedCases(90, 41);
    await collectFacts(p, await store(made));
    while ((await foldDirtyDays(p)).length > 0);
    const reply = await fetch(`${bureau.api.url}/api/promises`);
    expect(reply.headers.get('cache-control')).toBe('public, max-age=60');
    const { items, smallest } = (await reply.json()) as Json;
    expect(items.map(({ type }: Json) => type)).toContain('DY06');
    for (const { type, last365Days, last30Days } of items) {
      const year = countEnded(made, { type, from: '2025-09-11', to: '2026-09-10' });
      expect(last365Days.suppressed).toBe(year.done > 0 && year.done < smallest);
      if (!last365Days.suppressed) {
        expect([last365Days.done, last365Days.onTime]).toEqual([year.done, year.onTime]);
        expect(last365Days.medianWorkdays).toEqual(
          year.usedMinutes && Math.ceil((year.usedMinutes.median / 420) * 100) / 100,
        );
      }
      const month = countEnded(made, { type, from: '2026-08-12', to: '2026-09-10' });
      expect(last30Days.done).toBe(month.done > 0 && month.done < smallest ? null : month.done);
    }
    const csv = await (await fetch(`${bureau.api.url}/api/promises.csv`)).text();
    expect(csv.split('\r\n')).toHaveLength(items.length + 2);
    expect(csv).toContain('存量房买卖转移登记');
  });

  it('withholds one to four cases, and shows none as none', () => {
    const tally = (done: number): Tally => ({
      ...emptyTally(),
      done,
      onTime: done,
      used: done ? { '3': done } : {},
    });
    expect([0, 1, 4, 5].map((done) => livePerformance(tally(done), 420).suppressed)).toEqual([
      ...[false, true, true, false],
    ]);
    expect(livePerformance(tally(4), 420)).toMatchObject({ done: null, onTime: null, medianWorkdays: null });
    expect(livePerformance(tally(0), 420)).toMatchObject({
      done: 0,
      onTimeShare: null,
      medianWorkdays: null,
    });
    expect(livePerformance(tally(5), 420)).toMatchObject({ done: 5, onTimeShare: 1, medianWorkdays: 0.11 });
  });

  it('cuts a stretch of days into months and days that cover it once', () => {
    const day = fc
      .integer({ min: 0, max: 900 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const days = periodsBetween(from, to).flatMap((period) => {
          if (period.length === 10) return [period];
          const last = new Date(
            Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)), 0),
          ).getUTCDate();
          return Array.from({ length: last }, (_, n) => `${period}-${String(n + 1).padStart(2, '0')}`);
        });
        const expected: string[] = [];
        for (
          let at_ = new Date(from);
          at_.toISOString().slice(0, 10) <= to;
          at_ = new Date(at_.getTime() + 86_400_000)
        )
          expected.push(at_.toISOString().slice(0, 10));
        expect(days).toEqual(expected);
      }),
    );
  });

  it('counts a case that goes through the office from event to figure', async () => {
    await travel(bureau, TEST_NOW);
    const { id } = await submittedRename(bureau);
    await accepted(bureau, id);
    await recorded(bureau, id);
    await bureau.api.settle();
    await bureau.api.app.scheduler.runNow('supervision.counters');
    const { months } = await get('/api/supervision/trends?months=1');
    expect(months[0].figures).toMatchObject({ submitted: 1, accepted: 1, done: 1, onTime: 1, late: 0 });
    const ended = await get('/api/supervision/cases?set=ended');
    expect(ended.items).toMatchObject([{ id, outcome: 'registered', onTime: true, usedMinutes: 0 }]);
    const cause = await get(`/api/supervision/cases/${id}`);
    expect(cause.stretches.map(({ step }: Json) => step)).toEqual([
      ...['acceptance', 'firstReview', 'approval', 'issuance'],
    ]);
    expect(cause.stretches[1].person).toMatchObject({ name: '郭立新' });
  });
});
