import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionsMet, factsOf } from '../../../backend/modules/applications/facts.ts';
import { feeOf } from '../../../backend/modules/applications/fee.ts';
import {
  applications,
  applicationsModule,
  recoverRecordings,
} from '../../../backend/modules/applications/index.ts';
import { resolveMaterials, type BusinessType } from '../../../backend/modules/catalogue/index.ts';
import { getUnit, recordChange, type RecordOrder } from '../../../backend/modules/register/index.ts';
import { residentCheckDigit } from '../../../backend/modules/accounts/identity-numbers.ts';
import {
  createOrganisation,
  createStaff,
  TEST_PASSWORD,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import type { Json } from '../../support/client.ts';
import { encumbrance, sealed, unit } from '../register/units.ts';
import {
  accepted,
  act,
  approved,
  attachAll,
  claimed,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  recorded,
  saleAnswers,
  seizureAnswers,
  submittedSale,
  submittedSeizure,
  type Home,
  type Office,
} from './scenario.ts';

/** Rules of law on who may apply, and under which name; each row names its article. */
describe('who may have what registered', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const pointers = (reply: { status: number; body: Json }): [number, string[]] => [
    reply.status,
    (reply.body.error?.details ?? []).map((one: Json) => `${one.pointer} ${one.code}`),
  ];

  const rowOf = ({ organisation, account }: TestOrganisation) => ({
    name: organisation.name,
    partyKind: 'organisation',
    idKind: '7',
    idNumber: organisation.creditCode,
    representative: account.name,
  });

  const discharge = async (by: TestOrganisation, home: Home, certificateNo: string) => {
    const draft = await createDraft(by.client, 'DY06', {
      unitCode: home.code,
      certificateNo,
      mortgagees: [rowOf(by)],
      cause: 'debtPaid',
      causeOn: '2026-10-08',
      inquiryOwnWill: true,
      statementTrue: true,
      statementElectronicSignature: true,
    });
    const { revision } = await attachAll(by.client, draft.id, 'M14');
    return by.client.post(`/api/applications/${draft.id}/submit`, { revision });
  };

  it('细则70: a bank discharges its own mortgage, never that of another on the same home', async () => {
    const other = await createOrganisation(office.api, 'bank', { name: '聊城另一银行' });
    const [first, second] = ['鲁(2022)聊城市不动产证明第0000301号', '鲁(2023)聊城市不动产证明第0000302号'];
    const home = await office.home({
      encumbrances: [
        { ...mortgageOf(office.bank, first), id: 'm1' },
        { ...mortgageOf(other, second), id: 'm2', rank: 2 },
      ],
    });
    expect(pointers(await discharge(other, home, first))).toEqual([
      422,
      ['/answers/mortgagees applications.not_mortgagee'],
    ]);
    expect((await discharge(other, home, second)).status).toBe(200);
  });

  it('细则11: no minor applies without a guardian, on either side', async () => {
    const { client, account } = office.seller;
    const [born17, born18] = ['37150220091010001', '37150220081009001'].map(
      (digits) => digits + residentCheckDigit(digits),
    );
    const row = (idNumber: string | undefined) => ({
      name: '赵小满',
      partyKind: 'person',
      idKind: '1',
      idNumber,
      phone: account.phone,
    });
    const home = await office.home();
    const file = async (idNumber: string | undefined) => {
      const draft = await createDraft(client, 'ZY02', saleAnswers(office, home, { buyers: [row(idNumber)] }));
      const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
      return client.post(`/api/applications/${draft.id}/request-consent`, { revision });
    };
    expect(pointers(await file(born17))).toEqual([
      422,
      ['/answers/buyers/0/idNumber applications.minor_needs_guardian'],
    ]);
    expect((await file(born18)).status).toBe(200);
  });

  it('条例16: nobody signs under a name that is not theirs to the code point', async () => {
    const { client } = office.seller;
    const home = await office.home();
    const answers = saleAnswers(office, home);
    const [buyer] = answers.buyers as Json[];
    const draft = await createDraft(client, 'ZY02', { ...answers, buyers: [{ ...buyer, name: '孙晓嵐' }] });
    const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
    const { hash } = await ok(office.buyer.client.get(`/api/applications/${draft.id}/filing`));
    const signed = await office.buyer.client.post(`/api/applications/${draft.id}/consent`, {
      decision: 'sign',
      hash,
      password: TEST_PASSWORD,
    });
    expect([signed.status, signed.body.error.code]).toEqual([409, 'applications.own_name_differs']);
    expect(signed.body.error.message).toContain('孙晓嵐');
  });

  it('条例18: a holder is named as the register names them', async () => {
    const { client } = office.seller;
    const answers = saleAnswers(office, await office.home());
    const [seller] = answers.sellers as Json[];
    const draft = await createDraft(client, 'ZY02', { ...answers, sellers: [{ ...seller, name: '赵明' }] });
    const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
    const reply = await client.post(`/api/applications/${draft.id}/request-consent`, { revision });
    expect(pointers(reply)).toEqual([422, ['/answers/sellers/0/name applications.name_differs']]);
  });

  it('细则90: a court entrusts under its own name and under no other', async () => {
    const { client } = office.court;
    const answers = seizureAnswers(office, await office.home());
    const [court] = answers.courts as Json[];
    const draft = await createDraft(client, 'CF01', {
      ...answers,
      courts: [{ ...court, name: '另一人民法院' }],
    });
    const { revision } = await attachAll(client, draft.id, 'M31', 'M18');
    const reply = await client.post(`/api/applications/${draft.id}/submit`, { revision });
    expect(pointers(reply)).toEqual([422, ['/answers/courts/0/name applications.name_differs']]);
  });

  it('细则91: an order of another court is entered as 轮候 behind the first, not suspended by it', async () => {
    const home = await office.home();
    const other = await createOrganisation(office.api, 'court', { name: '另一人民法院' });
    const first = await submittedSeizure(office, home);
    await accepted(office, first.id);
    const second = await submittedSeizure({ ...office, court: other }, home, { docNo: '(2026)鲁1503执9号' });
    await accepted(office, second.id);
    await recorded(office, first.id);
    await office.api.settle();
    const view = await ok(office.clerks.registrar.client.get(`/api/work-items/${second.id}`));
    expect(view.pauses).toEqual([]);
    await recorded(office, second.id);
    const { encumbrances } = await getUnit(office.api.p, home.code);
    expect(encumbrances.map(({ status }) => status)).toEqual(['current', 'waiting']);
  });
});

