import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { pauseReasonsOf } from '../../../backend/modules/applications/pause-reasons.ts';
import type { BusinessType } from '../../../backend/modules/catalogue/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import {
  accepted,
  act,
  claimed,
  ok,
  openOffice,
  submittedSale,
  submittedSeizure,
  type Office,
} from './scenario.ts';

describe('细则17, 财税〔2016〕79号, 契税法11: a pause waits for a stage that the type has', () => {
  const stages = (rule: 'F0' | 'F80/F550', noticeWorkdays: number, ...codes: string[]) => ({
    fee: { rule } as BusinessType['fee'],
    noticeWorkdays,
    materials: codes.map((code) => ({ code })) as BusinessType['materials'],
  });
  const ALWAYS = ['siteCheck', 'suspendedByLaw', 'inquiry'];

  it.each<[string, ReturnType<typeof stages>, string[]]>([
    ['none of the three', stages('F0', 0, 'M01', 'M21'), []],
    ['a fee', stages('F80/F550', 0, 'M01'), ['waitFee']],
    ['a notice', stages('F0', 15), ['notice']],
    ['a tax', stages('F0', 0, 'M06'), ['waitTax']],
    ['all', stages('F80/F550', 15, 'M05', 'M06'), ['notice', 'waitTax', 'waitFee']],
  ])('%s', (_words, type, more) => {
    expect(pauseReasonsOf(type).toSorted()).toEqual([...ALWAYS, ...more].toSorted());
  });
});

