import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getUnit, recordChange, type RecordOrder } from '../../../backend/modules/register/index.ts';
import { newId } from '../../../backend/platform/ids.ts';
import { createOrganisation, TEST_PASSWORD, type TestOrganisation } from '../../support/people.ts';
import type { Json } from '../../support/client.ts';
import { TERMS } from '../register/units.ts';
import {
  accepted,
  act,
  attach,
  attachAll,
  claimed,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  recorded,
  saleAnswers,
  sign,
  type Home,
  type Office,
} from './scenario.ts';

/**
 * 民法典406, 担保制度解释43, 自然资发〔2021〕54号: while a mortgage records 禁止或限制转让抵押不动产的约定, a transfer is applied for
 * by transferor, transferee and mortgagee. A paper that somebody uploads is no application.
 */
describe('a transfer of what is mortgaged', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  let serial = 500;
  const restricted = (bank: TestOrganisation, overrides: Record<string, unknown> = {}) => ({
    ...mortgageOf(bank, `鲁(2025)聊城市不动产证明第0000${(serial += 1)}号`),
    mortgage: { ...TERMS, transferRestricted: true },
    ...overrides,
  });

  /** The draft of the seller, complete but for the others' signatures. */
  async function complete(home: Home): Promise<Json> {
    const { client } = office.seller;
    const draft = await createDraft(client, 'ZY02', saleAnswers(office, home));
    return attachAll(client, draft.id, 'M05', 'M06');
  }
  const invite = (draft: Json) =>
    office.seller.client.post(`/api/applications/${draft.id}/request-consent`, { revision: draft.revision });
  const read = (id: string) => ok(office.seller.client.get(`/api/applications/${id}`));
  async function submit(id: string) {
    const { revision } = await ok(office.seller.client.get(`/api/applications/${id}?view=draft`));
    return office.seller.client.post(`/api/applications/${id}/submit`, { revision });
  }
  async function signedByAll(home: Home, ...banks: TestOrganisation[]): Promise<string> {
    const draft = await complete(home);
    await ok(invite(draft));
    await sign(office.buyer, draft.id);
    for (const bank of banks) await sign(bank, draft.id);
    return draft.id;
  }
  async function decline(bank: TestOrganisation, id: string): Promise<void> {
    const { hash } = await ok(bank.client.get(`/api/applications/${id}/filing`));
    const reason = '贷款没有还清，不同意转让';
    await ok(bank.client.post(`/api/applications/${id}/consent`, { decision: 'decline', hash, reason }));
  }

  const AGREEMENTS = {
    none: () => [],
    silent: () => [restricted(office.bank, { mortgage: TERMS })],
    recorded: () => [restricted(office.bank)],
  } as const;

  it.each<[keyof typeof AGREEMENTS, 'signed' | 'missing' | 'declined' | 'not asked', number, string | null]>([
    ['none', 'not asked', 200, null],
    ['silent', 'not asked', 200, null],
    ['recorded', 'signed', 200, null],
    ['recorded', 'missing', 409, 'applications.consent_missing'],
    ['recorded', 'declined', 409, 'applications.consent_missing'],
  ])('agreement %s, mortgagee %s: %i', async (agreement, mortgagee, status, code) => {
    const home = await office.home({ encumbrances: AGREEMENTS[agreement]() });
    const draft = await complete(home);
    expect(draft.problems).toEqual([]);
    const joining = draft.parties.filter(({ role }: Json) => role === 'mortgagee');
    expect(joining.length).toBe(agreement === 'recorded' ? 1 : 0);
    const papers = draft.materials
      .filter(({ need }: Json) => need === 'required')
      .map((one: Json) => one.code);
    expect(papers.filter((paper: string) => paper.startsWith('M25'))).toEqual([]);
    await ok(invite(draft));
    await sign(office.buyer, draft.id);
    if (mortgagee === 'signed') await sign(office.bank, draft.id);
    if (mortgagee === 'declined') await decline(office.bank, draft.id);
    const reply = await submit(draft.id);
    expect([reply.status, reply.body.error?.code ?? null]).toEqual([status, code]);
    if (code) expect(reply.body.error.message).toContain(office.bank.organisation.name);
    if (status !== 200) return;
    await accepted(office, draft.id);
    await recorded(office, draft.id);
    const unit = await getUnit(office.api.p, home.code);
    expect(unit.rights.find((one) => one.status === 'current')?.holders[0]?.name).toBe('孙晓岚');
    // 抵押随之: it stays on the home.
    expect(unit.encumbrances.map((one) => one.status)).toEqual(agreement === 'none' ? [] : ['current']);
  });

  it('is read and signed by the mortgagee like by any other party, who is told why', async () => {
    const home = await office.home({ encumbrances: [restricted(office.bank)] });
    const draft = await complete(home);
    expect(draft.sections.find(({ key }: Json) => key === 'consent').hint.zh).toBe(
      '抵押权人也要一起申请、签名',
    );
    await ok(invite(draft));
    const other = await createOrganisation(office.api, 'bank', { name: '聊城无关银行' });
    expect((await other.client.get(`/api/applications/${draft.id}/filing`)).status).toBe(404);
    const waiting = await ok(office.bank.client.get('/api/applications?group=needsYou'));
    expect(waiting.items.map(({ id }: Json) => id)).toContain(draft.id);
    await office.api.settle();
    const inbox = await ok(office.bank.client.get('/api/notifications'));
    expect(JSON.stringify(inbox.items)).toContain(draft.id);

    const filing = await ok(office.bank.client.get(`/api/applications/${draft.id}/filing`));
    const own = filing.parties.find(({ isYou }: Json) => isYou);
    expect(own).toMatchObject({ role: 'mortgagee', roleLabel: { zh: '抵押权人' }, kind: 'organisation' });
    expect(own.why.zh).toContain('三方一起申请');
    expect(own.basis.zh).toContain('民法典第四百零六条');
    expect(JSON.parse(filing.canonical).parties.map(({ role }: Json) => role)).toEqual([
      'seller',
      'buyer',
      'mortgagee',
    ]);
    expect(JSON.stringify(filing)).not.toContain(office.bank.organisation.creditCode);
    const { status } = await office.bank.client.post(`/api/applications/${draft.id}/consent`, {
      decision: 'sign',
      hash: filing.hash,
      password: TEST_PASSWORD,
    });
    expect(status).toBe(200);
  });

  it('no paper stands in for the signature', async () => {
    const home = await office.home({ encumbrances: [restricted(office.bank)] });
    const draft = await complete(home);
    await attach(office.seller.client, draft.id, 'M25-mortgagee');
    await ok(invite(await read(draft.id)));
    await sign(office.buyer, draft.id);
    const reply = await submit(draft.id);
    expect([reply.status, reply.body.error.code]).toEqual([409, 'applications.consent_missing']);
  });

  it('asks the holders of every mortgage that bars it, each once', async () => {
    const second = await createOrganisation(office.api, 'bank', { name: '聊城第二银行' });
    const home = await office.home({
      encumbrances: [
        restricted(office.bank, { id: 'm1' }),
        restricted(second, { id: 'm2', rank: 2 }),
        restricted(second, { id: 'm3', rank: 3 }),
      ],
    });
    const id = await signedByAll(home, office.bank);
    const early = await submit(id);
    expect([early.status, early.body.error.message]).toEqual([409, expect.stringContaining('聊城第二银行')]);
    await sign(second, id);
    await ok(submit(id));
  });

  it('自然资发〔2021〕54号: of a mortgage of before 2021 the written consent is asked, and nobody joins', async () => {
    const old = { registeredAt: new Date('2020-06-01T09:00:00+08:00'), mortgage: TERMS };
    const home = await office.home({ encumbrances: [restricted(office.bank, old)] });
    const draft = await complete(home);
    expect(draft.problems.map(({ pointer }: Json) => pointer)).toContain('/materials/M25-mortgagee');
    expect(draft.parties.map(({ role }: Json) => role)).toEqual(['seller', 'buyer']);
    const { problems } = await ok(attach(office.seller.client, draft.id, 'M25-mortgagee'));
    expect(problems).toEqual([]);
  });

  /** What another case does to the home meanwhile. */
  const meanwhile = async (home: Home, effects: RecordOrder['effects'], request: RecordOrder['request']) => {
    const { outcome } = await recordChange(office.api.p, {
      unitCode: home.code,
      caseId: newId(),
      caseNo: '2026100900999',
      businessType: 'DY01',
      request,
      effects,
      conditionsMet: [],
      at: office.api.p.time.now(),
      actorId: null,
      entryId: newId(),
    });
    expect(outcome).toBe('recorded');
  };

  it('a mortgage that comes in after filing bars it until its holder joins by a correction', async () => {
    const home = await office.home();
    const id = await signedByAll(home);
    await ok(submit(id));
    const { name, creditCode } = office.bank.organisation;
    const { idNumber } = office.seller.account;
    const bank = {
      name,
      partyKind: 'organisation' as const,
      idKind: 'creditCode',
      idNumber: creditCode,
      share: null,
    };
    await meanwhile(
      home,
      [
        {
          kind: 'mortgage.create',
          mortgagors: [{ idNumber, share: null }],
          holders: [bank],
          terms: { ...TERMS, transferRestricted: true },
          certificateNo: '鲁(2026)聊城市不动产证明第0900001号',
        },
      ],
      'mortgageFirst',
    );
    const clerk = office.clerks.acceptance;
    const view = await claimed(clerk, id);
    expect(view.filingIntact).toBe(true);
    const barred = view.conflicts.find(({ code }: Json) => code === 'register.conflict.mortgageRestricted');
    expect(barred).toMatchObject({ verdict: 'condition', met: false });
    expect(barred.text.zh).toContain('受让人、抵押人和抵押权人三方一起申请');
    const refused = await act(clerk, id, 'accept');
    expect([refused.status, refused.body.error.code]).toEqual([409, 'applications.conflict']);

    const defects = [
      { target: { materialCode: 'M05' }, defect: '抵押权人没有一起申请', remedy: '请抵押权人签名' },
    ];
    await ok(act(clerk, id, 'request-correction', { defects, dueOn: '2026-10-20' }));
    await ok(invite(await ok(office.seller.client.get(`/api/applications/${id}?view=draft`))));
    await sign(office.buyer, id);
    const { client } = office.seller;
    const answer = async () => {
      const { revision } = await ok(client.get(`/api/applications/${id}?view=draft`));
      return client.post(`/api/applications/${id}/answer-correction`, { revision });
    };
    expect((await answer()).body.error.code).toBe('applications.consent_missing');
    await sign(office.bank, id);
    await ok(answer());
    await ok(act(clerk, id, 'accept'));
    await recorded(office, id);
  });

  it('a mortgage that is discharged after filing changes nothing of what was signed', async () => {
    const mortgage = restricted(office.bank);
    const home = await office.home({ encumbrances: [mortgage] });
    const id = await signedByAll(home, office.bank);
    await ok(submit(id));
    const { creditCode } = office.bank.organisation;
    const mortgagees = [{ idNumber: creditCode, share: null }];
    const certificateNo = mortgage.certificateNo ?? '';
    await meanwhile(home, [{ kind: 'mortgage.discharge', certificateNo, mortgagees }], 'mortgageDischarge');
    const view = await claimed(office.clerks.acceptance, id);
    expect(view.filingIntact).toBe(true);
    await ok(act(office.clerks.acceptance, id, 'accept'));
    await recorded(office, id);
  });
});
