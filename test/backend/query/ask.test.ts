import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessEntries, auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { fieldsOf } from '../../../backend/modules/query/offline/result-fields.ts';
import { readResult } from '../../../backend/modules/query/result-record.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { numbers } from '../../../backend/platform/database/numbers.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import {
  bank,
  certificateNo,
  codeOf,
  half,
  party,
  right,
  TERMS,
  unitImport,
  WHOLE,
} from '../register/units.ts';
import {
  acceptAs,
  ask,
  askWithPapers,
  CHECKED,
  elsewhere,
  handIn,
  look,
  mine,
  newQueryId,
  register,
  request,
} from './asking.ts';

let api: TestApi;
let owner: TestPerson;
let partner: TestPerson;
let homeless: TestPerson;
let clerk: TestPerson;
const HOME = codeOf(1);
const SHARED = codeOf(2);
const NO_HOME = codeOf(999);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  partner = await createCitizen(api, { name: '周雨' });
  homeless = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  const { idNumber } = owner.account;
  await register(api, [
    unitImport(HOME, [party('赵明远', idNumber, WHOLE)]),
    unitImport(SHARED, [party('赵明远', idNumber, half()), party('周雨', partner.account.idNumber, half())]),
    unitImport(NO_HOME, [party('钱某', '371502196001010038', WHOLE)]),
  ]);
});
afterAll(() => api.close());

const looksAt = (subject: TestPerson) =>
  accessEntries(api.p)
    .find({ subjects: subject.account.personIndex, 'target.kind': 'query' })
    .sort({ _id: 1 })
    .lean();

describe('all of one’s own', () => {
  it('is answered at once, signed, and names what the register names', async () => {
    const { status, body } = await ask(owner.client);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'answered', kind: 'own', due: null });
    expect(body.result).toMatchObject({
      kind: 'queryResult',
      no: expect.stringMatching(/^聊查\(2026\)第\d{7}号$/),
    });
    const [first, second] = body.result.units;
    expect([first.relation, second.relation]).toEqual(['owner', 'coOwner']);
    expect(first.right).toMatchObject({
      certificateNo: certificateNo(1),
      holders: [{ own: true, name: '赵明远', idNumberMasked: expect.stringContaining('*') }],
    });
    expect(second.right.holders).toEqual([
      expect.objectContaining({ own: true }),
      expect.objectContaining({ own: false, name: '周雨' }),
    ]);
  });

  it('needs neither a purpose nor a promise', async () => {
    const none = { purpose: undefined, promised: undefined };
    const person = await createCitizen(api);
    const { idNumber, name } = person.account;
    await register(api, [unitImport(codeOf(30), [party(name, idNumber, WHOLE)])]);
    for (const given of [none, { ...none, kind: 'ownUnit', target: codeOf(30) }, { purpose: 'other' }])
      expect(await ask(person.client, given)).toMatchObject({ status: 200, body: { state: 'answered' } });
  });

  it('keeps the purpose in the same document as the answer, and its number as issued', async () => {
    const { body } = await ask(owner.client, { purpose: 'loan', purposeText: '向银行申请贷款' });
    const stored = await queries(api.p).findById(body.id).lean();
    expect(stored).toMatchObject({ purpose: 'loan', purposeText: '向银行申请贷款', state: 'answered' });
    expect((await numbers(api.p).findById(body.result.no).lean())?.state).toBe('issued');
  });

  it('tells a co-owner who was shown, and not the asker of themselves', async () => {
    const before = (await looksAt(partner)).length;
    const { body } = await ask(owner.client);
    const added = (await looksAt(partner)).slice(before);
    expect(added).toMatchObject([{ why: 'ownRecords', target: { kind: 'query', id: body.id } }]);
    expect(await looksAt(owner)).toEqual([]);
  });

  it('of nothing is a 无房证明 that says what it covers', async () => {
    const { body } = await ask(homeless.client, { purpose: 'school' });
    expect(body.result).toMatchObject({ kind: 'noProperty', units: [] });
    expect(body.result.no).toMatch(/^聊无房\(2026\)第\d{7}号$/);
    expect(body.result.coverage.zh).toMatch(/东昌府区.*临清市.*截至2026年10月9日.*其他城市/s);
  });

  it('is nobody’s whose card was not seen', async () => {
    const claimed = await createCitizen(api, { nameVerified: false });
    expect(await ask(claimed.client)).toMatchObject({
      status: 403,
      body: { error: { code: 'accounts.name_not_verified' } },
    });
  });

  it('stands in the audit, asked and answered', async () => {
    const { body } = await ask(owner.client);
    await api.settle();
    const acts = await auditEntries(api.p).find({ 'subject.id': body.id }).lean();
    expect(acts.map(({ type }) => type).sort()).toEqual(['query.answered', 'query.asked']);
    expect(JSON.stringify(acts)).not.toContain('赵明远');
  });
});

