import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getUnit, lapseEncumbrances } from '../../../backend/modules/register/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createOrganisation, signInAs, type TestOrganisation } from '../../support/people.ts';
import { encumbrance } from '../register/units.ts';
import {
  accepted,
  act,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  recorded,
  type Home,
  type Office,
} from './scenario.ts';

/** 民诉法解释485: a seizure is renewed before it ends; it then keeps its rank, and a renewal that comes later is none. */
describe('续封 over the counter of the court', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const DOC = '(2025)鲁1502执55号';
  const seizure = (overrides: Record<string, unknown>, court = office.court.organisation.name) => ({
    ...encumbrance('seizure', overrides),
    holders: [],
    seizure: { court, docNo: DOC, preSeizure: false, termMonths: 12 },
  });
  const behind = () => ({
    ...encumbrance('seizure', { id: 'seizure-2', rank: 2, status: 'waiting', from: null, until: null }),
    holders: [],
    seizure: { court: '冠县人民法院', docNo: '(2026)鲁1525执8号', preSeizure: false, termMonths: 36 },
  });

  async function draftOf(
    home: Home,
    by: TestOrganisation,
    overrides: Record<string, unknown>,
    ...more: string[]
  ): Promise<Json> {
    const { name, creditCode } = by.organisation;
    const { name: officer, phone } = by.account;
    const draft = await createDraft(by.client, 'CF04', {
      unitCode: home.code,
      courts: [
        { name, partyKind: 'organisation', idKind: '7', idNumber: creditCode, representative: officer },
      ],
      officers: [
        { name: officer, cardNo: 'FY-0012', phone },
        { name: '高远', cardNo: 'FY-0013', phone },
      ],
      docNo: DOC,
      rulingNo: '(2026)鲁1502执裁900号',
      renewalDocNo: '(2026)鲁1502执900号',
      renewalDocOn: '2026-10-08',
      termMonths: 36,
      ...overrides,
    });
    return attachAll(by.client, draft.id, 'M31', 'M18', ...more);
  }
  const submit = (by: TestOrganisation, { id, revision }: Json) =>
    by.client.post(`/api/applications/${id}/submit`, { revision });
  const seizuresOf = async ({ code }: Home) =>
    (await getUnit(office.api.p, code)).encumbrances.map(({ status, rank, until }) => [status, rank, until]);

  it.each<[string, string, Record<string, unknown>, string | null]>([
    ['months before it ends', '2027-03-01', {}, null],
    ['on its last day', '2026-10-09', {}, null],
    ['the day after', '2026-10-08', {}, '已于 2026-10-08 到期失效，不能续封'],
    ['of another number', '2027-03-01', { docNo: '(2025)鲁1502执56号' }, '登记簿上没有文号为'],
  ])('%s (until %s)', async (_, until, overrides, reason) => {
    office.api.setNow(TEST_NOW);
    const home = await office.home({ encumbrances: [seizure({ until }), behind()] });
    const draft = await draftOf(home, office.court, overrides);
    const filed = await submit(office.court, draft);
    if (reason) {
      expect([filed.status, filed.body.error.code]).toEqual([422, 'applications.incomplete']);
      expect(filed.body.error.details[0].message).toContain(reason);
      return;
    }
    expect(filed.status).toBe(200);
    await accepted(office, draft.id);
    const done = await recorded(office, draft.id);
    const extended = `${Number(until.slice(0, 4)) + 3}${until.slice(4)}`;
    expect(await seizuresOf(home)).toEqual([
      ['current', 1, extended],
      ['waiting', 2, null],
    ]);
    const { documents } = await ok(office.court.client.get(`/api/applications/${done.id}`));
    const reply = documents.find(({ kind }: Json) => kind === 'assistanceReply');
    const text = JSON.stringify(
      await ok(office.court.client.get(`/api/applications/${done.id}/documents/${reply.id}`)),
    );
    expect(text).toContain('查封的顺位不变');
    expect(text).toContain('(2026)鲁1502执900号');
  });

  it('is for the court whose seizure it is', async () => {
    office.api.setNow(TEST_NOW);
    const other = await createOrganisation(office.api, 'court', { name: '聊城另一人民法院' });
    const home = await office.home({ encumbrances: [seizure({ until: '2027-03-01' })] });
    const filed = await submit(other, await draftOf(home, other, {}));
    expect([filed.status, filed.body.error.code]).toEqual([422, 'applications.incomplete']);
    const citizen = await office.seller.client.post('/api/applications', { businessType: 'CF04' });
    expect([citizen.status, citizen.body.error.code]).toEqual([422, 'applications.type_not_open']);
  });

  it('or for the one that took the case over, with the papers of the hand-over (委托执行规定6)', async () => {
    office.api.setNow(TEST_NOW);
    const heir = await createOrganisation(office.api, 'court', { name: '东阿县人民法院' });
    const home = await office.home({ encumbrances: [seizure({ until: '2027-03-01' }), behind()] });
    const taken = { originalCourt: office.court.organisation.name };
    const without = await submit(heir, await draftOf(home, heir, taken));
    expect(without.body.error.details.map(({ pointer }: Json) => pointer)).toEqual([
      '/materials/M18-handover',
    ]);
    const draft = await draftOf(home, heir, taken, 'M18-handover');
    expect((await submit(heir, draft)).status).toBe(200);
    await accepted(office, draft.id);
    await recorded(office, draft.id);
    expect(await seizuresOf(home)).toEqual([
      ['current', 1, '2030-03-01'],
      ['waiting', 2, null],
    ]);
    const [first] = (await getUnit(office.api.p, home.code)).encumbrances;
    expect(first?.seizure?.court).toBe(office.court.organisation.name);
  });

  it('served on the last day is not lost by the weekend before it is recorded', async () => {
    office.api.setNow(TEST_NOW);
    const home = await office.home({ encumbrances: [seizure({ until: '2026-10-09' }), behind()] });
    const draft = await draftOf(home, office.court, {});
    await ok(submit(office.court, draft));
    await accepted(office, draft.id);
    const monday = new Date('2026-10-12T09:00:00+08:00');
    office.api.setNow(monday);
    await lapseEncumbrances(office.api.p, monday);
    expect((await seizuresOf(home)).map(([status]) => status)).toEqual(['lapsed', 'current']);
    for (const key of ['firstReview', 'registrar'] as const) {
      const { account } = office.clerks[key];
      office.clerks[key] = { account, client: await signInAs(office.api, account) };
    }
    const view = await claimed(office.clerks.firstReview, draft.id);
    expect(view.conflicts).toEqual([]);
    await ok(act(office.clerks.firstReview, draft.id, 'release'));
    await recorded(office, draft.id);
    expect(await seizuresOf(home)).toEqual([
      ['current', 1, '2029-10-09'],
      ['waiting', 2, null],
    ]);
  });
});