describe('what the office owes by law while it handles a case', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const staffView = (id: string): Promise<Json> =>
    ok(office.clerks.registrar.client.get(`/api/work-items/${id}`));
  const documentOf = async (reader: TestPerson, id: string, kind: string): Promise<Json> => {
    const { documents } = await ok(reader.client.get(`/api/applications/${id}`));
    const found = documents.find((one: Json) => one.kind === kind);
    return ok(reader.client.get(`/api/applications/${id}/documents/${found?.id}`));
  };
  const textOf = ({ rows, paragraphs }: Json): string =>
    [
      ...rows.map((one: Json) => `${one.label.zh} ${one.value.zh}`),
      ...paragraphs.map((one: Json) => one.zh),
    ].join('\n');
  const seized = async (home: Home) => {
    const seizure = await submittedSeizure(office, home);
    await accepted(office, seizure.id);
    await recorded(office, seizure.id);
    await office.api.settle();
    return seizure;
  };
  const lifted = async (home: Home) => {
    const { client } = office.court;
    const { courts, officers, docNo } = seizureAnswers(office, home);
    const draft = await createDraft(client, 'CF06', {
      unitCode: home.code,
      courts,
      officers,
      docNo,
      liftDocNo: '(2026)鲁1502执124号',
      liftDocOn: '2026-10-08',
    });
    const { revision } = await attachAll(client, draft.id, 'M31', 'M18');
    const lift = await ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
    await accepted(office, lift.id);
    await recorded(office, lift.id);
    await office.api.settle();
    return lift;
  };

  it('条例17 末款: silence is acceptance, so the clock of a late one starts where the time to answer ended', async () => {
    const { id } = await submittedSale(office);
    const answerDueAt = new Date('2026-09-29T17:00:00+08:00');
    await applications(office.api.p).collection.updateOne(
      { _id: id as never },
      { $set: { 'submission.answerDueAt': answerDueAt } },
    );
    const waiting = await ok(office.seller.client.get(`/api/applications/${id}`));
    expect(waiting.sentence.zh).toContain('依法视为受理');
    await accepted(office, id);
    const { frozen } = await ok(office.seller.client.get(`/api/applications/${id}/deadline`));
    // 9-30, 10-08, 10-09: three working days after 29 September, the holidays between not counted.
    expect(frozen.promisedDueOn).toBe('2026-10-09');
    expect(textOf(await documentOf(office.seller, id, 'acceptanceReceipt'))).toContain('视为受理');
  });

  it('条例17 末款: what silence accepted is neither declined nor put off, only accepted and then perhaps refused', async () => {
    const home = await office.home();
    const { id } = await submittedSale(office, home);
    const { acceptance, firstReview } = office.clerks;
    await claimed(acceptance, id);
    const decline = { reason: 'other', facts: '材料看不清' };
    const correction = {
      defects: [{ target: { materialCode: 'M31' }, defect: '看不清', remedy: '重新拍照' }],
      dueOn: '2026-12-01',
    };
    const before = await ok(acceptance.client.get(`/api/work-items/${id}`));
    expect(before.allowedActs).toEqual(expect.arrayContaining(['accept', 'decline', 'requestCorrection']));
    await applications(office.api.p).collection.updateOne(
      { _id: id as never },
      { $set: { 'submission.answerDueAt': new Date('2026-09-29T17:00:00+08:00') } },
    );
    const late = await ok(acceptance.client.get(`/api/work-items/${id}`));
    expect(late.allowedActs).toContain('accept');
    for (const [name, route, body] of [
      ['decline', 'decline', decline],
      ['requestCorrection', 'request-correction', correction],
    ] as const) {
      const refused = await act(acceptance, id, route, body);
      expect([refused.status, refused.body.error.code], name).toEqual([409, 'applications.deemed_accepted']);
      expect(refused.body.error.message).toContain('请先受理');
      expect(late.blockedActs.map(({ act: one }: { act: string }) => one)).toContain(name);
    }
    // The register bars it meanwhile: still no way back to before acceptance, and no dead end.
    const seizure = await submittedSeizure(office, home);
    await accepted(office, seizure.id);
    await recorded(office, seizure.id);
    await office.api.settle();
    const unit = await getUnit(office.api.p, home.code);
    expect(unit.encumbrances.some(({ kind }) => kind === 'seizure')).toBe(true);
    await ok(act(acceptance, id, 'accept'));
    await claimed(firstReview, id);
    const ended = await ok(act(firstReview, id, 'refuse', { reason: 'seized', facts: '该房屋已被依法查封' }));
    expect(ended.status).toBe('refused');
  });

  it('复议法实施条例17, 行诉法46: a refusal names who reviews it, which court, and both terms', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const refuse = (reason: string) =>
      act(office.clerks.firstReview, id, 'refuse', { reason, facts: '合同与申请不一致' });
    // 浙江规则36: not for a supplement that nobody asked for, or whose term still runs.
    expect((await refuse('supplementOverdue')).body.error.code).toBe('applications.supplement_not_overdue');
    await ok(refuse('materialsMismatch'));
    const notice = await documentOf(office.buyer, id, 'refusalNotice');
    for (const words of ['60 日内', '聊城市人民政府', '6 个月内', '人民法院', '第十八条', '合同与申请不一致'])
      expect(textOf(notice)).toContain(words);
    expect(notice.signature.value).toMatch(/^[A-Za-z0-9_-]{80,}$/);
  });

  it('浙江规则36: nobody is refused while the term of a supplement runs, for whatever reason', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    const { firstReview } = office.clerks;
    await claimed(firstReview, id);
    const defects = [{ target: { materialCode: 'M05' }, defect: '缺签名页', remedy: '补上签名页' }];
    await ok(act(firstReview, id, 'request-correction', { defects, dueOn: '2026-10-12' }));
    const refuse = (reason: string) => act(firstReview, id, 'refuse', { reason, facts: '合同与申请不一致' });
    for (const reason of ['materialsMismatch', 'supplementOverdue']) {
      const { status, body } = await refuse(reason);
      expect([status, body.error.code], reason).toEqual([409, 'applications.supplement_running']);
      expect(body.error.message).toContain('10月12日（周一）');
    }
    // As it would be once the term is over.
    await applications(office.api.p).collection.updateOne(
      { _id: id as never },
      { $set: { 'corrections.0.dueOn': '2026-09-28' } },
    );
    expect((await ok(refuse('supplementOverdue'))).status).toBe('refused');
  });

  it('法发〔2004〕5号 第三条: an order of a court is sent back on few grounds, by a letter, and does not lapse', async () => {
    const { acceptance } = office.clerks;
    const { id } = await submittedSeizure(office, await office.home());
    const view = await claimed(acceptance, id);
    expect(view.returnGrounds).toEqual(['unitUnknown', 'notOwner', 'papersIncomplete']);
    const decline = (reason: string) => act(acceptance, id, 'decline', { reason, facts: '缺执行人员证件' });
    for (const reason of ['applicantNotEntitled', 'other', 'seizureUnknown'])
      expect((await decline(reason)).body.error.code, reason).toBe('applications.ground_not_open');
    const defects = [{ target: { materialCode: 'M31' }, defect: '缺一人证件', remedy: '补一人证件' }];
    await ok(act(acceptance, id, 'request-correction', { defects, dueOn: '2026-10-12' }));
    const asked = await applications(office.api.p).collection.findOne({ _id: id as never });
    expect(JSON.stringify(asked?.documents.at(-1))).toContain('嘱托不因此自动失效');
    const lapse = applicationsModule.jobs!.find(({ name }) => name === 'applications.corrections')!;
    expect(await lapse.run(office.api.p, new Date('2026-11-09T10:00:00+08:00'))).toEqual({ lapsed: 0 });
    const other = await submittedSeizure(office, await office.home(), { docNo: '(2026)鲁1502执125号' });
    await claimed(acceptance, other.id);
    await ok(act(acceptance, other.id, 'decline', { reason: 'papersIncomplete', facts: '缺执行人员证件' }));
    const letter = textOf(await documentOf(office.court, other.id, 'returnLetter'));
    expect(letter).toContain('再次嘱托');
    expect(letter).not.toMatch(/复议|诉讼/);
    // Nor may a citizen be turned away on a ground that is for courts.
    const sale = await submittedSale(office);
    await claimed(acceptance, sale.id);
    const refused = await act(acceptance, sale.id, 'decline', { reason: 'notOwner', facts: '不是权利人' });
    expect(refused.body.error.code).toBe('applications.ground_not_open');
  });

  it('浙江规则34: 复审 is by other eyes than 初审, whatever posts a clerk holds', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    const both = await createStaff(office.api, { name: '钱双', roles: ['firstReview', 'secondReview'] });
    const { checklist } = await claimed(both, id);
    const checks = checklist.map(({ key }: Json) => ({ key, result: 'same' }));
    await ok(act(both, id, 'review', { opinion: '同意', checks }));
    await claimed(both, id);
    const again = await act(both, id, 'review', { opinion: '同意', checks });
    expect([again.status, again.body.error.code]).toEqual([403, 'applications.reviewed_already']);
  });

  it('查封规定23, 26: a sale stops for a seizure, goes on by itself after the release, and the court has its reply', async () => {
    const home = await office.home();
    const sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    const seizure = await seized(home);
    expect((await staffView(sale.id)).pauses).toMatchObject([
      { reason: 'suspendedByLaw', to: null, basis: expect.stringContaining('第二十三条') },
    ]);
    const reply = textOf(await documentOf(office.court, seizure.id, 'assistanceReply'));
    expect(reply).toContain('(2026)鲁1502执123号');
    expect(reply).toContain('至 2029年10月9日');
    const lift = await lifted(home);
    expect(textOf(await documentOf(office.court, lift.id, 'assistanceReply'))).toContain('已解除');
    const resumed = await staffView(sale.id);
    expect(resumed.pauses).toMatchObject([{ reason: 'suspendedByLaw', to: expect.any(String) }]);
    expect(resumed.documents.map(({ kind }: Json) => kind)).toContain('resumptionNotice');
    await recorded(office, sale.id);
  });

  it('查封规定26: a sale stays stopped while a waiting seizure takes the place of the one released', async () => {
    const home = await office.home();
    const sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    await seized(home);
    const other = await createOrganisation(office.api, 'court', { name: '另一人民法院' });
    const waiting = await submittedSeizure({ ...office, court: other }, home, { docNo: '(2026)鲁1503执9号' });
    await accepted(office, waiting.id);
    await recorded(office, waiting.id);
    const reply = textOf(await documentOf(other, waiting.id, 'assistanceReply'));
    expect(reply).toContain('轮候查封登记，现排在第 1 位');
    await lifted(home);
    expect((await staffView(sale.id)).pauses).toMatchObject([{ reason: 'suspendedByLaw', to: null }]);
  });

  it('查封规定23: a seizure that reaches the register while a sale is being recorded stops it there', async () => {
    const { p } = office.api;
    const home = await office.home();
    const sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    await approved(office, sale.id);
    const order: RecordOrder = {
      unitCode: home.code,
      caseId: sale.id,
      caseNo: sale.no,
      businessType: 'ZY02',
      request: 'transfer',
      effects: [],
      conditionsMet: [],
      at: p.time.now(),
      actorId: null,
      entryId: 'entry-of-the-race',
    };
    const plan = {
      at: p.time.now(),
      by: { accountId: 'x', name: '马会军', personIndex: null },
      orders: p.crypto.fields.encrypt(JSON.stringify([order]), `applications|${sale.id}|plan`),
      unitCodes: [home.code],
      certificateNumbers: [],
    };
    await applications(p).collection.updateOne(
      { _id: sale.id as never },
      { $set: { status: 'registering', plan } },
    );
    const terms = { court: '甲法院', docNo: '一', preSeizure: false, termMonths: 36 };
    const seizure = { ...order, caseId: 'court', request: 'seizure' as const, entryId: 'entry-of-the-court' };
    await recordChange(p, { ...seizure, effects: [{ kind: 'seizure.create', terms }] });
    await office.api.settle();
    await recoverRecordings(p);
    const stopped = await staffView(sale.id);
    expect([stopped.status, stopped.pauses.length]).toEqual(['approved', 1]);
    expect(stopped.pauses[0]).toMatchObject({ reason: 'suspendedByLaw', to: null });
  });
});