describe('one unit of one’s own', () => {
  const own = (person: TestPerson, target: string) => ask(person.client, { kind: 'ownUnit', target });

  it.each([
    ['by unit code as printed', '371502 001001 GB00001 F00010001'],
    [
      'by unit code in full width',
      HOME.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ],
    ['by certificate number in other brackets', '鲁（2026）聊城市不动产权第0000001号'],
  ])('is found %s', async (_, target) => {
    const { body } = await own(owner, target);
    expect(body.result.units).toMatchObject([{ code: HOME, relation: 'owner' }]);
  });

  it('says the same of another’s as of none', async () => {
    const another = await own(owner, NO_HOME);
    const none = await own(owner, codeOf(998));
    const number = await own(owner, certificateNo(999));
    const noNumber = await own(owner, certificateNo(777));
    const said = [another, none, number, noNumber].map(({ status, body }) => [
      status,
      body.error.code,
      body.error.message,
    ]);
    expect(new Set(said.map(String)).size).toBe(1);
    expect(said[0]).toMatchObject([404, 'query.unitNotFound', expect.any(String)]);
  });

  it('is found by its address as well, by who chose it and nobody else', async () => {
    const found = await owner.client.post('/api/register/address-searches', {
      text: '湖滨路88号望湖苑6号楼2单元1102',
    });
    const { hit } = found.body.items.find((one: { hit: string | null }) => one.hit !== null);
    const { body } = await ask(owner.client, { kind: 'status', purpose: 'purchase', hit });
    expect(body).toMatchObject({ state: 'answered', target: expect.stringContaining('望湖苑') });
    const stolen = await ask(partner.client, { kind: 'status', purpose: 'purchase', hit });
    expect(stolen.body.error.code).toBe('register.addressHitGone');
  });

  it('is its mortgagee’s as well, who learns of it what a holder of a right may', async () => {
    const lender = await createOrganisation(api, 'bank', { name: '湖滨村镇银行' });
    const holder = { ...bank('湖滨村镇银行'), idNumber: lender.organisation.creditCode };
    const mortgage = {
      id: 'm1',
      kind: 'mortgage' as const,
      status: 'current' as const,
      rank: 1,
      holders: [holder],
      mortgage: TERMS,
      seizure: null,
      from: null,
      until: null,
      certificateNo: certificateNo(50, '证明'),
      registeredAt: right([]).registeredAt,
      caseId: 'import',
      closedAt: null,
      closedByCaseId: null,
    };
    const made = unitImport(codeOf(20), [party('赵明远', owner.account.idNumber, WHOLE)], [mortgage]);
    await register(api, [made]);
    const { body } = await own(lender, codeOf(20));
    expect(body.result.units).toMatchObject([
      { relation: 'rightHolder', encumbrances: [{ holders: [{ own: true, name: '湖滨村镇银行' }] }] },
    ]);
    expect(body.result.units[0].right.certificateNo).toContain('*');
  });
});

