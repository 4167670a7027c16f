import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import {
  conflictsOf,
  getUnit,
  importUnits,
  lapseEncumbrances,
  recordChange,
} from '../../../backend/modules/register/index.ts';
import { startApi, TEST_NOW, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { certificateNo, codeOf, encumbrance, party, recordOrder, unitImport, WHOLE, ZHAO } from './units.ts';

/** 民法典220, 细则83: an objection lapses after fifteen days, unless the objector sued and handed in the notice of it. */
describe('a suit over an objection', () => {
  let api: TestApi;
  let clerk: TestPerson;
  let serial = 0;
  beforeAll(async () => {
    api = await startApi();
    clerk = await createStaff(api, { roles: ['acceptance'] });
  });
  afterAll(() => api.close());
  beforeEach(() => api.setNow(TEST_NOW));

  const UNTIL = '2026-10-16';
  const LATER = new Date('2026-10-19T09:00:00+08:00');
  const suit = (overrides: Json = {}) => ({
    institution: '东昌府区人民法院',
    docNo: '(2026)鲁1502民初88号',
    docOn: '2026-10-08',
    handedInOn: '2026-10-09',
    reason: '申请人提交受理案件通知书原件',
    ...overrides,
  });
  async function objected(overrides: Json = {}, objector = party('钱进', '440524188001010014')) {
    serial += 1;
    const code = codeOf(serial);
    const certification = certificateNo(serial, '证明');
    const objection = {
      ...encumbrance('objection', {
        until: UNTIL,
        registeredAt: new Date('2026-10-01T09:00:00+08:00'),
        certificateNo: certification,
        ...overrides,
      }),
      holders: [objector],
    };
    await importUnits(api.p, [unitImport(code, [{ ...ZHAO, share: WHOLE }], [objection])]);
    await importCertificates(api.p, [await getUnit(api.p, code)]);
    return { code, certification };
  }
  const enter = (person: TestPerson, code: string, body: Json = suit(), id = 'objection-1') =>
    person.client.post(`/api/register/units/${code}/objections/${id}/suit`, body);
  const standing = async (code: string) => {
    const { encumbrances } = await getUnit(api.p, code);
    return encumbrances.map(({ status, until }) => [status, until])[0];
  };
  /** Monday the nineteenth, three days after the last: the job has been, and everybody signs in again. */
  async function later(): Promise<TestPerson> {
    api.setNow(LATER);
    await lapseEncumbrances(api.p, LATER);
    await api.settle();
    return { account: clerk.account, client: await signInAs(api, clerk.account) };
  }

  it('keeps it from lapsing, is journaled, and is seen by staff alone', async () => {
    const { code } = await objected();
    const { status, body } = await enter(clerk, code);
    expect(status).toBe(200);
    expect(body.encumbrances[0]).toMatchObject({ until: null, inForce: true, suit: suit() });
    await api.settle();
    const [entry] = await auditEntries(api.p).find({ 'data.kinds': 'objection.suit', 'data.unitCode': code });
    expect(entry).toMatchObject({ type: 'register.changed', actorId: clerk.account.id });
    await later();
    expect(await standing(code)).toEqual(['current', null]);
    const context = { on: '2026-10-19', caseId: null, conditionsMet: [] };
    const [conflict] = conflictsOf(await getUnit(api.p, code), 'transfer', context);
    expect(conflict?.sentence.zh).toContain('这个单元上有异议登记（已起诉，不因期满失效）');
  });

  it('without one it lapses', async () => {
    const { code } = await objected();
    await later();
    expect(await standing(code)).toEqual(['lapsed', UNTIL]);
  });

  it('comes with an objection of an earlier register', async () => {
    const { code } = await objected({ suit: suit() });
    await later();
    expect(await standing(code)).toEqual(['current', null]);
  });

  it('is judged by the day it was handed in, not by when it is entered', async () => {
    const { code, certification } = await objected();
    const again = await later();
    const stored = () => certificates(api.p).findOne({ number: certification }).lean();
    expect((await stored())?.status).toBe('cancelled');
    expect((await enter(again, code, suit({ handedInOn: UNTIL }))).status).toBe(200);
    await api.settle();
    expect(await standing(code)).toEqual(['current', null]);
    expect((await stored())?.status).toBe('valid');
  });

  it('comes too late where the home has passed to somebody else since', async () => {
    const { code } = await objected();
    const again = await later();
    const sale = recordOrder({ unitCode: code, at: LATER });
    expect((await recordChange(api.p, sale)).outcome).toBe('recorded');
    const reply = await enter(again, code, suit({ handedInOn: UNTIL }));
    expect([reply.status, reply.body.error.code]).toEqual([409, 'register.suitAfterTransfer']);
  });

  it.each<[string, Json, number, string]>([
    ['after the fifteen days', { handedInOn: '2026-10-17' }, 422, 'register.suitTooLate'],
    ['to come', { handedInOn: '2026-10-20' }, 422, 'register.suitDays'],
    ['before the objection', { docOn: '2026-09-30', handedInOn: '2026-09-30' }, 422, 'register.suitDays'],
    ['dated after it was handed in', { docOn: '2026-10-10' }, 422, 'register.suitDays'],
    ['of no day', { docOn: '2026-02-30', handedInOn: '2026-10-09' }, 400, 'platform.invalid_input'],
    ['without a number', { docNo: '' }, 400, 'platform.invalid_input'],
    ['without a reason', { reason: '' }, 400, 'platform.invalid_input'],
  ])('is refused %s', async (_, overrides, status, code) => {
    const unit = await objected();
    const reply = await enter(await later(), unit.code, suit(overrides));
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
    expect(await standing(unit.code)).toEqual(['lapsed', UNTIL]);
  });

  it('is entered once, of an objection that there is', async () => {
    const { code } = await objected();
    const replies = await Promise.all([enter(clerk, code), enter(clerk, code)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const { changes } = await getUnit(api.p, code);
    expect(changes.filter(({ kinds }) => kinds.includes('objection.suit'))).toHaveLength(1);
    const other = await enter(clerk, code, suit({ docNo: '(2026)鲁1502民初99号' }));
    expect(other.body.error.code).toBe('register.suitRecorded');
    expect((await enter(clerk, code, suit(), 'mortgage-1')).body.error.code).toBe(
      'register.objectionNotFound',
    );
  });

  it('is entered by who accepts or records, and not by somebody whom it concerns', async () => {
    const { code } = await objected();
    const others = [await createStaff(api, { roles: ['archivist'] }), await createCitizen(api)];
    for (const other of others) expect((await enter(other, code)).status).toBe(403);
    const own = await objected({}, party(clerk.account.name, clerk.account.idNumber));
    expect((await enter(clerk, own.code)).body.error.code).toBe('register.ownUnit');
  });
});