describe('发改价格规〔2016〕2559号: the fee by the use that the register prints', () => {
  it.each<[string, number]>([
    ['住宅', 80_00],
    ['成套住宅', 80_00],
    ['非成套住宅', 80_00],
    ['集体宿舍', 80_00],
    ['车库、车位', 80_00],
    ['储藏室', 80_00],
    ['非住宅', 550_00],
    ['商务公寓', 550_00],
    ['商业服务', 550_00],
    ['办公', 550_00],
  ])('%s: %i fen', (houseUse, amountFen) => {
    const base = unit();
    const { fee } = JSON.parse(
      readFileSync(new URL('../../../seeds/reference/catalogue/ZY02.json', import.meta.url), 'utf8'),
    ) as BusinessType;
    const type = { fee, applicants: { roles: [] as unknown } } as BusinessType;
    const found = feeOf(type, { answers: {}, unit: { ...base, natural: { ...base.natural, houseUse } } });
    expect(found.amountFen).toBe(amountFen);
  });
});

describe('民法典221: whose consent a transfer needs while an advance notice stands', () => {
  const ON = '2026-10-09';
  const noticed = (holders: string[], overrides = {}) =>
    unit({
      encumbrances: [
        encumbrance('preNotice', { holders: holders.map((id) => sealed(id, null)), ...overrides }),
      ],
    });
  const known = (relation: 'currentHolder' | 'incomingHolder', ids: string[]) =>
    ids.map((idIndex) => ({ relation, idIndex }));
  const met = (holders: string[], incoming: string[]) =>
    conditionsMet({}, [], known('incomingHolder', incoming), noticed(holders), ON).includes(
      'preNoticeHolderConsent',
    );
  const typeOf = (code: string) =>
    JSON.parse(
      readFileSync(new URL(`../../../seeds/reference/catalogue/${code}.json`, import.meta.url), 'utf8'),
    ) as BusinessType;

  it.each<[string, string, ReturnType<typeof known>, string]>([
    ['ZY02', 'the holder who buys', known('incomingHolder', ['甲']), 'notNeeded'],
    ['ZY02', 'another buyer', known('incomingHolder', ['乙']), 'provide'],
    ['ZY02', 'the holder who sells', known('currentHolder', ['甲']), 'notNeeded'],
    ['DY01', 'the holder who owns by now and mortgages', known('currentHolder', ['甲']), 'notNeeded'],
    ['DY01', 'another owner', known('currentHolder', ['乙']), 'provide'],
  ])('%s asks consent of nobody who applies: %s', (code, _, parties, state) => {
    const facts = factsOf(noticed(['甲']), [], ON, parties);
    const materials = resolveMaterials(typeOf(code), {}, { facts, connected: [] });
    expect(materials.find(({ material }) => material.code === 'M25-notice')?.state).toBe(state);
  });

  it('asks for none once the notice has lapsed', () => {
    const lapsed = noticed(['甲'], { until: '2026-10-08' });
    expect(factsOf(lapsed, [], ON, known('incomingHolder', ['乙'])).preNoticeOfOther).toBe(false);
  });

  it.each<[string[], string[], boolean]>([
    [['甲'], ['甲'], true],
    [['甲', '乙'], ['乙', '甲'], true],
    [['甲'], ['乙'], false],
    [['甲'], ['甲', '乙'], false],
    // One of two holders must not be passed over.
    [['甲', '乙'], ['甲'], false],
    [['甲'], [], false],
  ])('notice for %j, transfer to %j: nobody else to ask: %s', (holders, incoming, expected) => {
    expect(met(holders, incoming)).toBe(expected);
  });
});
