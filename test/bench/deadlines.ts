// `npm run bench:deadlines`: alarms, figures and an unplanned holiday at BENCH_OPEN open cases (20,000 unless set; 1,000,000 is the full
// size) and BENCH_ENDED that have ended (as many, at most 200,000). BENCH_DUE alarms (50,000, or half of the cases where that is fewer) fall due
// at once and are raised by two processes. Then a holiday is published on the first day from which at most BENCH_MOVING cases (40,000) are due: their
// days are moved by two processes while pages are read. Each time the working process is killed in the middle. How fast all other open cases are looked at again is
// printed, not judged. A phase that takes longer than BENCH_MINUTES (15) in all ends the run.
import { spawn, type ChildProcess } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { typeOf } from '../../backend/modules/applications/case-type.ts';
import { LAST, workOf } from '../../backend/modules/applications/clocks.ts';
import { applications, type ApplicationDocument } from '../../backend/modules/applications/index.ts';
import { getBusinessType } from '../../backend/modules/catalogue/index.ts';
import {
  dayNumberOf,
  getCalendar,
  instantOf,
  isWorkday,
  publishCalendar,
  readCalendarYears,
  toLegalDay,
  type Calendar,
  type ClockEvent,
} from '../../backend/modules/clock/index.ts';
import { alarms } from '../../backend/modules/supervision/alarm.model.ts';
import { caseFacts, type CaseFact } from '../../backend/modules/supervision/case-fact.model.ts';
import { counterDays, type CounterDay } from '../../backend/modules/supervision/counter.model.ts';
import { keepCount } from '../../backend/modules/supervision/count-open.ts';
import { foldDirtyDays } from '../../backend/modules/supervision/fold-days.ts';
import { copyCases } from '../support/open-cases.ts';
import { openDeadlineStage, type DeadlineStage } from './support/deadline-stage.ts';

const OPEN = Number(process.env.BENCH_OPEN ?? 20_000);
const DUE = Math.min(Number(process.env.BENCH_DUE ?? 50_000), OPEN / 2);
const MOVING = Number(process.env.BENCH_MOVING ?? 40_000);
const ENDED = Number(process.env.BENCH_ENDED ?? Math.min(OPEN, 200_000));
const MINUTES = Number(process.env.BENCH_MINUTES ?? 15);
const READS = Number(process.env.BENCH_READS ?? 300);
const TYPES = ['BG01', 'ZY02', 'CF01', 'DY01', 'DY06', 'CF06'];
const OFFICES = ['liaocheng-centre', 'chiping', 'linqing', 'yanggu'];
const STEPS = ['firstReview', 'secondReview', 'approval'];
const CLERKS = Array.from({ length: 40 }, (_, n) => n.toString(16).padStart(24, '0'));

let missed = 0;
function say(what: string, figure: string, pass?: boolean): void {
  if (pass === false) missed += 1;
  process.stdout.write(`${pass === undefined ? '     ' : pass ? 'ok   ' : 'MISS '}${what}: ${figure}\n`);
}
const ms = (from: number): number => Math.round(performance.now() - from);
const STARTED = performance.now();
const clock = (): string => `${String(Math.round(ms(STARTED) / 1_000)).padStart(4)} s`;

/** A line of progress at most every five seconds, and the end of a run that takes too long. */
function progress(what: string): (done: number, of: number) => void {
  let lastAt = -Infinity;
  return (done, of) => {
    if (ms(STARTED) > MINUTES * 60_000)
      throw new Error(`${what}: not done after ${MINUTES} minutes (BENCH_MINUTES)`);
    if (performance.now() - lastAt < 5_000) return;
    lastAt = performance.now();
    process.stdout.write(`  …  ${clock()}  ${what}: ${done} of ${of}\n`);
  };
}

/** A case as it stands on one day: its events, and what follows from them. */
type Variant = Pick<ApplicationDocument, 'typeCode' | 'typeVersion' | 'clockEvents' | 'work'>;