describe('natural status and restrictions', () => {
  it('are told to anybody verified, without a name', async () => {
    const { status, body } = await ask(homeless.client, {
      kind: 'status',
      purpose: 'purchase',
      target: SHARED,
    });
    expect(status).toBe(200);
    const [unit] = body.result.units;
    expect(unit).toMatchObject({ relation: 'intending', flags: { coOwned: true, seized: false } });
    expect(JSON.stringify(body)).not.toMatch(/赵|周雨|不动产权第/);
  });

  it('are a look at the owner’s affairs, and told to the owner', async () => {
    const before = (await looksAt(partner)).length;
    await ask(homeless.client, { kind: 'status', purpose: 'purchase', target: SHARED });
    expect((await looksAt(partner)).slice(before)).toMatchObject([{ what: ['status'], why: 'purchase' }]);
  });
});

describe('what is asked is whole', () => {
  it.each<[string, object, string]>([
    [
      'a purpose of another kind',
      { kind: 'status', purpose: 'ownRecords', target: HOME },
      'query.purposeNotFitting',
    ],
    [
      'no promise',
      { kind: 'status', purpose: 'purchase', target: HOME, promised: false },
      'query.promiseNeeded',
    ],
    ['no purpose', { kind: 'status', purpose: undefined, target: HOME }, 'query.purposeNeeded'],
    ['no target', { kind: 'status', purpose: 'purchase' }, 'query.targetInvalid'],
    ['a target that is none', { kind: 'status', purpose: 'purchase', target: '我家' }, 'query.targetInvalid'],
    ['no contract', { kind: 'interested', purpose: 'purchase', target: HOME }, 'query.evidenceMissing'],
    ['a lawyer without a client', { kind: 'lawyer', purpose: 'lawsuit', target: HOME }, 'query.clientNeeded'],
    [
      'a lawyer without a name',
      { kind: 'lawyer', purpose: 'lawsuit', target: HOME, client: '委托人甲' },
      'query.nameNeeded',
    ],
    [
      'an heir who names both a home and a person',
      { kind: 'heir', purpose: 'inheritance', target: HOME, person: { name: '赵', idNumber: '1' } },
      'query.targetOrPerson',
    ],
    ['an heir who names neither', { kind: 'heir', purpose: 'inheritance' }, 'query.targetOrPerson'],
    ['a manager who names nobody', { kind: 'manager', purpose: 'management' }, 'query.personNeeded'],
    [
      'a citizen as a state organ',
      { kind: 'organPerson', purpose: 'enforcement', purposeText: '执行案件' },
      'query.kindNotYours',
    ],
  ])('%s', async (_, given, code) => {
    const person = await createCitizen(api);
    const { status, body } = await ask(person.client, given);
    expect([body.error?.code, status < 500]).toEqual([code, true]);
    expect(body.error.message).not.toContain('{');
  });

  it('a contract where a suit is the purpose is not what shows the suit', async () => {
    const { body } = await askWithPapers(homeless, { target: HOME, purpose: 'lawsuit' }, ['contract']);
    expect(body.error.code).toBe('query.evidenceMissing');
  });

  it('somebody else’s upload is none', async () => {
    const id = newQueryId();
    const paper = await handIn(partner.client, id, 'contract');
    const given = { id, kind: 'interested', purpose: 'purchase', target: HOME, evidence: [paper] };
    expect((await ask(homeless.client, given)).body.error.code).toBe('query.evidenceNotYours');
  });
});

describe('the same request again', () => {
  it('is the same query, one document, one number', async () => {
    const body = request({ purpose: 'loan' });
    const replies = await Promise.all(
      [1, 2, 3].map(() => owner.client.post('/api/queries', body, elsewhere())),
    );
    replies.push(await owner.client.post('/api/queries', body, elsewhere()));
    expect(new Set(replies.map((one) => one.body.result?.no)).size).toBe(1);
    expect(await queries(api.p).countDocuments({ _id: body.id })).toBe(1);
  });

  it('with other content, or of another person, is refused', async () => {
    const body = request();
    await owner.client.post('/api/queries', body, elsewhere());
    const changed = await owner.client.post('/api/queries', { ...body, purpose: 'loan' }, elsewhere());
    const other = await partner.client.post('/api/queries', body, elsewhere());
    expect([changed.body.error.code, other.body.error.code]).toEqual(['query.keyReused', 'query.keyReused']);
  });
});

