import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applications, applicationsModule } from '../../../backend/modules/applications/index.ts';
import { calendars } from '../../../backend/modules/clock/calendar.model.ts';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { accepted, act, claimed, ok, openOffice, submittedRename, type Office } from './scenario.ts';

describe('a new calendar', () => {
  let office: Office;
  let administrator: TestPerson;
  beforeEach(async () => {
    office = await openOffice();
    administrator = await createStaff(office.api, { name: '管理员', roles: ['administrator'] });
  });
  afterEach(() => office.close());

  const job = () =>
    applicationsModule
      .jobs!.find(({ name }) => name === 'applications.rules')!
      .run(office.api.p, office.api.p.time.now());
  const current = async (): Promise<Json> => {
    const { years, version } = await ok(administrator.client.get('/api/admin/calendars'));
    const { version: _version, ...year } = years.find((one: Json) => one.year === 2026);
    return { year, version };
  };
  /** The make-up Saturday 10 October is taken back: one of the days on which short promises end. */
  async function changed(): Promise<{ body: Json; basedOn: string }> {
    const { year, version } = await current();
    const makeUp = year.makeUp.filter((one: Json) => one.on !== '2026-10-10');
    const notice = { title: '关于调整调休的通知', number: '国办发明电〔2026〕99号' };
    return { body: { ...year, makeUp, notice, publishedOn: '2026-10-09' }, basedOn: version };
  }
  const preview = (body: Json) => administrator.client.post('/api/admin/calendars/preview', body);
  async function publish(): Promise<Json> {
    const { body, basedOn } = await changed();
    return ok(administrator.client.post('/api/admin/calendars', { ...body, basedOn }), 201);
  }
  async function openCase(): Promise<Json> {
    const { id } = await submittedRename(office);
    return accepted(office, id);
  }
  async function told(): Promise<Json[]> {
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications'));
    return items.filter((one: Json) => one.title === '办结日期变了');
  }
  const stored = async (id: string): Promise<Json> =>
    applications(office.api.p).collection.findOne({ _id: id as never });

  it('shows beforehand which days change and which cases move by how much, and writes nothing', async () => {
    const one = await openCase();
    expect(one.clocks.promised.dueOn).toBe('2026-10-10');
    // Not accepted yet: its answer is due the same Saturday, and those who wait for it are told as well.
    await submittedRename(office);
    const effect = await ok(preview((await changed()).body));
    expect(effect).toMatchObject({
      version: 2,
      changes: [{ date: '2026-10-10', before: true, after: false, name: { zh: '国庆节' } }],
      cases: { seen: 1, earlier: 0, later: 1, moves: [{ days: 2, cases: 1 }], complete: true },
    });
    expect(effect.answers).toMatchObject({ seen: 1, earlier: 0, later: 1, moves: [{ days: 2, cases: 1 }] });
    expect(effect.cases.examples).toMatchObject([{ before: '2026-10-10', after: '2026-10-12', workdays: 1 }]);
    expect(await calendars(office.api.p).collection.countDocuments({ year: 2026 })).toBe(1);
    expect((await current()).version).toBe(effect.basedOn);
  });

  it('is seen by every reader at once, before the job comes, and told exactly once with both dates', async () => {
    const one = await openCase();
    const before = await stored(one.id);
    expect((await publish()).casesBehind).toBe(1);
    const { items } = await ok(office.clerks.firstReview.client.get('/api/work-items?view=all'));
    expect(items[0].dueAt).toBe('2026-10-12T09:00:00.000Z');
    const page = await ok(office.seller.client.get(`/api/applications/${one.id}?view=case`));
    expect(page.clocks.promised.dueOn).toBe('2026-10-12');
    const unread = await stored(one.id);
    expect([unread?.work, unread?.revision]).toEqual([before?.work, before?.revision]);

    expect(await job()).toEqual({ seen: 1, moved: 1 });
    expect(await job()).toBeUndefined();
    const messages = await told();
    expect(messages).toHaveLength(1);
    expect(messages[0].text).toContain('国办发明电〔2026〕99号');
    expect(messages[0].text).toContain('原来 10月10日（周六），现在 10月12日（周一）');
    // What was promised stays in the signed receipt; nothing about the case itself changed.
    const after = await stored(one.id);
    expect([after?.revision, after?.acceptance]).toEqual([before?.revision, before?.acceptance]);
    const entries = auditEntries(office.api.p).collection;
    expect(await entries.countDocuments({ type: 'clock.calendar_published' })).toBe(1);
  });

  describe('that changes days already past', () => {
    /** 29 and 30 September were worked; the 9th of October is today. */
    const reachingBack = async (number?: string) => {
      const { year, version } = await current();
      const off = year.off.map((one: Json) =>
        one.name === 'nationalDay' ? { ...one, from: '2026-09-29' } : one,
      );
      const notice = number === undefined ? year.notice : { title: '关于调整放假的通知', number };
      return { ...year, off, notice, basedOn: version };
    };
    const publishing = async (body: Json) => administrator.client.post('/api/admin/calendars', body);

    it('is refused under the number of the notice before, and says what to do', async () => {
      const body = await reachingBack();
      const spaced = { ...body.notice, number: ` ${body.notice.number.replace('〔', ' 〔')}` };
      const { basedOn: _basedOn, ...year } = body;
      for (const answer of [
        await publishing(body),
        await publishing({ ...body, notice: spaced }),
        await preview(year),
      ]) {
        expect(answer).toMatchObject({
          status: 422,
          body: {
            error: {
              code: 'clock.calendar_wrong',
              details: [
                {
                  pointer: '/notice/number',
                  code: 'clock.past_days_same_notice',
                  message: expect.stringMatching(/2026-09-29、2026-09-30.*新通知的文号/) as string,
                },
              ],
            },
          },
        });
      }
      expect(await calendars(office.api.p).collection.countDocuments({ year: 2026 })).toBe(1);
    });

    it('is told to supervisors when another notice orders it; one of days to come is not', async () => {
      const supervisor = await createStaff(office.api, { name: '方静', roles: ['supervisor'] });
      const warnings = async () => {
        await office.api.settle();
        const { items } = await ok(supervisor.client.get('/api/notifications?limit=100'));
        return items.filter(({ template }: Json) => template === 'supervision.past_days_changed');
      };
      await publish();
      expect(await warnings()).toEqual([]);
      await ok(publishing(await reachingBack('国办发明电〔2026〕100号')), 201);
      const told = await warnings();
      expect(told).toHaveLength(1);
      expect(told[0].text).toMatch(/国办发明电〔2026〕100号.*2026-09-29、2026-09-30/);
      const { items } = await ok(supervisor.client.get('/api/audit?type=clock.calendar_published'));
      expect(items[0].data.pastDays).toEqual(['2026-09-29', '2026-09-30']);
    });
  });

  it('is followed to the end after a kill in the middle, and nobody is told twice', async () => {
    const cases = [await openCase(), await openCase(), await openCase()];
    await publish();
    const { collection } = applications(office.api.p);
    const original = collection.bulkWrite.bind(collection);
    // As a process leaves it that dies between two cases.
    const dying = (async (...[operations, options]: Parameters<typeof original>) => {
      await original(operations.slice(0, 1), options);
      throw new Error('killed');
    }) as typeof collection.bulkWrite;
    Object.assign(collection, { bulkWrite: dying });
    await expect(job()).rejects.toThrow('killed');
    Object.assign(collection, { bulkWrite: original });
    expect(await told()).toHaveLength(1);
    expect(await job()).toEqual({ seen: 2, moved: 2 });
    expect(await told()).toHaveLength(3);
    for (const { id } of cases) {
      expect((await stored(id))?.work.dueAt.toISOString()).toBe('2026-10-12T09:00:00.000Z');
    }
  });

  it('is told by the next act on a case when that comes before the job, and then not again', async () => {
    const { id } = await openCase();
    await publish();
    await claimed(office.clerks.firstReview, id);
    expect(await told()).toHaveLength(1);
    await ok(act(office.clerks.firstReview, id, 'release'));
    expect(await job()).toBeUndefined();
    expect(await told()).toHaveLength(1);
  });

  it('leaves no row under a light that it no longer has, and says how many are still to be counted again', async () => {
    const { id } = await openCase();
    const clerk = office.clerks.firstReview.client;
    // Yellow by the old calendar: the last hours before the close of Saturday the 10th.
    office.api.setNow(new Date('2026-10-10T15:30:00+08:00'));
    const people = await signInAs(office.api, office.clerks.firstReview.account);
    for (const [name, token] of people.cookies) clerk.cookies.set(name, token);
    const yellow = () => ok(clerk.get('/api/work-items?view=all&light=yellow'));
    expect(await yellow()).toMatchObject({ items: [{ id }], recomputing: 0 });
    const fresh = await signInAs(office.api, administrator.account);
    for (const [name, token] of fresh.cookies) administrator.client.cookies.set(name, token);
    await publish();
    expect(await yellow()).toMatchObject({ items: [], recomputing: 1 });
    expect((await ok(clerk.get('/api/work-items/counts?view=all'))).recomputing).toBe(1);
    await job();
    expect((await ok(clerk.get('/api/work-items/counts?view=all'))).recomputing).toBe(0);
    const { items } = await ok(clerk.get('/api/work-items?view=all&light=green'));
    expect(items).toHaveLength(1);
  });

  it('moves the day of an answer that is still waited for, tells of it once, and undoes no silence', async () => {
    const { id } = await submittedRename(office);
    const view = () => ok(office.seller.client.get(`/api/applications/${id}?view=case`));
    expect((await view()).answerDueAt).toBe('2026-10-10T09:00:00.000Z');
    await publish();
    expect((await view()).answerDueAt).toBe('2026-10-12T09:00:00.000Z');
    expect(await job()).toEqual({ seen: 1, moved: 1 });
    expect(await job()).toBeUndefined();
    const { submission, work } = (await stored(id))!;
    expect([submission.answerDueAt, work.dueAt]).toEqual(
      [1, 2].map(() => new Date('2026-10-12T17:00:00+08:00')),
    );
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications'));
    expect(items.filter((one: Json) => one.title === '答复日期变了')).toHaveLength(1);
  });

  it('leaves an answer that was due before it alone: what silence has accepted stays accepted', async () => {
    const { id } = await submittedRename(office);
    office.api.setNow(new Date('2026-10-10T17:30:00+08:00'));
    const fresh = await signInAs(office.api, administrator.account);
    for (const [name, token] of fresh.cookies) administrator.client.cookies.set(name, token);
    await publish();
    await job();
    expect((await stored(id))?.submission.answerDueAt).toEqual(new Date('2026-10-10T17:00:00+08:00'));
  });

  it('is published by one of two administrators at once; the other is sent back to the preview', async () => {
    const { body, basedOn } = await changed();
    const replies = await Promise.all(
      [1, 2].map(() => administrator.client.post('/api/admin/calendars', { ...body, basedOn })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    const lost = replies.find(({ status }) => status === 409)!;
    expect(lost.body.error.code).toBe('clock.calendar_changed_meanwhile');
    expect(await calendars(office.api.p).collection.countDocuments({ year: 2026 })).toBe(2);
  });

  it('of the next year makes provisional dates certain', async () => {
    const { year, version } = await current();
    const shift = (text: string) => text.replace('2026', '2027');
    const body = {
      ...year,
      year: 2027,
      off: year.off.map((one: Json) => ({ ...one, from: shift(one.from), to: shift(one.to) })),
      makeUp: [],
      basedOn: version,
    };
    const { knownThrough } = await ok(administrator.client.post('/api/admin/calendars', body), 201);
    expect(knownThrough).toBe('2027-12-31');
  });

  it.each<[string, (year: Json) => void, string, string]>([
    ['a doubled day', (y) => void y.off.push({ ...y.off[0] }), '/off/7/from', 'clock.day_twice'],
    ['a missing holiday', (y) => void y.off.shift(), '/off', 'clock.holiday_missing'],
    ['a day that does not exist', (y) => void (y.off[0].to = '2026-02-30'), '/off/0/to', 'clock.not_a_day'],
    [
      'a make-up day on a weekday',
      (y) => void (y.makeUp[0].on = '2026-03-04'),
      '/makeUp/0/on',
      'clock.make_up_weekday',
    ],
    [
      'a make-up day inside a holiday',
      (y) => void (y.makeUp[0].on = '2026-10-03'),
      '/makeUp/0/on',
      'clock.day_twice',
    ],
    [
      'a day of another year',
      (y) => void (y.makeUp[0].on = '2025-01-04'),
      '/makeUp/0/on',
      'clock.day_of_other_year',
    ],
    [
      'a span the wrong way round',
      (y) => void ((y.off[0].to = '2026-01-01'), (y.off[0].from = '2026-01-03')),
      '/off/0/to',
      'clock.holiday_span',
    ],
    ['a year behind a gap', (y) => void (y.year = 2030), '/year', 'clock.year_out_of_turn'],
    [
      'a notice from the future',
      (y) => void (y.publishedOn = '2027-01-01'),
      '/publishedOn',
      'clock.published_later',
    ],
  ])('refuses %s at its place', async (_what, spoil, pointer, code) => {
    const { year } = await current();
    spoil(year);
    const { status, body } = await preview(year);
    expect(status).toBe(422);
    expect(body.error.details).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code })]));
  });

  it('is for administrators only', async () => {
    const { body, basedOn } = await changed();
    for (const { client } of [office.seller, office.clerks.registrar]) {
      expect((await client.get('/api/admin/calendars')).status).toBe(403);
      expect((await client.post('/api/admin/calendars/preview', body)).status).toBe(403);
      expect((await client.post('/api/admin/calendars', { ...body, basedOn })).status).toBe(403);
    }
  });
});