/** The promise in the template's receipt is that of its own type. */
function withoutPromise(event: ClockEvent): ClockEvent {
  if (event.kind !== 'accepted') return event;
  const { promise: _promise, ...rest } = event;
  return rest;
}

/** The template under each type, its promise extended by up to a month: due on thirty different days, each computed by the engine. */
async function variantsOf({ p, template, now }: DeadlineStage): Promise<Variants> {
  const calendar = await getCalendar(p);
  const variants: Variant[] = [];
  for (const typeCode of TYPES) {
    const { version } = await getBusinessType(p, typeCode);
    for (let days = 2; days < 32; days += 1) {
      const extended = { kind: 'extended', days, approvedBy: CLERKS[0]!, basis: '' } as const;
      const clockEvents = [
        ...template.clockEvents.map(withoutPromise),
        { ...extended, id: `extended-${days}`, at: now, recordedAt: now },
      ];
      const doc = { ...template, typeCode, typeVersion: version, clockEvents };
      const work = workOf({ doc, type: await typeOf(p, doc), calendar, now });
      variants.push({ typeCode, typeVersion: version, clockEvents, work });
    }
  }
  const dayOf = ({ work }: Variant): number => (work.dueAt === null ? 0 : dayNumberOf(work.dueAt));
  const last = Math.max(...variants.map(dayOf));
  return {
    earlier: variants.filter((one) => dayOf(one) > 0 && dayOf(one) < last),
    last: variants.filter((one) => dayOf(one) === last),
  };
}

interface Variants {
  /** Due before the last of the days. */
  earlier: readonly Variant[];
  /** Extensions end with the statutory limit: many are due that day. */
  last: readonly Variant[];
}

/** The n-th open case: due with the template, or later as a variant, four of a hundred on the last day; every tenth of those is paused. */
function openCase(
  template: ApplicationDocument,
  { earlier, last }: Variants,
  n: number,
): Partial<ApplicationDocument> {
  const isDue = n < DUE;
  const paused = !isDue && n % 10 === 0;
  const variants = n % 25 === 1 ? last : earlier;
  const variant = isDue ? template : variants[(n * 7) % variants.length]!;
  const { dueAt } = variant.work;
  const clerk = CLERKS[(n * 7) % CLERKS.length]!;
  return {
    typeCode: variant.typeCode,
    typeVersion: variant.typeVersion,
    clockEvents: variant.clockEvents,
    officeId: OFFICES[(n * 3) % OFFICES.length]!,
    handler: n % 4 === 0 ? null : { accountId: clerk, name: clerk.slice(-2), at: template.createdAt },
    work: {
      ...variant.work,
      step: STEPS[(n * 5) % STEPS.length]!,
      // Only those that are due have an alarm that soon.
      ...(isDue ? {} : { alarmAt: new Date(dueAt!.getTime() + 40 * 86_400_000) }),
      ...(paused
        ? {
            dueAt: null,
            sortAt: LAST,
            yellowAt: null,
            statutoryDueAt: null,
            paused: true,
            pause: 'notice',
            pauseEndsAt: dueAt,
          }
        : {}),
    },
  };
}