describe('an interested party', () => {
  it('waits for a clerk, within a promise shorter than the law’s five working days', async () => {
    const { body } = await askWithPapers(homeless, { target: HOME });
    // Friday; the make-up Saturday is a working day, and the law's term runs to the Friday after.
    expect(body).toMatchObject({
      state: 'waiting',
      result: null,
      due: { promisedOn: '2026-10-10', legalOn: '2026-10-15' },
    });
    expect(JSON.stringify(body)).not.toContain('赵明远');
  });

  it('is answered when the clerk has looked, by a document of that moment', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const seen = await look(clerk, asked.body.id);
    expect(seen.body).toMatchObject({ asker: { name: '孙晓岚' }, evidence: [{ code: 'contract' }] });
    expect(seen.body.preview).toMatchObject([
      { relation: 'interestedParty', right: { holders: [{ name: '赵明远' }] } },
    ]);
    const before = (await looksAt(owner)).length;
    expect((await acceptAs(clerk, asked.body.id)).status).toBe(200);
    const { body } = await mine(homeless, asked.body.id);
    expect(body).toMatchObject({ state: 'answered', result: { kind: 'queryResult' } });
    const [unit] = body.result.units;
    expect(unit).toMatchObject({ relation: 'interestedParty', right: { holders: [{ name: '赵明远' }] } });
    await api.settle();
    const inbox = (await homeless.client.get('/api/notifications')).body.items;
    expect(inbox[0]).toMatchObject({ link: { href: `/query/${asked.body.id}` } });
    expect(unit.right.certificateNo).toContain('*');
    const looks = (await looksAt(owner)).slice(before);
    expect(looks).toMatchObject([
      { actorId: homeless.account.id, why: 'purchase' },
      { actorId: clerk.account.id },
    ]);
  });

  it('is refused with a reason, words and the remedies', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const explanation = '合同里没有这处房屋的坐落。';
    const given = { revision: 1, reason: 'evidenceInsufficient', explanation };
    await clerk.client.post(`/api/query-items/${asked.body.id}/refuse`, given);
    const { body } = await mine(homeless, asked.body.id);
    expect(body).toMatchObject({
      state: 'refused',
      result: { kind: 'refusal', units: [], refusal: { explanation } },
    });
    expect(body.result.refusal.remedy.zh).toMatch(/知道或者应当知道.*60 日内.*行政复议.*6 个月.*行政诉讼/s);
    expect(body.result.refusal.remedy.zh).toContain('登记机构所在地有管辖权的人民法院');
    expect(body.result.coverage).toBeNull();
  });

  it('can take it back, and then nobody decides it', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const back = await homeless.client.post(`/api/queries/${asked.body.id}/withdraw`, { revision: 1 });
    expect(back.body.state).toBe('withdrawn');
    expect((await acceptAs(clerk, asked.body.id)).body.error.code).toBe('query.notWaiting');
  });
});

