import { inflateRawSync } from 'node:zlib';
import readSpreadsheet from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { supervisionModule } from '../../../backend/modules/supervision/index.ts';
import type { RouteDefinition } from '../../../backend/platform/http/route.ts';
import { plainCell } from '../../../backend/platform/spreadsheet.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import {
  accepted,
  act,
  attachAll,
  claimed,
  ok,
  submittedRename,
  submittedSeizure,
} from '../applications/scenario.ts';
import { at, openBureau, travel, type Bureau } from './bureau.ts';

const REASON = '临期件连续两天没有人办，请说明原因';
/** What 科长 and 分管领导 read as the supervisor does; alarms over all halls are not a head’s. */
const READ_BY_ALL_OVERSEERS =
  /^\/api\/supervision\/(summary|trends|performance|cases|cases\/:id|export|findings|approvals|forecast)$/;
const WHAT_IF = '?type=ZY02&amount=3&unit=workingDay';

describe('the supervisor’s desk', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(() => travel(bureau, TEST_NOW));

  const inbox = async (person: TestPerson): Promise<string[]> => {
    await bureau.api.settle();
    const { items } = await ok(person.client.get('/api/notifications?limit=100'));
    return items.map(({ title, text }: Json) => `${title} ${text}`);
  };
  const post = (person: TestPerson, path: string, body: unknown, key?: string) =>
    person.client.post(
      `/api/supervision/orders${path}`,
      body,
      key ? { headers: { 'Idempotency-Key': key } } : {},
    );
  async function claimedCase(): Promise<{ id: string; no: string }> {
    const filed = await submittedRename(bureau);
    await accepted(bureau, filed.id);
    await claimed(bureau.clerks.firstReview, filed.id);
    return filed;
  }

  describe('a supervision order', () => {
    it('lives from its number to its closing opinion, and each is told', async () => {
      const { no } = await claimedCase();
      const { supervisor, clerks } = bureau;
      const order = await ok(
        post(supervisor, '', { target: { kind: 'case', id: no }, reason: REASON, replyWithinWorkdays: 2 }),
        201,
      );
      expect(order).toMatchObject({
        no: '督〔2026〕0001号',
        state: 'issued',
        target: { kind: 'case', name: no },
        // Saturday the 10th is worked, Sunday is not.
        replyDueOn: '2026-10-12',
        overdue: false,
        allowedActs: ['withdraw'],
      });
      expect(order.addressees).toEqual([{ id: clerks.firstReview.account.id, name: '郭立新' }]);
      expect((await inbox(clerks.firstReview)).some((line) => line.includes('督〔2026〕0001号'))).toBe(true);
      const mine = await ok(clerks.firstReview.client.get('/api/supervision/orders'));
      expect(mine.items).toMatchObject([{ id: order.id, allowedActs: ['reply'] }]);

      await travel(bureau, at('2026-10-12', '17:01'));
      const late = await ok(supervisor.client.get(`/api/supervision/orders/${order.id}`));
      expect(late.overdue).toBe(true);
      const overdueLines = async (person: TestPerson) =>
        (await inbox(person)).filter((line) => line.includes('逾期没有回复') && line.includes(order.no));
      await bureau.api.app.scheduler.runNow('supervision.orders');
      await bureau.api.app.scheduler.runNow('supervision.orders');
      for (const person of [clerks.firstReview, bureau.head, supervisor])
        expect(await overdueLines(person)).toHaveLength(1);
      const summary = await ok(supervisor.client.get('/api/supervision/summary'));
      expect(summary.orders).toEqual({ open: 1, overdue: 1 });

      const answer = { revision: 1, text: '等公安回复，已催办' };
      const replied = await ok(post(clerks.firstReview, `/${order.id}/reply`, answer));
      expect(replied).toMatchObject({ state: 'replied', overdue: false, revision: 2 });
      expect((await inbox(supervisor)).some((line) => line.includes('等您办结'))).toBe(true);
      const again = { revision: 2, reason: '没有说明什么时候办完', replyWithinWorkdays: 1 };
      expect(await ok(post(supervisor, `/${order.id}/return`, again))).toMatchObject({
        state: 'issued',
        replyDueOn: '2026-10-13',
        replies: [{ returnedWith: '没有说明什么时候办完' }],
      });
      await ok(post(clerks.firstReview, `/${order.id}/reply`, { revision: 3, text: '10月13日上午办完' }));
      const ended = await ok(
        post(supervisor, `/${order.id}/close`, { revision: 4, opinion: '原因清楚，已办完' }),
      );
      expect(ended).toMatchObject({
        state: 'closed',
        closing: { opinion: '原因清楚，已办完' },
        allowedActs: [],
      });
      expect(ended.replies).toHaveLength(2);
    });

    it('is neither issued nor judged by whom it is addressed to', async () => {
      const { supervisor } = bureau;
      const other = await createStaff(bureau.api, { name: '高建国', roles: ['supervisor'] });
      const target = { kind: 'clerk', id: supervisor.account.id };
      const body = { target, reason: REASON, replyWithinWorkdays: 1 };
      const oneself = async (reply: ReturnType<typeof post>) => {
        const { status, body: answer } = await reply;
        expect([status, answer.error?.code]).toEqual([403, 'supervision.order_to_oneself']);
        expect(answer.error.message).toContain('另一位监督人员');
      };
      await oneself(post(supervisor, '', body));
      const { id, allowedActs } = await ok(post(other, '', body), 201);
      expect(allowedActs).toEqual(['withdraw']);
      await oneself(post(supervisor, `/${id}/withdraw`, { revision: 1, opinion: '不用督办了' }));
      await ok(post(supervisor, `/${id}/reply`, { revision: 1, text: '今天下午办完' }));
      const mine = await ok(supervisor.client.get(`/api/supervision/orders/${id}`));
      expect(mine.allowedActs).toEqual([]);
      const again = { revision: 2, reason: '没有说明原因', replyWithinWorkdays: 1 };
      await oneself(post(supervisor, `/${id}/return`, again));
      await oneself(post(supervisor, `/${id}/close`, { revision: 2, opinion: '已经办完了' }));
      await ok(post(other, `/${id}/close`, { revision: 2, opinion: '已经办完了' }));
    });

    it('that is withdrawn is said to be withdrawn, and may go to anybody at the desks', async () => {
      const { supervisor, clerks } = bureau;
      const { items } = await ok(supervisor.client.get('/api/supervision/addressees'));
      const { id } = clerks.issuance.account;
      expect(items.map((one: Json) => one.id)).toContain(id);
      const order = await ok(
        post(supervisor, '', { target: { kind: 'clerk', id }, reason: REASON, replyWithinWorkdays: 1 }),
        201,
      );
      await ok(post(supervisor, `/${order.id}/withdraw`, { revision: 1, opinion: '发错对象了' }));
      const lines = (await inbox(clerks.issuance)).filter((line) => line.includes(order.no));
      expect(lines.some((line) => line.includes('已撤销'))).toBe(true);
      expect(lines.some((line) => line.includes('已办结'))).toBe(false);
      // What is withdrawn needs no reply and is never overdue.
      await travel(bureau, at('2026-10-14', '09:00'));
      await bureau.api.app.scheduler.runNow('supervision.orders');
      expect((await inbox(clerks.issuance)).filter((line) => line.includes(order.no))).toHaveLength(2);
    });

    it('is one, however often its request is sent, and the next number follows', async () => {
      const { supervisor } = bureau;
      const body = {
        target: { kind: 'office', id: 'linqing' },
        reason: REASON,
        replyWithinWorkdays: 1,
      };
      const sent = await Promise.all([1, 2, 3].map(() => post(supervisor, '', body, 'again')));
      const kept = sent.filter(({ status }) => status === 201).map(({ body: { id } }) => id);
      expect(new Set(kept).size).toBe(1);
      const once = await ok(post(supervisor, '', body, 'again'), 201);
      expect(once.id).toBe(kept[0]);
      expect(once.addressees.map(({ name }: Json) => name)).toEqual(['田守礼']);
      const other = await post(supervisor, '', { ...body, reason: `${REASON}。` }, 'again');
      expect(other.status).toBe(422);
      const next = await ok(post(supervisor, '', body), 201);
      expect(Number(/(\d{4})号/.exec(next.no)?.[1])).toBeGreaterThan(Number(/(\d{4})号/.exec(once.no)?.[1]));
    });

    it('changes once where two act at the same time', async () => {
      const { supervisor, clerks } = bureau;
      const target = { kind: 'clerk', id: clerks.secondReview.account.id };
      const order = await ok(post(supervisor, '', { target, reason: REASON, replyWithinWorkdays: 1 }), 201);
      const answers = await Promise.all([
        post(clerks.secondReview, `/${order.id}/reply`, { revision: 1, text: '今天办完' }),
        post(supervisor, `/${order.id}/withdraw`, { revision: 1, opinion: '发错对象了' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { revision } = await ok(supervisor.client.get(`/api/supervision/orders/${order.id}`));
      expect(revision).toBe(2);
    });

    it('refuses what its state or the reader does not allow, with what to do next', async () => {
      const { supervisor, clerks, head } = bureau;
      const target = { kind: 'clerk', id: clerks.registrar.account.id };
      const body = { target, reason: REASON, replyWithinWorkdays: 1 };
      for (const person of [clerks.registrar, head, bureau.leader, bureau.seller])
        expect((await post(person, '', body)).status).toBe(403);
      const order = await ok(post(supervisor, '', body), 201);
      const close = { revision: 1, opinion: '没有回复也想办结' };
      expect((await post(supervisor, `/${order.id}/close`, close)).body.error.code).toBe(
        'supervision.act_not_possible',
      );
      expect((await post(clerks.registrar, `/${order.id}/close`, close)).status).toBe(403);
      expect(
        (await post(clerks.issuance, `/${order.id}/reply`, { revision: 1, text: '不是发给我的' })).status,
      ).toBe(404);
      expect(
        (await post(clerks.registrar, `/${order.id}/reply`, { revision: 9, text: '旧的页面' })).status,
      ).toBe(409);
      const nowhere = { ...body, target: { kind: 'office', id: 'nowhere' } };
      expect((await post(supervisor, '', nowhere)).status).toBe(404);
    });
  });

  it('shows the figures to those who oversee, and to nobody else; everybody sees the promises', async () => {
    const { supervisor, clerks, head, leader, seller } = bureau;
    const gets = (supervisionModule.routes as unknown as RouteDefinition[]).filter(
      ({ method, path }) => method === 'get' && !path.includes('/orders'),
    );
    for (const { path } of gets) {
      const asked = path.endsWith('/export') ? '?format=csv' : path.endsWith('/what-if') ? WHAT_IF : '';
      const address = path.replace(':id', '2026100900001') + asked;
      const open = path.startsWith('/api/promises');
      const statusOf = async (person: TestPerson) => [path, (await person.client.get(address)).status];
      expect([path, (await stranger(bureau.api).get(address)).status]).toEqual([path, open ? 200 : 401]);
      for (const person of [clerks.firstReview, seller])
        expect(await statusOf(person)).toEqual([path, open ? 200 : 403]);
      const found = await statusOf(supervisor);
      expect([200, 404]).toContain(found[1]);
      if (READ_BY_ALL_OVERSEERS.test(path)) {
        for (const person of [leader, head]) expect(await statusOf(person)).toEqual(found);
      }
    }
    expect((await supervisor.client.post('/api/applications/2026100900001/claim')).status).toBe(403);
  });

  describe('whose figures', () => {
    let own: string;
    let ownHead: TestPerson;
    let otherHead: TestPerson;
    let no: string;
    beforeAll(async () => {
      no = (await claimedCase()).no;
      const { items } = await ok(bureau.supervisor.client.get(`/api/supervision/cases?limit=100`));
      own = items.find((one: Json) => one.no === no).office;
      const head = (name: string, officeId: string) =>
        createStaff(bureau.api, { name, roles: ['sectionHead'], officeId });
      ownHead = await head('韩宁', own);
      otherHead = await head('冯立', own === 'linqing' ? 'chiping' : 'linqing');
    });
    beforeEach(async () => {
      for (const { account, client } of [ownHead, otherHead])
        for (const [name, token] of (await signInAs(bureau.api, account)).cookies)
          client.cookies.set(name, token);
      await bureau.api.app.scheduler.runNow('supervision.open');
    });
    const read = (person: TestPerson, path: string) => ok(person.client.get(`/api/supervision/${path}`));
    const statusOf = async (person: TestPerson, path: string) =>
      (await person.client.get(`/api/supervision/${path}`)).status;

    it('a head of section sees their own hall’s, and no other', async () => {
      const all = await read(bureau.supervisor, 'summary');
      const ofHall = await read(bureau.supervisor, `summary?office=${own}`);
      expect(await read(ownHead, 'summary')).toMatchObject({ total: ofHall.total, lights: ofHall.lights });
      expect((await read(otherHead, 'summary')).total).toBe(all.total - ofHall.total);
      expect((await read(ownHead, 'cases?limit=100')).items.map((one: Json) => one.no)).toContain(no);
      expect((await read(otherHead, 'cases?limit=100')).items.map((one: Json) => one.no)).not.toContain(no);
      for (const path of ['summary', 'cases', 'trends', 'performance', 'findings'])
        expect([path, await statusOf(otherHead, `${path}?office=${own}`)]).toEqual([path, 403]);
      expect(await statusOf(otherHead, `cases/${no}`)).toBe(403);
      expect(await statusOf(ownHead, `cases/${no}`)).toBe(200);
      const halls = await read(otherHead, 'performance?by=office');
      expect(halls.rows).toHaveLength(1);
      const file = await otherHead.client.get('/api/supervision/export?format=csv');
      expect(JSON.stringify(file.body)).not.toContain(no);
    });

    it('every case counts under its own hall, and under none where it has none', async () => {
      await bureau.api.settle();
      await bureau.api.app.scheduler.runNow('supervision.counters');
      const { rows, total } = await read(bureau.supervisor, 'performance?by=office');
      expect(total.submitted).toBeGreaterThan(0);
      const filed = rows.map(({ figures }: Json) => figures.submitted as number);
      expect(filed.reduce((sum: number, count: number) => sum + count, 0)).toBe(total.submitted);
      expect(rows.find(({ key }: Json) => key === null)?.figures.submitted).toBe(0);
    });

    it('a leader sees all of them and changes none', async () => {
      const { leader, supervisor, clerks } = bureau;
      expect(await read(leader, 'summary')).toMatchObject({
        total: (await read(supervisor, 'summary')).total,
      });
      expect(await statusOf(leader, `cases/${no}`)).toBe(200);
      const target = { kind: 'clerk', id: clerks.firstReview.account.id };
      const order = await ok(post(supervisor, '', { target, reason: REASON, replyWithinWorkdays: 1 }), 201);
      expect(await read(leader, `orders/${order.id}`)).toMatchObject({ id: order.id, allowedActs: [] });
      expect((await read(leader, 'orders')).items.map(({ id }: Json) => id)).toContain(order.id);
      expect(
        (await post(leader, `/${order.id}/close`, { revision: 1, opinion: '不该由我办结' })).status,
      ).toBe(403);
      expect(await statusOf(bureau.head, `orders/${order.id}`)).toBe(404);
    });

    it('would show a head every hall without the scope (sabotage)', async () => {
      const { within } = await import('../../../backend/modules/supervision/scope.ts');
      const actor = { roles: ['sectionHead'], officeId: 'linqing' } as never;
      expect(within(actor, {} as { office?: string })).toEqual({ office: 'linqing' });
      expect(within({ roles: ['sectionHead', 'leader'], officeId: 'linqing' } as never, {})).toEqual({});
    });
  });

  describe('findings, with their evidence', () => {
    const found = async (kind: string, no: string): Promise<Json[]> => {
      await bureau.api.settle();
      const { items } = await ok(
        bureau.supervisor.client.get(`/api/supervision/findings?kind=${kind}&limit=100`),
      );
      return items.filter((one: Json) => one.no === no);
    };
    const pause = (plannedEndOn: string) => ({ reason: 'inquiry', note: '向公安核实姓名', plannedEndOn });

    it('acceptance long after a complete submission', async () => {
      const prompt = await submittedRename(bureau);
      await accepted(bureau, prompt.id);
      const filed = await submittedRename(bureau);
      await travel(bureau, at('2026-10-13', '09:00'));
      await accepted(bureau, filed.id);
      expect(await found('lateAcceptance', filed.no)).toMatchObject([
        { evidence: { zh: expect.stringContaining('10-09 10:30') }, person: { name: '周敏' } },
      ]);
      expect(await found('lateAcceptance', prompt.no)).toEqual([]);
    });

    it('a second request for corrections on what was visible the first time', async () => {
      const { id, no } = await submittedRename(bureau);
      const { acceptance } = bureau.clerks;
      const { client } = bureau.seller;
      const ask = async (materialCode: string | null, field?: string) => {
        await claimed(acceptance, id);
        const target = materialCode ? { materialCode } : { field };
        const defects = [{ target, defect: '看不清', remedy: '请重拍' }];
        await ok(act(acceptance, id, 'request-correction', { defects, dueOn: '2026-10-20' }));
      };
      const answer = async () => {
        await attachAll(client, id, 'M21');
        const { revision } = await ok(client.get(`/api/applications/${id}`));
        await ok(client.post(`/api/applications/${id}/answer-correction`, { revision }));
      };
      await ask('M21');
      await answer();
      await ask('M21');
      expect(await found('secondCorrection', no)).toEqual([]);
      await answer();
      await ask(null, '/proofNo');
      expect(await found('secondCorrection', no)).toMatchObject([
        { evidence: { zh: expect.stringContaining('/proofNo') } },
      ]);
    });

    it('a pause planned for far longer than the promise, told when it is opened', async () => {
      const short = await claimedCase();
      await ok(act(bureau.clerks.firstReview, short.id, 'pause', pause('2026-10-20')));
      const long = await claimedCase();
      await ok(act(bureau.clerks.firstReview, long.id, 'pause', pause('2026-12-31')));
      expect(await found('longPause', short.no)).toEqual([]);
      expect(await found('longPause', long.no)).toMatchObject([
        {
          label: { zh: '计划暂停过长', en: 'Planned to be paused for very long' },
          person: { name: '郭立新' },
          evidence: {
            zh: expect.stringMatching(
              /承诺 1 个工作日.*计划到 2026-12-31，共 \d\d 个工作日（向公安核实姓名）/,
            ),
            en: expect.stringContaining('until 2026-12-31'),
          },
        },
      ]);
    });

    it('a pause on the last day, and one that outlasts its plan', async () => {
      const early = await claimedCase();
      await ok(act(bureau.clerks.firstReview, early.id, 'pause', pause('2026-10-12')));
      const last = await claimedCase();
      await travel(bureau, at('2026-10-10', '16:40'));
      await ok(act(bureau.clerks.firstReview, last.id, 'pause', pause('2026-10-14')));
      expect(await found('lastDayPause', early.no)).toEqual([]);
      expect(await found('lastDayPause', last.no)).toMatchObject([
        {
          evidence: {
            zh: expect.stringContaining('16:40'),
            en: expect.stringMatching(/^The promise ended on Sat 10 Oct; .* at 16:40 \(Inquiry/),
          },
          person: { name: '郭立新' },
        },
      ]);
      await travel(bureau, at('2026-10-13', '09:30'));
      await ok(act(bureau.clerks.firstReview, early.id, 'resume', { note: '公安已回复' }));
      await ok(act(bureau.clerks.firstReview, last.id, 'resume', { note: '公安已回复' }));
      expect(await found('overlongPause', early.no)).toHaveLength(1);
      expect(await found('overlongPause', last.no)).toEqual([]);
    });

    it('a pause on the last day that was entered later, which the page of causes marks', async () => {
      const { id, no } = await claimedCase();
      await travel(bureau, at('2026-10-12', '09:30'));
      const asked = {
        reason: 'inquiry',
        note: '当时已发函，没有记',
        startedAt: '2026-10-10T16:40:00+08:00',
        endedAt: '2026-10-12T09:00:00+08:00',
      };
      await ok(act(bureau.clerks.firstReview, id, 'pause', asked));
      await ok(act(bureau.supervisor, id, 'decide-pause', { approve: true, opinion: '同意' }));
      expect(await found('lastDayPause', no)).toMatchObject([
        { evidence: { zh: expect.stringContaining('10-12 09:30 补记') }, person: { name: '郭立新' } },
      ]);
      const { pauses, extensions } = await ok(bureau.supervisor.client.get(`/api/supervision/cases/${no}`));
      expect(pauses).toMatchObject([{ backdated: true, recordedAt: '2026-10-12T01:30:00.000Z' }]);
      expect(extensions).toEqual([]);
    });

    it('the same application again right after it was withdrawn', async () => {
      const home = await bureau.home();
      const first = await submittedRename(bureau, home);
      await ok(act(bureau.seller, first.id, 'withdraw', { reason: '写错了' }));
      await bureau.api.settle();
      bureau.api.advance(6 * 60_000);
      const second = await submittedRename(bureau, home);
      expect(await found('restartedCase', second.no)).toMatchObject([
        { otherNo: first.no, evidence: { zh: expect.stringContaining('6 分钟') } },
      ]);
      const other = await submittedRename(bureau);
      expect(await found('restartedCase', other.no)).toEqual([]);
    });

    it('an instant type accepted after hours', async () => {
      const inside = await submittedSeizure(bureau, await bureau.home());
      await accepted(bureau, inside.id);
      // Handed in after the close: until the next one nothing is accepted by silence.
      const home = await bureau.home();
      await travel(bureau, at('2026-10-09', '17:30'));
      bureau.court.client = await signInAs(bureau.api, bureau.court.account);
      const after = await submittedSeizure(bureau, home);
      await travel(bureau, at('2026-10-09', '18:20'));
      await accepted(bureau, after.id);
      expect(await found('afterHoursAcceptance', inside.no)).toEqual([]);
      expect(await found('afterHoursAcceptance', after.no)).toMatchObject([
        { evidence: { zh: expect.stringContaining('18:20') } },
      ]);
    });
  });

  it('lists red and black together as overdue', async () => {
    await claimedCase();
    await travel(bureau, at('2027-01-15', '10:00'));
    const { client } = bureau.supervisor;
    const numbers = async (light: string) =>
      (await ok(client.get(`/api/supervision/cases?limit=100&light=${light}`))).items.map(
        ({ no }: Json) => no,
      );
    const overdue = await numbers('overdue');
    expect(overdue.length).toBeGreaterThan(0);
    expect([...overdue].sort()).toEqual([...(await numbers('red')), ...(await numbers('black'))].sort());
  });

  describe('export', () => {
    it('gives the same rows as the screen, as CSV and as a workbook', async () => {
      await claimedCase();
      const { client } = bureau.supervisor;
      const screen = await ok(client.get('/api/supervision/cases?limit=100'));
      const numbers = screen.items.map(({ no }: Json) => no);
      const csv = await client.get('/api/supervision/export?format=csv');
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const lines = String(csv.body).trim().split('\r\n');
      expect(lines[0]).toContain('受理编号');
      expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(numbers);
      const xlsx = await client.get('/api/supervision/export?format=xlsx');
      expect(xlsx.headers.get('content-disposition')).toMatch(/filename\*=UTF-8''.+\.xlsx$/);
      const [{ data = [] } = {}] = await readSpreadsheet(xlsx.body as Buffer);
      expect(data.slice(1).map(([first]) => first)).toEqual(numbers);
    });

    it('writes no cell that a spreadsheet would run', async () => {
      for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'])
        expect(plainCell(text)).toBe(`'${text}`);
      expect(plainCell('赵明远')).toBe('赵明远');
      const { id } = await claimedCase();
      const evil = '=HYPERLINK("http://example.invalid","点我")';
      await applications(bureau.api.p).collection.updateOne(
        { _id: id as never },
        { $set: { 'handler.name': evil } },
      );
      const csv = await bureau.supervisor.client.get('/api/supervision/export?format=csv');
      expect(String(csv.body)).toContain(`"'=HYPERLINK(""http`);
      const xlsx = await bureau.supervisor.client.get('/api/supervision/export?format=xlsx');
      expect(partOf(xlsx.body as Buffer, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f>|>=HYPERLINK/);
    });
  });
});

/** One part of a ZIP archive whose sizes follow the data, found by the central directory. */
function partOf(archive: Buffer, name: string): string {
  let place = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  while (place >= 0) {
    const nameLength = archive.readUInt16LE(place + 28);
    const skip = nameLength + archive.readUInt16LE(place + 30) + archive.readUInt16LE(place + 32);
    if (archive.subarray(place + 46, place + 46 + nameLength).toString() === name) {
      const size = archive.readUInt32LE(place + 20);
      const local = archive.readUInt32LE(place + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(start, start + size)).toString();
    }
    place += 46 + skip;
    if (archive.readUInt32LE(place) !== 0x02014b50) break;
  }
  throw new Error(`no part ${name}`);
}