/** Facts of cases that ended over the last twelve months. */
async function loadFacts(stage: DeadlineStage, count: number): Promise<void> {
  const show = progress('facts');
  const collection = caseFacts(stage.p).collection;
  // What the pattern left when it was made.
  await collection.deleteMany({});
  await counterDays(stage.p).collection.deleteMany({});
  const days = new Set<string>();
  for (let start = 0; start < count; start += 2_000) {
    const facts = Array.from({ length: Math.min(2_000, count - start) }, (_, place): CaseFact => {
      const n = start + place;
      const at = new Date(stage.now.getTime() - (n % 360) * 86_400_000 - (n % 400) * 60_000);
      const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      days.add(day);
      const usedMinutes = (n * 37) % 700;
      const onTime = n % 41 !== 0;
      return {
        _id: `fact-${n}`,
        kind: n % 50 === 0 ? 'refused' : 'registered',
        at,
        day,
        caseId: n.toString(16).padStart(24, '0'),
        no: String(n).padStart(16, '0'),
        typeCode: TYPES[n % TYPES.length]!,
        officeId: OFFICES[(n * 3) % OFFICES.length]!,
        clerk: { accountId: CLERKS[(n * 7) % CLERKS.length]!, name: 'x' },
        unitKeys: [],
        end: {
          acceptedAt: at,
          usedMinutes,
          pausedMinutes: n % 9 === 0 ? 420 : 0,
          limitMinutes: 420,
          usedShare: usedMinutes / 420,
          onTime,
          lateStatutory: false,
          edge: onTime && usedMinutes >= 378,
          corrections: n % 3,
          reason: n % 50 === 0 ? 'seized' : null,
          extendedByDays: 0,
        },
      };
    });
    await collection.insertMany(facts as never, { ordered: false });
    show(start, count);
  }
  const marks = [...days].map((_id) => ({ _id, revision: 1, dirty: true }) satisfies CounterDay);
  await counterDays(stage.p).collection.insertMany(marks as never);
}

async function examined(stage: DeadlineStage, now: Date, limit: number): Promise<[number, number]> {
  const plan = (await applications(stage.p)
    .collection.find({ 'work.alarmAt': { $gt: new Date(0), $lte: now } }, { hint: 'next-alarm' })
    .sort({ 'work.alarmAt': 1 })
    .limit(limit)
    .explain('executionStats')) as { executionStats: Record<string, number> };
  const { totalDocsExamined = NaN, nReturned = NaN } = plan.executionStats;
  return [totalDocsExamined, nReturned];
}

function startProcess(stage: DeadlineStage, file: 'raise' | 'follow', now: Date): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', `test/faults/alarms/${file}-process.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ALARMS_URI: stage.uri,
      ALARMS_NOW: now.toISOString(),
      RULES_URI: stage.uri,
      RULES_NOW: now.toISOString(),
    },
  });
}

const ready = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => {
    child.stdout!.once('data', resolve);
    child.stdout!.resume();
  });

/** Kills the process that holds the lease of a job. */
async function killWorking(
  stage: DeadlineStage,
  job: string,
  children: readonly ChildProcess[],
): Promise<void> {
  const lease = await stage.p.database.connection.collection('leases').findOne({ _id: job as never });
  children.find(({ pid }) => String(lease?.holder).startsWith(`${pid}-`))?.kill('SIGKILL');
}

/** Two processes, the working one killed once a third is raised; it is started again as an init system would. */
async function raiseAll(stage: DeadlineStage, now: Date): Promise<void> {
  const count = () => alarms(stage.p).countDocuments();
  const children = [startProcess(stage, 'raise', now), startProcess(stage, 'raise', now)];
  await Promise.all(children.map(ready));
  const startedAt = performance.now();
  let killedAt: number | null = null;
  const expected = DUE * 2;
  const show = progress('alarms');
  for (;;) {
    const raised = await count();
    show(raised, expected);
    if (killedAt === null && raised > expected / 3) {
      await killWorking(stage, 'supervision.alarms', children);
      killedAt = ms(startedAt);
      children.push(startProcess(stage, 'raise', now));
    }
    const left = await applications(stage.p).collection.countDocuments(
      { 'work.alarmAt': { $gt: new Date(0), $lte: now } },
      { hint: 'next-alarm', limit: 1 },
    );
    if (left === 0 || ms(startedAt) > 600_000) break;
    await delay(500);
  }
  const took = ms(startedAt);
  for (const child of children) child.kill('SIGKILL');
  const groups = (await alarms(stage.p)
    .collection.aggregate([
      { $group: { _id: { c: '$caseId', k: '$kind' }, n: { $sum: 1 } } },
      { $group: { _id: '$n', pairs: { $sum: 1 } } },
    ])
    .toArray()) as Document[];
  const once = groups.length === 1 && groups[0]?._id === 1 && groups[0].pairs === expected;
  say(
    `${DUE} cases due at once (yellow and red each), killed at ${killedAt} ms`,
    `${took} ms`,
    took < 60_000,
  );
  say(
    'each exactly once',
    JSON.stringify(groups.map(({ _id, pairs }) => ({ times: _id as number, pairs: pairs as number }))),
    once,
  );
}