describe('deciding', () => {
  it('is done once by however many clerks at a time, and no number is lost without a reason', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const second = await createStaff(api, { roles: ['archivist'] });
    const refusal = { revision: 1, reason: 'wrongRequester', explanation: '不是合同当事人。' };
    const replies = await Promise.all([
      acceptAs(clerk, asked.body.id),
      second.client.post(`/api/query-items/${asked.body.id}/refuse`, refusal),
      acceptAs(second, asked.body.id),
    ]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const open = await numbers(api.p).countDocuments({
      holder: asked.body.id,
      state: 'reserved',
      series: /Result|refusal/,
    });
    expect(open).toBe(0);
  });

  it('is not for who asked, who owns, or who is asked about (回避)', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const asStaff = (person: TestPerson) =>
      createStaff(api, { roles: ['acceptance'], idNumber: person.account.idNumber });
    for (const recused of [await asStaff(owner), await asStaff(homeless)]) {
      expect((await look(recused, asked.body.id)).body.error.code).toBe('query.recused');
      expect((await acceptAs(recused, asked.body.id)).body.error.code).toBe('query.recused');
    }
  });

  it('takes all three looks', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const given = { revision: 1, checked: { ...CHECKED, identity: false } };
    const { body } = await clerk.client.post(`/api/query-items/${asked.body.id}/accept`, given);
    expect(body.error.code).toBe('query.notChecked');
  });

  it('lists what waits, what is due first at its head, and what is late', async () => {
    const { body } = await clerk.client.get('/api/query-items?state=waiting&limit=100');
    const days = body.items.map((one: { due: { promisedAt: string } }) => one.due.promisedAt);
    expect(days).toEqual([...days].sort());
    expect(body.waiting).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain(owner.account.idNumber);
  });

  it('lists no name in full, no property, and of a state organ that it is one', async () => {
    const court = await createOrganisation(api, 'court');
    const given = {
      kind: 'organUnit',
      purpose: 'enforcement',
      purposeText: '执行一起借款纠纷',
      letterNo: '(2026)鲁1502执9号',
      target: HOME,
    };
    const papers = ['officialLetter', 'officialCard'];
    const [organ, citizen] = [
      await askWithPapers(court, given, papers),
      await askWithPapers(homeless, { target: HOME }),
    ];
    const { items } = (await clerk.client.get('/api/query-items?state=waiting&limit=100')).body;
    const rowOf = ({ body }: { body: { id: string } }) =>
      items.find(({ id }: { id: string }) => id === body.id);
    expect(rowOf(organ)).toMatchObject({ kind: 'organUnit', asker: null, purpose: null });
    expect(rowOf(citizen)).toMatchObject({ asker: { name: '孙*岚' }, purpose: 'purchase' });
    expect(JSON.stringify(items)).not.toMatch(/孙晓岚|执9号|测试人民法院|371502001001/);
  });

  it('is on no list of whom it concerns (回避), nor counted there', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const list = async (person: TestPerson) =>
      (await person.client.get('/api/query-items?state=waiting&limit=100')).body;
    const owns = await createStaff(api, { roles: ['acceptance'], idNumber: owner.account.idNumber });
    const [theirs, others] = [await list(owns), await list(clerk)];
    const has = ({ items }: { items: { id: string }[] }) => items.some(({ id }) => id === asked.body.id);
    expect([has(theirs), has(others)]).toEqual([false, true]);
    expect(theirs.waiting).toBe(theirs.items.length);
    expect(theirs.waiting).toBeLessThan(others.waiting);
  });

  it('is the registry’s of the place of the property, and a leader’s', async () => {
    const asked = await askWithPapers(homeless, { target: HOME });
    const of = (officeId: string, ...more: 'leader'[]) =>
      createStaff(api, { roles: ['acceptance', ...more], officeId });
    const seen = [];
    for (const person of [
      await of('liaocheng-centre'),
      await of('chiping'),
      await of('yanggu'),
      await of('yanggu', 'leader'),
    ]) {
      const { items } = (await person.client.get('/api/query-items?state=waiting&limit=100')).body;
      const listed = items.some(({ id }: { id: string }) => id === asked.body.id);
      seen.push([listed, (await look(person, asked.body.id)).status]);
    }
    expect(seen).toEqual([
      [true, 200],
      [true, 200],
      [false, 403],
      [true, 200],
    ]);
    const elsewhere = await acceptAs(await of('yanggu'), asked.body.id);
    expect(elsewhere.body.error.code).toBe('query.otherHall');
  });

  it('is closed to applicants and to staff of other desks', async () => {
    const reviewer = await createStaff(api, { roles: ['secondReview'] });
    const answers = await Promise.all(
      [owner, reviewer].map(({ client }) => client.get('/api/query-items?state=waiting')),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });
});

const NAMED = { client: '委托人甲', claimedName: '赵 明远' };

describe('a lawyer', () => {
  it('learns whether a name fits, the form of co-ownership, and no name', async () => {
    const lawyer = await createCitizen(api, { name: '郑律师' });
    const given = { kind: 'lawyer', purpose: 'lawsuit', target: SHARED, ...NAMED };
    const asked = await askWithPapers(lawyer, given, ['lawyerCard', 'lawFirmLetter']);
    await acceptAs(clerk, asked.body.id);
    const { body } = await mine(lawyer, asked.body.id);
    expect(body.result.units).toMatchObject([{ nameMatches: 'some', coOwnership: 2, courts: [] }]);
    expect(JSON.stringify(body.result)).not.toContain('周雨');
  });
});

