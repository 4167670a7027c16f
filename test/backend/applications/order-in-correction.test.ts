import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getUnit } from '../../../backend/modules/register/index.ts';
import { storedCase } from '../../support/open-cases.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createOrganisation } from '../../support/people.ts';
import { alarmsOf, at, lookAt, openBureau, travel, type Bureau } from '../supervision/bureau.ts';
import {
  act,
  accepted,
  approved,
  claimed,
  ok,
  submittedRename,
  submittedSale,
  submittedSeizure,
  type Home,
} from './scenario.ts';

/** 细则90, 查封规定1, 7: an order whose papers are missing stands, but not for ever in the way of everybody. */
describe('an order of a court that was sent back for its papers', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(() => travel(bureau, TEST_NOW));

  const DUE_ON = '2026-10-14';
  const ask = async (id: string, target: Json = { materialCode: 'M18' }) => {
    await claimed(bureau.clerks.acceptance, id);
    const defects = [{ target, defect: '没有裁定书', remedy: '请补裁定书' }];
    await ok(act(bureau.clerks.acceptance, id, 'request-correction', { defects, dueOn: DUE_ON }));
    await bureau.api.settle();
  };
  const incomplete = async (home: Home) => {
    const { id } = await submittedSeizure(bureau, home);
    await ask(id);
    return id;
  };
  const sendBack = (id: string) =>
    act(bureau.clerks.acceptance, id, 'decline', { reason: 'papersIncomplete', facts: '到期没有补来裁定书' });
  const failed = ({ status, body }: Json) => [status, body.error?.code];
  const servedOn = async ({ code }: Home) =>
    ((await getUnit(bureau.api.p, code)).served ?? []).map(({ caseId }) => caseId);
  const actsOf = async (id: string): Promise<string[]> =>
    (await ok(bureau.clerks.acceptance.client.get(`/api/work-items/${id}`))).allowedActs;

  it('cannot be sent back on the last day of the term that it was given, and can the day after', async () => {
    const id = await incomplete(await bureau.home());
    await travel(bureau, at(DUE_ON, '16:00'));
    expect(await actsOf(id)).not.toContain('decline');
    expect(failed(await sendBack(id))).toEqual([409, 'applications.supplement_running']);
    await travel(bureau, at('2026-10-15', '09:00'));
    expect(await actsOf(id)).toContain('decline');
    const letter = (await ok(sendBack(id))).documents.at(-1);
    expect(letter.kind).toBe('returnLetter');
    expect((await storedCase(bureau.api.p, id)).status).toBe('declined');
  });

  it('lets the complete order behind it be recorded, and the sale stay stopped by that one', async () => {
    const home = await bureau.home();
    const sale = await submittedSale(bureau, home);
    await accepted(bureau, sale.id);
    const id = await incomplete(home);
    await travel(bureau, at('2026-10-15', '09:00'));
    const court = await createOrganisation(bureau.api, 'court', { name: '另一人民法院' });
    const docNo = '(2026)鲁1503执9号';
    const second = await submittedSeizure({ ...bureau, court }, home, { docNo });
    await ok(sendBack(id));
    await bureau.api.settle();
    expect(await servedOn(home)).toEqual([second.id]);
    await accepted(bureau, second.id);
    await approved(bureau, second.id);
    await ok(act(bureau.clerks.registrar, second.id, 'record'));
    await bureau.api.settle();
    const { encumbrances } = await getUnit(bureau.api.p, home.code);
    expect(encumbrances.map(({ status, caseId }) => [status, caseId])).toEqual([['current', second.id]]);
    expect((await storedCase(bureau.api.p, sale.id)).pauses.map(({ to }) => to)).toEqual([null]);
  });

  /** Another court's order on the same home, an hour later, with all its papers, decided on and not recorded. */
  const completeOne = async (home: Home) => {
    await travel(bureau, new Date(TEST_NOW.getTime() + 3_600_000));
    const court = await createOrganisation(bureau.api, 'court', { name: '第三人民法院' });
    const { id } = await submittedSeizure({ ...bureau, court }, home, { docNo: '(2026)鲁1504执9号' });
    await accepted(bureau, id);
    await approved(bureau, id);
    return id;
  };
  const complete = async (id: string) => {
    bureau.api.setNow(new Date(bureau.api.p.time.now().getTime() + 60_000));
    const { revision } = await ok(bureau.court.client.get(`/api/applications/${id}`));
    await ok(act(bureau.court, id, 'answer-correction', { revision }));
    await bureau.api.settle();
    await accepted(bureau, id);
    await approved(bureau, id);
  };
  const record = (id: string) => act(bureau.clerks.registrar, id, 'record');
  const ranks = async ({ code }: Home) =>
    (await getUnit(bureau.api.p, code)).encumbrances.map(({ status, rank, caseId }) => [
      status,
      rank,
      caseId,
    ]);

  it('查封规定1, 7: lets an order be recorded that is complete, holds the sale, and is 轮候 once it is complete', async () => {
    const home = await bureau.home();
    const sale = await submittedSale(bureau, home);
    await accepted(bureau, sale.id);
    const first = await incomplete(home);
    expect((await storedCase(bureau.api.p, sale.id)).pauses.map(({ to }) => to)).toEqual([null]);
    const second = await completeOne(home);
    await ok(record(second));
    await complete(first);
    await ok(record(first));
    expect(await ranks(home)).toEqual([
      ['current', 1, second],
      ['waiting', 2, first],
    ]);
  });

  it('细则91: comes after the order that was complete before it, recorded or not', async () => {
    const home = await bureau.home();
    const first = await incomplete(home);
    const second = await completeOne(home);
    await complete(first);
    expect(failed(await record(first))).toEqual([409, 'applications.conflict']);
    await ok(record(second));
    await ok(record(first));
    expect((await ranks(home)).map(([, , id]) => id)).toEqual([second, first]);
  });

  it('keeps its place where a field had to be put right and no paper was missing', async () => {
    const home = await bureau.home();
    const { id: first } = await submittedSeizure(bureau, home);
    await ask(first, { field: '/rulingNo' });
    const second = await completeOne(home);
    expect(failed(await record(second))).toEqual([409, 'applications.conflict']);
  });

  it('raises an alarm to its clerk and the head of section when the term is over, once', async () => {
    const id = await incomplete(await bureau.home());
    await lookAt(bureau, at(DUE_ON, '23:59'));
    expect(await alarmsOf(bureau.api.p, id)).toEqual([]);
    await lookAt(bureau, at('2026-10-15', '00:00'));
    await lookAt(bureau, at('2026-11-15', '10:00'));
    const raised = await alarmsOf(bureau.api.p, id);
    expect(raised.map(({ kind }) => kind)).toEqual(['pauseOverdue']);
    const told = JSON.stringify(raised);
    for (const { account } of [bureau.clerks.acceptance, bureau.head]) expect(told).toContain(account.id);
  });

  it('is for orders alone: an application that is put right cannot be declined', async () => {
    const { id } = await submittedRename(bureau);
    await ask(id, { materialCode: 'M21' });
    await travel(bureau, at('2026-10-15', '09:00'));
    expect(failed(await sendBack(id))).toEqual([409, 'applications.act_not_possible']);
    expect(await alarmsOf(bureau.api.p, id)).toEqual([]);
  });
});