interface Times {
  p50: number;
  p99: number;
  reads: number;
}
function percentiles(times: number[]): Times {
  times.sort((a, b) => a - b);
  const part = (share: number) => times[Math.ceil(times.length * share) - 1] ?? NaN;
  return { p50: part(0.5), p99: part(0.99), reads: times.length };
}
const timesText = ({ p50, p99, reads }: Times) =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${reads}`;

async function timeReads(stage: DeadlineStage, path: string, limitMs: number): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < READS + 20; n += 1) {
    const from = performance.now();
    const reply = await fetch(stage.url + path, { headers: { Cookie: stage.cookie } });
    await reply.arrayBuffer();
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
    if (n >= 20) times.push(performance.now() - from);
  }
  const times_ = percentiles(times);
  say(`${path} over HTTP, one reader`, timesText(times_), times_.p99 < limitMs);
}

/** Reads pages, one after another, until told to stop. */
function readMeanwhile(stage: DeadlineStage, paths: readonly string[]): () => Promise<Times> {
  const times: number[] = [];
  let running = true;
  const reading = (async () => {
    for (let n = 0; running; n += 1) {
      const from = performance.now();
      const reply = await fetch(stage.url + paths[n % paths.length]!, { headers: { Cookie: stage.cookie } });
      await reply.arrayBuffer();
      if (reply.status !== 200) throw new Error(`${paths[n % paths.length]}: ${reply.status}`);
      times.push(performance.now() - from);
      await delay(10);
    }
  })();
  return async () => {
    running = false;
    await reading;
    return percentiles(times);
  };
}

/** The first working day from which on at most MOVING cases are due, and how many they are. */
async function movingDay(stage: DeadlineStage, now: Date): Promise<{ day: string; count: number }> {
  const calendar = await getCalendar(stage.p);
  for (let number = dayNumberOf(now) + 1; ; number += 1) {
    if (!isWorkday(calendar, number) || calendar.makeUp.has(number)) continue;
    const count = await applications(stage.p).collection.countDocuments(dueFrom(number), {
      hint: 'work-due',
    });
    if (count <= MOVING) return { day: toLegalDay(number), count };
  }
}

const dueFrom = (day: number) => ({
  'work.open': true,
  'work.sortAt': { $gte: instantOf(day, 0), $lt: LAST },
});

/**
 * 临时放假: a day off that nobody had planned is published some weeks ahead (as on 2019-03-22); the days of the cases that are due from it on are
 * moved by two processes, the working one killed once a third is done, while the work list and the desk are read.
 */
async function followHoliday(stage: DeadlineStage, now: Date): Promise<void> {
  const { p } = stage;
  const { years } = await readCalendarYears(p);
  const { day, count: total } = await movingDay(stage, now);
  const year = years.find((one) => String(one.year) === day.slice(0, 4))!;
  const { version: _version, ...newest } = year.versions.reduce((a, b) => (b.version > a.version ? b : a));
  const given = {
    ...newest,
    year: year.year,
    publishedOn: toLegalDay(dayNumberOf(now)),
    notice: { title: '临时放假一天', number: '聊政办发〔2026〕1号' },
    off: [...newest.off, { from: day, to: day, name: 'nationalDay' as const }],
  };
  const before = await getCalendar(p);
  const children = [startProcess(stage, 'follow', now), startProcess(stage, 'follow', now)];
  await Promise.all(children.map(ready));
  const stop = readMeanwhile(stage, ['/api/work-items?view=all&limit=20', '/api/supervision/cases?limit=20']);
  const startedAt = performance.now();
  const { after } = await publishCalendar(p, given, { basedOn: before.version, actorId: 'bench' });
  const { collection } = applications(p);
  const left = () =>
    collection.countDocuments(
      { ...dueFrom(after.lastChangeFrom), 'work.calendarVersion': before.version },
      { hint: 'work-due' },
    );
  const show = progress('holiday');
  let killedAt: number | null = null;
  for (;;) {
    const count = total - (await left());
    show(count, total);
    if (count >= total) break;
    if (killedAt === null && count > total / 3) {
      await killWorking(stage, 'applications.rules', children);
      killedAt = ms(startedAt);
      children.push(startProcess(stage, 'follow', now));
    }
    await delay(500);
  }
  const took = ms(startedAt);
  const reads = await stop();
  const open = await collection.countDocuments({ 'work.open': true }, { hint: 'work-due' });
  say(
    `holiday on ${day}: ${total} of ${open} open cases moved, killed at ${killedAt ?? 'no time'} ms`,
    `${took} ms`,
    took < 60_000,
  );
  say('reads of the work list and of the desk meanwhile', timesText(reads), reads.p99 < 200);
  const wrong = await movedWrongly(stage, before, after, now);
  say('each day is that of the engine', `${wrong} wrong`, wrong === 0);
  const told = await collection.countDocuments({ 'outbox.0': { $exists: true } });
  const twice = await collection.countDocuments({ 'outbox.1': { $exists: true } });
  say('each is told once', `${told} told, ${twice} of them twice`, told === total && twice === 0);
  await timeRest(stage, before.version, open);
  for (const child of children) child.kill('SIGKILL');
}

/** Cases whose kept day is not what the engine makes of their events, of some hundreds of those that moved. */
async function movedWrongly(
  { p }: DeadlineStage,
  before: Calendar,
  calendar: Calendar,
  now: Date,
): Promise<number> {
  const docs = (await applications(p)
    .collection.find(dueFrom(calendar.lastChangeFrom) as never, { hint: 'work-due', limit: 500 })
    .toArray()) as unknown as ApplicationDocument[];
  let wrong = 0;
  for (const doc of docs) {
    const type = await typeOf(p, doc);
    const dueIn = (one: Calendar) => workOf({ doc, type, calendar: one, now }).dueAt?.getTime();
    if (doc.work.dueAt?.getTime() !== dueIn(calendar) || dueIn(before) === dueIn(calendar)) wrong += 1;
  }
  return wrong;
}

/** How fast the others, whose days stay, are looked at again: nobody waits for them. */
async function timeRest({ p }: DeadlineStage, version: string, open: number): Promise<void> {
  const behind = () =>
    applications(p).collection.countDocuments(
      { 'work.open': true, typeCode: { $in: TYPES }, 'work.calendarVersion': version },
      { hint: 'work-rules' },
    );
  const from = performance.now();
  const first = await behind();
  await delay(Math.min(20_000, open / 2));
  const perSecond = ((first - (await behind())) / ms(from)) * 1_000;
  say('all others looked at again', `${perSecond.toFixed(0)} a second, ${first} in all`);
}

const json = async (stage: DeadlineStage, path: string): Promise<Document> =>
  (await (await fetch(stage.url + path, { headers: { Cookie: stage.cookie } })).json()) as Document;

/** Document by document, without an index or a counter. */
async function recountOpen(stage: DeadlineStage, now: Date): Promise<Record<string, number>> {
  const lights: Record<string, number> = { black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0 };
  const cursor = applications(stage.p)
    .collection.find({}, { projection: { work: 1 } })
    .hint({ $natural: 1 });
  for await (const { work } of cursor as unknown as AsyncIterable<ApplicationDocument>) {
    if (!work.open) continue;
    const light =
      work.statutoryDueAt && work.statutoryDueAt < now
        ? 'black'
        : work.dueAt && work.dueAt < now
          ? 'red'
          : work.paused
            ? 'paused'
            : !work.dueAt
              ? 'none'
              : work.yellowAt && work.yellowAt <= now
                ? 'yellow'
                : 'green';
    lights[light] = (lights[light] ?? 0) + 1;
  }
  return lights;
}

async function recountMonths(stage: DeadlineStage): Promise<Record<string, [number, number, number]>> {
  const months: Record<string, [number, number, number]> = {};
  const cursor = caseFacts(stage.p).collection.find({}).hint({ $natural: 1 });
  for await (const { day, kind, end } of cursor as unknown as AsyncIterable<CaseFact>) {
    const own = (months[day.slice(0, 7)] ??= [0, 0, 0]);
    if (kind !== 'registered') continue;
    own[0] += 1;
    if (end?.onTime) own[1] += 1;
    if (end?.edge) own[2] += 1;
  }
  return months;
}

async function main(): Promise<void> {
  process.stdout.write(`${OPEN} open cases, ${ENDED} ended, node ${process.version}\n`);
  const stage = await openDeadlineStage();
  try {
    const { template, dueAt } = stage;
    let from = performance.now();
    // What the clock and the lists do not read is left out: a million whole cases would be measured as a disk.
    const variants = await variantsOf(stage);
    const lean = { ...template, documents: [], materials: [], opinions: [], answerRevisions: {} };
    await copyCases(stage.p, lean, OPEN, (n) => openCase(template, variants, n), progress('cases'));
    await applications(stage.p).collection.deleteOne({ _id: template._id as never });
    say('loaded', `${ms(from)} ms`);
    const [before, none] = await examined(stage, new Date(stage.now), 500);
    say('next alarm, none due: documents examined', `${before} for ${none}`, before <= none + 1);
    const after = new Date(dueAt.getTime() + 60_000);
    const [many, due] = await examined(stage, after, 500);
    say('next alarm, a batch of those due: documents examined', `${many} for ${due}`, many <= due + 1);
    await raiseAll(stage, after);
    await stage.travel(after);

    from = performance.now();
    await loadFacts(stage, ENDED);
    say('facts loaded', `${ms(from)} ms`);
    from = performance.now();
    while ((await foldDirtyDays(stage.p)).length > 0);
    say('counters counted from nothing', `${ms(from)} ms`);
    const figures = await keepCount(stage.p, after);
    say('open cases counted through the index', `${figures.costMs} ms`);
    await timeReads(stage, '/api/supervision/summary', 50);
    await timeReads(stage, '/api/supervision/trends?months=12', 10);
    await timeReads(stage, '/api/supervision/cases?light=red&limit=20', 50);
    const summary = await json(stage, '/api/supervision/summary');
    const lights = await recountOpen(stage, after);
    say('summary equals a full recount', JSON.stringify(lights), isDeepStrictEqual(summary.lights, lights));
    const trends = await json(stage, '/api/supervision/trends?months=13');
    const months = await recountMonths(stage);
    const seen = (trends.months as { month: string; figures: Record<string, number> }[]).filter(
      ({ month }) => months[month],
    );
    const equal =
      seen.length === Object.keys(months).length &&
      seen.every(({ month, figures: { done, onTime, edge } }) =>
        isDeepStrictEqual([done, onTime, edge], months[month]),
      );
    say('trend equals a full recount', `${seen.length} months`, equal);
    await followHoliday(stage, after);
  } finally {
    await stage.close();
  }
  process.stdout.write(`${clock()} in all\n`);
  process.stdout.write(missed === 0 ? '\nbench: all within\n' : `\nbench: ${missed} missed\n`);
  process.exitCode = missed === 0 ? 0 : 1;
}

await main();
