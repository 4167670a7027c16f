import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepServedOrders } from '../../../backend/modules/applications/index.ts';

import { getUnit, lapseEncumbrances, recordChange } from '../../../backend/modules/register/index.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createOrganisation, signInAs } from '../../support/people.ts';
import { encumbrance } from '../register/units.ts';
import {
  accepted,
  act,
  approved,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  recorded,
  seizureAnswers,
  submittedSale,
  submittedSeizure,
  type Home,
  type Office,
} from './scenario.ts';

/** 查封规定23: the office assists from the moment that the order is served, not from when it gets round to recording it. */
describe('an order that was served and is not recorded yet', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());
  beforeEach(() => office.api.setNow(TEST_NOW));

  const staffView = (id: string): Promise<Json> =>
    ok(office.clerks.registrar.client.get(`/api/work-items/${id}`));
  const servedOn = async ({ code }: Home) =>
    ((await getUnit(office.api.p, code)).served ?? []).map(({ caseId }) => caseId);
  const pausesOf = async (id: string) => (await staffView(id)).pauses.map(({ to }: Json) => to === null);
  const failed = ({ status, body }: Json) => [status, body.error?.code];
  const approvedSale = async (home: Home) => {
    const sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    await approved(office, sale.id);
    return sale;
  };
  /** What the relay says once more, as after a death between the two writes. */
  const again = (type: string, { id }: Json) =>
    keepServedOrders.handle(office.api.p, [
      {
        id: 'again',
        type,
        at: TEST_NOW,
        actorId: null,
        requestId: null,
        source: { collection: 'applications', id },
        data: { caseId: id, typeCode: 'CF01' },
      },
    ]);

  it('is held for before its authority is told that it is in', async () => {
    const home = await office.home();
    const order = await submittedSeizure(office, home);
    expect(await servedOn(home)).toEqual([order.id]);
  });

  it('stops a sale that was approved before it, in words that its parties understand', async () => {
    const home = await office.home();
    const sale = await approvedSale(home);
    const order = await submittedSeizure(office, home);
    await office.api.settle();
    expect(await pausesOf(sale.id)).toEqual([true]);
    expect(failed(await act(office.clerks.registrar, sale.id, 'record'))).toEqual([
      409,
      'applications.is_paused',
    ]);
    const { timeline } = await ok(office.buyer.client.get(`/api/applications/${sale.id}`));
    const told = timeline.filter(({ kind }: Json) => kind === 'paused');
    expect(told.map(({ state }: Json) => state)).toEqual(['done', 'current']);
    // Whose case stands still is told why; whoever only asks before applying is not.
    for (const { detail } of told) expect(detail.zh).toContain('查封机关的文书已经送达');
    const check = { unitCode: home.code, request: 'transfer', certificateNo: home.certificateNo };
    const { conflicts } = await ok(office.seller.client.post('/api/register/unit-checks', check));
    expect(conflicts.length).toBeGreaterThan(0);
    expect(JSON.stringify(conflicts)).not.toMatch(/查封|送达|served|[Ss]eiz/);
    await accepted(office, order.id);
    await recorded(office, order.id);
    await office.api.settle();
    expect(await servedOn(home)).toEqual([]);
    expect(await pausesOf(sale.id)).toEqual([true]);
  });

  it('stops a sale whose recording has begun, and one that is accepted after it', async () => {
    const home = await office.home();
    const order = await submittedSeizure(office, home);
    const outcome = await recordChange(office.api.p, {
      unitCode: home.code,
      caseId: 'begun-before',
      caseNo: '1',
      businessType: 'ZY02',
      request: 'transfer',
      effects: [],
      conditionsMet: [],
      at: TEST_NOW,
      actorId: null,
      entryId: 'entry',
    });
    expect(outcome).toMatchObject({ outcome: 'conflict', conflicts: [{ state: 'orderServed' }] });
    const sale = await submittedSale(office, home);
    const { conflicts } = await claimed(office.clerks.acceptance, sale.id);
    expect(conflicts.map(({ text }: Json) => text.zh)).toContainEqual(
      expect.stringContaining(`查封机关的文书已经送达，正在登记（${order.no}）`),
    );
    await ok(act(office.clerks.acceptance, sale.id, 'accept'));
    await office.api.settle();
    expect(await pausesOf(sale.id)).toEqual([true]);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'declined',
      async (id) => {
        await claimed(office.clerks.acceptance, id);
        const facts = '被执行人不是登记簿上的权利人';
        return ok(act(office.clerks.acceptance, id, 'decline', { reason: 'notOwner', facts }));
      },
    ],
    ['withdrawn', (id) => ok(act(office.court, id, 'withdraw', { reason: '撤回嘱托' }))],
    [
      'refused',
      async (id) => {
        await accepted(office, id);
        await claimed(office.clerks.firstReview, id);
        const facts = '协助执行通知书没有盖章';
        return ok(act(office.clerks.firstReview, id, 'refuse', { reason: 'papersIncomplete', facts }));
      },
    ],
  ])('lets the sale go on by itself once it is %s, and does not come back', async (_, end) => {
    const home = await office.home();
    const sale = await approvedSale(home);
    const order = await submittedSeizure(office, home);
    await office.api.settle();
    expect(await pausesOf(sale.id)).toEqual([true]);
    await end(order.id);
    await office.api.settle();
    expect([await servedOn(home), await pausesOf(sale.id)]).toEqual([[], [false]]);
    await again('applications.submitted', order);
    expect(await servedOn(home)).toEqual([]);
    await ok(act(office.clerks.registrar, sale.id, 'record'));
  });

  it('is held for by its event where the process died before the unit was written, and once only', async () => {
    const home = await office.home();
    const sale = await approvedSale(home);
    const order = await submittedSeizure(office, home);
    await units(office.api.p).collection.updateOne({ _id: home.code as never }, { $unset: { served: '' } });
    await again('applications.submitted', order);
    await again('applications.submitted', order);
    expect(await servedOn(home)).toEqual([order.id]);
    await office.api.settle();
    expect(await pausesOf(sale.id)).toEqual([true]);
    await accepted(office, order.id);
    await recorded(office, order.id);
    await again('applications.submitted', order);
    expect(await servedOn(home)).toEqual([]);
  });

  it('细则91: comes before one served later that the office took up first', async () => {
    const home = await office.home();
    const other = await createOrganisation(office.api, 'court', { name: '另一人民法院' });
    const first = await submittedSeizure(office, home);
    const docNo = '(2026)鲁1503执9号';
    office.api.setNow(new Date(TEST_NOW.getTime() + 60_000));
    const second = await submittedSeizure({ ...office, court: other }, home, { docNo });
    await accepted(office, second.id);
    await approved(office, second.id);
    const early = await act(office.clerks.registrar, second.id, 'record');
    expect(failed(early)).toEqual([409, 'applications.conflict']);
    expect(early.body.error.message).toContain(`${first.no}`);
    expect(early.body.error.message).toContain('按送达先后');
    await accepted(office, first.id);
    await recorded(office, first.id);
    await ok(act(office.clerks.registrar, second.id, 'record'));
    const { encumbrances } = await getUnit(office.api.p, home.code);
    expect(encumbrances.map(({ status, rank, caseId }) => [status, rank, caseId])).toEqual([
      ['current', 1, first.id],
      ['waiting', 2, second.id],
    ]);
  });

  it('查封规定2: holds for a debtor who stands in the register under another name, with the proof of it', async () => {
    const home = await office.home();
    const answers = { executedName: '改了名的公司', heldAs: office.seller.account.name };
    const draft = await createDraft(office.court.client, 'CF01', seizureAnswers(office, home, answers));
    const submit = ({ revision }: Json) =>
      office.court.client.post(`/api/applications/${draft.id}/submit`, { revision });
    const without = await submit(await attachAll(office.court.client, draft.id, 'M31', 'M18'));
    expect(without.body.error.details.map(({ pointer }: Json) => pointer)).toEqual(['/materials/M18-holder']);
    await ok(submit(await attachAll(office.court.client, draft.id, 'M18-holder')));
    expect(await servedOn(home)).toEqual([draft.id]);
    await accepted(office, draft.id);
    await recorded(office, draft.id);
    const [seizure] = (await getUnit(office.api.p, home.code)).encumbrances;
    expect(seizure).toMatchObject({ status: 'current', seizure: answers });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a seizure', { executedName: '李已卖' }, '李已卖不是登记簿上的权利人'],
    [
      'a preliminary seizure',
      { executedName: '李已卖', preSeizure: true },
      '房屋登记在别人名下，李已卖也没有有效的预告登记，不能预查封',
    ],
    ['a preliminary seizure of its owner', { preSeizure: true }, '已经是登记簿上的权利人。请办理查封'],
  ])(
    '民法典221: %s that is not the debtor’s is told at once, and holds nobody’s home',
    async (_, answers, told) => {
      const home = await office.home();
      const draft = await createDraft(office.court.client, 'CF01', seizureAnswers(office, home, answers));
      const { revision } = await attachAll(office.court.client, draft.id, 'M31', 'M18');
      const filed = await office.court.client.post(`/api/applications/${draft.id}/submit`, { revision });
      expect(failed(filed)).toEqual([422, 'applications.incomplete']);
      expect(JSON.stringify(filed.body.error.details)).toContain(told);
      expect(await servedOn(home)).toEqual([]);
    },
  );

  it('stays served while it is put right', async () => {
    const home = await office.home();
    const order = await submittedSeizure(office, home);
    await claimed(office.clerks.acceptance, order.id);
    const target = { materialCode: 'M18' };
    const defects = [{ target, defect: '通知书没有盖章', remedy: '请盖章后重新上传' }];
    const asked = await act(office.clerks.acceptance, order.id, 'request-correction', {
      defects,
      dueOn: '2026-10-14',
    });
    expect(failed(asked)[1]).toBe(undefined);
    await office.api.settle();
    await again('applications.submitted', order);
    expect(await servedOn(home)).toEqual([order.id]);
  });

  it('holds the unit that it names once it is put right, and the other no longer', async () => {
    const [wrong, right] = [await office.home(), await office.home()];
    const { id } = await submittedSeizure(office, wrong);
    await claimed(office.clerks.acceptance, id);
    const defects = [
      { target: { field: '/unitCode' }, defect: '单元号与通知书不符', remedy: '请照通知书填写' },
    ];
    const asked = { defects, dueOn: '2026-10-14' };
    await ok(act(office.clerks.acceptance, id, 'request-correction', asked));
    const { client } = office.court;
    const { revision } = await ok(client.get(`/api/applications/${id}`));
    const answers = { unitCode: right.code };
    const saved = await ok(client.patch(`/api/applications/${id}`, { revision, answers }));
    expect(await servedOn(wrong)).toEqual([id]);
    await ok(act(office.court, id, 'answer-correction', { revision: saved.revision }));
    expect([await servedOn(wrong), await servedOn(right)]).toEqual([[], [id]]);
  });

  it('民诉法解释485: a renewal of the last day holds the sale over the lapse until it is recorded', async () => {
    const { name, creditCode } = office.court.organisation;
    const until = '2026-10-09';
    const seizure = { court: name, docNo: '(2025)鲁1502执55号', preSeizure: false, termMonths: 12 };
    const home = await office.home();
    const sale = await approvedSale(home);
    await units(office.api.p).collection.updateOne({ _id: home.code as never }, {
      $set: { encumbrances: [{ ...encumbrance('seizure', { until }), seizure }], nextLapseOn: until },
    } as never);
    const { officers, courts } = seizureAnswers(office, home);
    expect((courts as Json)[0].idNumber).toBe(creditCode);
    const draft = await createDraft(office.court.client, 'CF04', {
      unitCode: home.code,
      courts,
      officers,
      docNo: seizure.docNo,
      rulingNo: '(2026)鲁1502执裁900号',
      renewalDocNo: '(2026)鲁1502执900号',
      renewalDocOn: '2026-10-08',
      termMonths: 36,
    });
    const { revision } = await attachAll(office.court.client, draft.id, 'M31', 'M18');
    await ok(office.court.client.post(`/api/applications/${draft.id}/submit`, { revision }));
    await office.api.settle();
    const monday = new Date('2026-10-12T09:00:00+08:00');
    office.api.setNow(monday);
    await lapseEncumbrances(office.api.p, monday);
    await office.api.settle();
    expect((await getUnit(office.api.p, home.code)).encumbrances[0]?.status).toBe('lapsed');
    for (const key of ['acceptance', 'firstReview', 'registrar'] as const) {
      const { account } = office.clerks[key];
      office.clerks[key] = { account, client: await signInAs(office.api, account) };
    }
    expect(await pausesOf(sale.id)).toEqual([true]);
    expect((await act(office.clerks.registrar, sale.id, 'record')).status).toBe(409);
    await accepted(office, draft.id);
    await recorded(office, draft.id);
    await office.api.settle();
    expect(await pausesOf(sale.id)).toEqual([true]);
    expect((await getUnit(office.api.p, home.code)).encumbrances[0]?.until).toBe('2029-10-09');
  });
});