describe('a state organ', () => {
  it('asks by person with its letter, and nobody else does', async () => {
    const court = await createOrganisation(api, 'court');
    const given = {
      kind: 'organPerson',
      purpose: 'enforcement',
      purposeText: '执行一起借款纠纷',
      letterNo: '(2026)鲁1502执123号',
      person: { name: '赵明远', idNumber: owner.account.idNumber.toLowerCase() },
    };
    const papers = ['officialLetter', 'officialCard'];
    const silent = await askWithPapers(court, { ...given, purposeText: '' }, papers);
    expect(silent.body.error.code).toBe('query.purposeTextNeeded');
    const asked = await askWithPapers(court, given, papers);
    expect(asked.body).toMatchObject({ state: 'waiting', person: { name: '赵明远' } });
    const stored = JSON.stringify(await queries(api.p).findById(asked.body.id).lean());
    expect(stored).not.toContain(owner.account.idNumber);
    const seen = await look(clerk, asked.body.id);
    expect(seen.body.hints).toEqual([]);
    await acceptAs(clerk, asked.body.id);
    const { body } = await mine(court, asked.body.id);
    expect(body.result.units.length).toBeGreaterThan(1);
    expect(body.result.units[0]).toMatchObject({ relation: 'stateOrgan', history: [] });
    const other = await createOrganisation(api, 'other');
    expect((await ask(other.client, given)).body.error.code).toBe('query.kindNotYours');
  });

  it.each([
    ['another name', () => owner.account.idNumber, /\*/, /^用上面的证件号码登记的不动产 \d+ 处，见下$/],
    ['a passport', () => 'E12345678', /E\*{5}678/, /^登记簿上没有用上面的证件号码登记的不动产$/],
  ])('is answered by the number, with the name as it wrote it: %s', async (_, idNumber, number, outcome) => {
    const court = await createOrganisation(api, 'court');
    const given = {
      ...{ kind: 'organPerson', purpose: 'enforcement', purposeText: '执行一起借款纠纷' },
      ...{ letterNo: '(2026)鲁1502执124号', person: { name: '完全另一人', idNumber: idNumber() } },
    };
    const asked = await askWithPapers(court, given, ['officialLetter', 'officialCard']);
    await acceptAs(clerk, asked.body.id);
    const stored = await queries(api.p).findById(asked.body.id).lean();
    const fields = fieldsOf(readResult(stored!.result!.record));
    const textOf = (key: string) => fields.find((one) => one.key === key)!.text;
    expect(textOf('person')).toContain('查询人所写：“完全另一人”');
    expect(textOf('person')).toMatch(number);
    expect(textOf('outcome')).toMatch(outcome);
  });
});

describe('a query of somebody else', () => {
  it('is not there: its reading, its paper and its taking back say what they say of none', async () => {
    const { body } = await ask(owner.client);
    const paths = [body.id, newQueryId()].flatMap((id) => [`/api/queries/${id}`, `/api/queries/${id}/pdf`]);
    const replies = await Promise.all(paths.map((path) => partner.client.get(path)));
    const back = await partner.client.post(`/api/queries/${body.id}/withdraw`, { revision: 1 });
    const codes = [...replies, back].map((one) => [one.status, one.body.error.code].join());
    expect(new Set(codes)).toEqual(new Set(['404,query.notFound']));
  });
});

describe('the rules', () => {
  it('are public, and say for each kind what it takes', async () => {
    const { body } = await stranger(api).get('/api/queries/kinds');
    expect(body).toMatchObject({ promisedWorkdays: 1, legalWorkdays: 5 });
    const interested = body.items.find((one: { kind: string }) => one.kind === 'interested');
    expect(interested).toMatchObject({ decided: true, target: 'unit' });
  });
});