/** ZY02 asks for an approval before a 实地查看 stops the clock; every pause that is entered later (补记) takes one. */
describe('暂停: approved by another person where the catalogue asks, or where it is entered later', () => {
  let office: Office;
  let supervisor: TestPerson;
  let both: TestPerson;
  beforeAll(async () => {
    office = await openOffice();
    supervisor = await createStaff(office.api, { name: '高建国', roles: ['supervisor'] });
    both = await createStaff(office.api, { name: '邢玉', roles: ['firstReview', 'supervisor'] });
  });
  afterAll(() => office.close());

  const SITE = { reason: 'siteCheck', note: '现场核对门牌和界址', plannedEndOn: '2026-10-14' };
  const INQUIRY = { reason: 'inquiry', note: '向公安核实姓名', plannedEndOn: '2026-10-14' };
  async function travel(moment: Date | string): Promise<void> {
    office.api.setNow(new Date(moment));
    for (const { account, client } of [
      office.clerks.firstReview,
      office.clerks.acceptance,
      supervisor,
      both,
      office.seller,
      office.buyer,
    ])
      for (const [name, token] of (await signInAs(office.api, account)).cookies)
        client.cookies.set(name, token);
  }
  async function underReview(handler: TestPerson = office.clerks.firstReview): Promise<Json> {
    await travel(TEST_NOW);
    const { id } = await submittedSale(office);
    await accepted(office, id);
    return claimed(handler, id);
  }
  const pause = (person: TestPerson, id: string, body: Json) => act(person, id, 'pause', body);
  const decide = (person: TestPerson, id: string, approve = true) =>
    act(person, id, 'decide-pause', { approve, opinion: approve ? '同意' : '理由不足' });
  const foresee = (person: TestPerson, id: string) =>
    person.client.get(`/api/work-items/${id}/deadline-preview?act=decidePause`);
  const codeOf = async (reply: ReturnType<typeof pause>) => {
    const { status, body } = await reply;
    return `${status} ${body.error?.code}`;
  };
  const stored = async (id: string): Promise<Json> =>
    applications(office.api.p).collection.findOne({ _id: id as never });
  const waiting = async (): Promise<Json[]> =>
    (await ok(supervisor.client.get('/api/supervision/approvals'))).items;

  it('names nobody as the approver of what the handler stopped alone', async () => {
    const { id } = await underReview();
    await ok(pause(office.clerks.firstReview, id, INQUIRY));
    const paused = (await stored(id))?.clockEvents.at(-1);
    expect(paused).toMatchObject({ kind: 'paused', reason: 'inquiry' });
    expect(paused).not.toHaveProperty('approvedBy');
  });

  it('knows no pause for what the type does not have, and none of an order of a court', async () => {
    const { id, pauseReasons } = await underReview();
    expect(pauseReasons.map(({ reason }: Json) => reason)).not.toContain('notice');
    const notice = { reason: 'notice', note: '公告', plannedEndOn: '2026-10-14' };
    expect(await codeOf(pause(office.clerks.firstReview, id, notice))).toBe(
      '422 applications.pause_reason_unknown',
    );
    const seizure = await submittedSeizure(office, await office.home());
    await accepted(office, seizure.id);
    await claimed(office.clerks.firstReview, seizure.id);
    expect(await codeOf(pause(office.clerks.firstReview, seizure.id, INQUIRY))).toBe(
      '409 applications.order_not_paused',
    );
  });

  it('stops the clock at once where the catalogue asks for nothing', async () => {
    const { id } = await underReview();
    const after = await ok(pause(office.clerks.firstReview, id, INQUIRY));
    expect(after).toMatchObject({ pauses: [{ to: null, backdated: false }], pauseRequests: [] });
    expect(after.clocks.promised.dueOn).toBeNull();
  });

  it('lets the clock run until another person has approved, and then counts from when it was asked', async () => {
    const before = await underReview();
    const asked = await ok(pause(office.clerks.firstReview, before.id, SITE));
    expect(asked.clocks.promised).toEqual(before.clocks.promised);
    expect(asked).toMatchObject({ pauses: [], pauseRequests: [{ state: 'asked', reason: 'siteCheck' }] });
    expect((await waiting()).filter(({ no }) => no === before.no)).toMatchObject([
      { kind: 'pause', askedBy: '郭立新', backdatedFrom: null },
    ]);
    await travel('2026-10-10T11:00:00+08:00');
    const foreseen = await ok(foresee(supervisor, before.id));
    expect(foreseen).toMatchObject({ before: { promised: before.clocks.promised.dueOn } });
    expect(foreseen.after.promised > foreseen.before.promised).toBe(true);
    const after = await ok(decide(supervisor, before.id));
    expect(after.pauses).toMatchObject([{ from: TEST_NOW.toISOString(), to: null, approvedBy: '高建国' }]);
    const events = (await stored(before.id))?.clockEvents;
    expect(events.at(-1)).toMatchObject({
      kind: 'paused',
      at: TEST_NOW,
      recordedAt: new Date('2026-10-10T11:00:00+08:00'),
      approvedBy: supervisor.account.id,
    });
    expect(events.at(-1).backdated).toBeUndefined();
    expect(await waiting()).toEqual([]);
  });

  it('shows who decides after the planned end that the clock stands still, and the earliest day there can be', async () => {
    const before = await underReview();
    await ok(pause(office.clerks.firstReview, before.id, { ...SITE, plannedEndOn: '2026-10-12' }));
    await travel('2026-10-10T11:00:00+08:00');
    expect(await ok(foresee(supervisor, before.id))).toMatchObject({ stillPaused: false });
    await travel('2026-10-13T11:00:00+08:00');
    const foreseen = await ok(foresee(supervisor, before.id));
    // Of three days none has run: 10-10 and 10-12 closed paused, and the 13th can be the first at the earliest.
    expect(foreseen).toMatchObject({ stillPaused: true, after: { promised: '2026-10-15' } });
    const after = await ok(decide(supervisor, before.id));
    expect(after.clocks.promised).toMatchObject({ dueOn: null, remainingUnits: 3 });
    const resumed = await ok(act(office.clerks.firstReview, before.id, 'resume', { note: '查看完了' }));
    expect(resumed.clocks.promised.dueOn).toBe(foreseen.after.promised);
  });

  it('is foreseen by who may decide it alone', async () => {
    const { id } = await underReview(both);
    await ok(pause(both, id, SITE));
    expect(await codeOf(foresee(both, id))).toBe('403 applications.pause_own');
    for (const person of [office.clerks.firstReview, office.clerks.acceptance])
      expect(await codeOf(foresee(person, id))).toBe('403 applications.not_yours_to_act');
    await ok(foresee(supervisor, id));
  });

  it('is never decided by who asked, nor by the handler, nor without the post', async () => {
    const { id } = await underReview(both);
    await ok(pause(both, id, SITE));
    expect(await codeOf(decide(both, id))).toBe('403 applications.pause_own');
    expect(await codeOf(decide(office.clerks.registrar, id))).toMatch(/^403 /);
    await ok(act(both, id, 'release'));
    expect(await codeOf(decide(both, id))).toBe('403 applications.pause_own');
    expect((await stored(id))?.clockEvents.map(({ kind }: Json) => kind)).toEqual(['accepted']);
  });

  it('waits for one decision at a time, and a refusal changes no date', async () => {
    const { id, clocks } = await underReview();
    expect(await codeOf(decide(supervisor, id))).toBe('409 applications.no_pause_request');
    expect(await codeOf(foresee(supervisor, id))).toBe('409 applications.no_pause_request');
    await ok(pause(office.clerks.firstReview, id, SITE));
    expect(await codeOf(pause(office.clerks.firstReview, id, SITE))).toBe(
      '409 applications.pause_request_open',
    );
    const refused = await ok(decide(supervisor, id, false));
    expect(refused.clocks.promised.dueOn).toBe(clocks.promised.dueOn);
    expect(refused.pauseRequests).toMatchObject([{ state: 'refused', opinion: '理由不足' }]);
  });

  it('entered later takes an approval whatever its reason, and its mark stays', async () => {
    const before = await underReview();
    await travel('2026-10-12T09:30:00+08:00');
    const span = { startedAt: '2026-10-09T15:00:00+08:00', endedAt: '2026-10-10T18:00:00+08:00' };
    const body = { reason: 'inquiry', note: '当时已发函，没有记', ...span };
    const asked = await ok(pause(office.clerks.firstReview, before.id, body));
    expect(asked.clocks.promised.dueOn).toBe(before.clocks.promised.dueOn);
    const foreseen = await ok(foresee(supervisor, before.id));
    const after = await ok(decide(supervisor, before.id));
    expect([foreseen.before.promised, foreseen.after.promised]).toEqual([
      before.clocks.promised.dueOn,
      after.clocks.promised.dueOn,
    ]);
    // Two closes of working days, Friday the 9th and the worked Saturday the 10th; the first is that of acceptance, which never counts.
    expect(after.clocks.promised.dueOn > before.clocks.promised.dueOn).toBe(true);
    expect(after.pauses).toMatchObject([
      {
        from: '2026-10-09T07:00:00.000Z',
        to: '2026-10-10T10:00:00.000Z',
        recordedAt: '2026-10-12T01:30:00.000Z',
        backdated: true,
        approvedBy: '高建国',
      },
    ]);
    const [, paused, resumed] = (await stored(before.id))!.clockEvents;
    expect(paused).toMatchObject({
      kind: 'paused',
      at: new Date(span.startedAt),
      recordedAt: new Date('2026-10-12T09:30:00+08:00'),
      backdated: true,
      approvedBy: supervisor.account.id,
    });
    expect(resumed).toMatchObject({ kind: 'resumed', at: new Date(span.endedAt), pauseId: paused.id });
    expect(after.documents.map(({ kind }: Json) => kind)).toContain('suspensionNotice');
    const page = await ok(office.seller.client.get(`/api/applications/${before.id}?view=case`));
    expect(page.pauses).toMatchObject([{ backdated: true, approvedBy: null }]);
    expect(page.timeline.map(({ title }: Json) => title.zh)).toContainEqual(
      expect.stringContaining('经批准补记暂停'),
    );
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications?limit=100'));
    expect(items.filter(({ title }: Json) => title === '补记了一段不计时间')).toHaveLength(1);
  });

  it.each<[string, Json, string, string]>([
    ['from the future', { startedAt: '2026-10-09T10:31:00+08:00' }, '/startedAt', 'pause_from_future'],
    ['from the year 9999', { startedAt: '9999-01-01T00:00:00+08:00' }, '/startedAt', 'pause_from_future'],
    [
      'from before acceptance',
      { startedAt: '2026-10-08T10:00:00+08:00' },
      '/startedAt',
      'pause_before_acceptance',
    ],
    ['from the year 1', { startedAt: '0001-01-01T00:00:00+08:00' }, '/startedAt', 'pause_before_acceptance'],
    [
      'that ends before it starts',
      { startedAt: '2026-10-09T10:30:00+08:00', endedAt: '2026-10-09T10:29:00+08:00' },
      '/endedAt',
      'pause_reversed',
    ],
    [
      'that ended in the future',
      { startedAt: '2026-10-09T10:30:00+08:00', endedAt: '2026-10-09T10:31:00+08:00' },
      '/endedAt',
      'pause_end_future',
    ],
    ['that ends without a start', { endedAt: '2026-10-09T10:29:00+08:00' }, '/endedAt', 'pause_end_alone'],
    ['planned to a day that does not exist', { plannedEndOn: '2026-11-31' }, '/plannedEndOn', 'due_day_past'],
    ['planned to the year 9999', { plannedEndOn: '9999-12-31' }, '/plannedEndOn', 'due_day_past'],
    ['without any end', { plannedEndOn: undefined }, '/plannedEndOn', 'due_day_past'],
  ])('is refused %s, at its field', async (_what, wrong, pointer, code) => {
    const { id } = await underReview();
    const { status, body } = await pause(office.clerks.firstReview, id, { ...INQUIRY, ...wrong });
    expect(status).toBe(422);
    expect(body.error.details).toMatchObject([{ pointer, code: `applications.${code}` }]);
    expect((await stored(id))?.clockEvents).toHaveLength(1);
  });

  it('goes on from when work went on, but not before it began nor in the future', async () => {
    const { id } = await underReview();
    await ok(pause(office.clerks.firstReview, id, INQUIRY));
    await travel('2026-10-12T11:00:00+08:00');
    const resume = (resumedAt: string) =>
      act(office.clerks.firstReview, id, 'resume', { note: '已回函', resumedAt });
    for (const [at, code] of [
      ['2026-10-09T10:30:00+08:00', 'applications.resume_before_pause'],
      ['2026-10-12T11:01:00+08:00', 'applications.resume_future'],
    ] as const) {
      const { status, body } = await resume(at);
      expect([status, body.error.details]).toEqual([
        422,
        [expect.objectContaining({ pointer: '/resumedAt', code })],
      ]);
    }
    await ok(resume('2026-10-10T09:00:00+08:00'));
    expect((await stored(id))?.clockEvents.at(-1)).toMatchObject({
      kind: 'resumed',
      at: new Date('2026-10-10T09:00:00+08:00'),
      recordedAt: new Date('2026-10-12T11:00:00+08:00'),
    });
  });
});
