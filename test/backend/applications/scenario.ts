import { importUnits, type PartyOrder, type UnitImport } from '../../../backend/modules/register/index.ts';
import { startApi, type TestApi, type TestApiOptions } from '../../support/api.ts';
import type { Client, Json, Reply } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  TEST_PASSWORD,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { codeOf, encumbrance, unitImport } from '../register/units.ts';

/**
 * A whole office for tests of cases: a seller with a home, a buyer, a bank, a court, and clerks of every post. Every
 * builder makes what it needs, so that a test says only what it is about.
 */
export interface Office {
  api: TestApi;
  seller: TestPerson;
  buyer: TestPerson;
  bank: TestOrganisation;
  court: TestOrganisation;
  clerks: {
    acceptance: TestPerson;
    firstReview: TestPerson;
    secondReview: TestPerson;
    registrar: TestPerson;
    issuance: TestPerson;
    archivist: TestPerson;
  };
  /** A unit of the seller's, with a certificate number of its own. */
  home(overrides?: { holders?: PartyOrder[]; encumbrances?: UnitImport['encumbrances'] }): Promise<Home>;
  close(): Promise<void>;
}

export interface Home {
  code: string;
  certificateNo: string;
}

let serial = 0;

export function personOrder(person: TestPerson, share: PartyOrder['share'] = null): PartyOrder {
  const { name, idNumber } = person.account;
  return { name, partyKind: 'person', idKind: 'residentId', idNumber, share };
}

export async function openOffice(options: TestApiOptions = {}): Promise<Office> {
  const api = await startApi(options);
  const [seller, buyer, bank, court] = await Promise.all([
    createCitizen(api, { name: '赵明远' }),
    createCitizen(api, { name: '孙晓岚' }),
    createOrganisation(api, 'bank'),
    createOrganisation(api, 'court'),
  ]);
  const clerk = (name: string, ...roles: Parameters<typeof createStaff>[1]['roles'][number][]) =>
    createStaff(api, { name, roles });
  const clerks = {
    acceptance: await clerk('周敏', 'acceptance'),
    firstReview: await clerk('郭立新', 'firstReview'),
    secondReview: await clerk('陈思齐', 'secondReview'),
    registrar: await clerk('马会军', 'registrar'),
    issuance: await clerk('吴芳', 'issuance'),
    archivist: await clerk('郑和', 'archivist'),
  };
  return {
    api,
    seller,
    buyer,
    bank,
    court,
    clerks,
    async home({ holders, encumbrances = [] } = {}) {
      serial += 1;
      const code = codeOf(serial);
      const certificateNo = `鲁(2021)聊城市不动产权第${String(serial).padStart(7, '0')}号`;
      const owner = holders ?? [personOrder(seller, { numerator: 1, denominator: 1 })];
      const made = unitImport(code, owner, encumbrances);
      const rights = made.rights.map((right) => ({ ...right, certificateNo }));
      await importUnits(api.p, [{ ...made, rights }]);
      return { code, certificateNo };
    },
    close: () => api.close(),
  };
}

/** A mortgage as an earlier register hands it over. */
export function mortgageOf(
  bank: TestOrganisation,
  certificateNo: string,
): UnitImport['encumbrances'][number] {
  const { name, creditCode } = bank.organisation;
  return {
    ...encumbrance('mortgage', { certificateNo }),
    holders: [{ name, partyKind: 'organisation', idKind: 'creditCode', idNumber: creditCode, share: null }],
  };
}

const partyAnswer = ({ account }: TestPerson) => ({
  name: account.name,
  partyKind: 'person',
  idKind: '1',
  idNumber: account.idNumber,
  phone: account.phone,
});

export function saleAnswers(
  office: Office,
  home: Home,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    unitCode: home.code,
    certificateNo: home.certificateNo,
    sellers: [partyAnswer(office.seller)],
    buyers: [partyAnswer(office.buyer)],
    coOwnership: '0',
    contractNo: 'LC-2026-0001234',
    contractSignedOn: '2026-09-20',
    priceYuan: '1280000.00',
    paymentKind: 'lumpSum',
    taxStatus: 'paid',
    taxProofNo: '337152026100800417',
    inquiryOwnWill: true,
    inquiryNoDispute: true,
    inquiryCoOwnersAgree: true,
    inquiryMortgageKnown: true,
    statementTrue: true,
    statementElectronicSignature: true,
    ...overrides,
  };
}

export function renameAnswers(
  office: Office,
  home: Home,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    unitCode: home.code,
    certificateNo: home.certificateNo,
    holders: [partyAnswer(office.seller)],
    changeKind: 'name',
    newName: '赵明源',
    changedOn: '2026-09-01',
    proofNo: 'GA-2026-0099',
    inquirySamePerson: true,
    statementTrue: true,
    statementElectronicSignature: true,
    ...overrides,
  };
}

export function seizureAnswers(
  office: Office,
  home: Home,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  const { organisation, account } = office.court;
  return {
    unitCode: home.code,
    executedName: office.seller.account.name,
    courts: [
      {
        name: organisation.name,
        partyKind: 'organisation',
        idKind: '7',
        idNumber: organisation.creditCode,
        representative: account.name,
      },
    ],
    officers: [
      { name: account.name, cardNo: 'FY-0012', phone: account.phone },
      { name: '高远', cardNo: 'FY-0013', phone: account.phone },
    ],
    rulingNo: '(2026)鲁1502执裁123号',
    docNo: '(2026)鲁1502执123号',
    docOn: '2026-10-08',
    seizureKind: '1',
    preSeizure: false,
    termMonths: 36,
    ...overrides,
  };
}

/** A one-page PDF, small and valid enough to be told as one. */
export function smallPdf(words: string): Uint8Array {
  return Buffer.from(
    `%PDF-1.4\n% ${words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n' +
      'trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n',
  );
}

/** Uploads a file for a material and puts it there. */
export async function attach(
  client: Client,
  caseId: string,
  materialCode: string,
  words = materialCode,
): Promise<Reply<Json>> {
  const form = new FormData();
  form.set('purpose', 'material');
  form.set('caseId', caseId);
  form.set('materialCode', materialCode);
  form.set(
    'file',
    new Blob([smallPdf(words) as BlobPart], { type: 'application/pdf' }),
    `${materialCode}.pdf`,
  );
  const uploaded = await client.post('/api/files', form);
  if (uploaded.status !== 201) return uploaded;
  const { body: draft } = await client.get(`/api/applications/${caseId}`);
  return client.post(`/api/applications/${caseId}/materials`, {
    revision: draft.revision,
    materialCode,
    fileIds: [uploaded.body.id],
  });
}

/** The draft after the last of the materials. */
export async function attachAll(client: Client, caseId: string, ...materialCodes: string[]): Promise<Json> {
  let draft: Json;
  for (const code of materialCodes) draft = await ok(attach(client, caseId, code));
  return draft;
}

export async function ok<T = Json>(reply: Promise<Reply<T>>, status = 200): Promise<T> {
  const { status: got, body } = await reply;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body;
}

export const createDraft = (
  client: Client,
  businessType: string,
  answers: Record<string, unknown> = {},
): Promise<Json> => ok(client.post('/api/applications', { businessType, answers }), 201);

/** What the other applicant reads and signs. */
export async function sign(person: TestPerson, id: string): Promise<Json> {
  const filing = await ok(person.client.get(`/api/applications/${id}/filing`));
  return ok(
    person.client.post(`/api/applications/${id}/consent`, {
      decision: 'sign',
      hash: filing.hash,
      password: TEST_PASSWORD,
    }),
  );
}

/** A sale that both sides have signed, as the seller's draft. */
export async function signedSale(
  office: Office,
  home?: Home,
  overrides: Record<string, unknown> = {},
): Promise<Json> {
  const unit = home ?? (await office.home());
  const { client } = office.seller;
  const draft = await createDraft(client, 'ZY02', saleAnswers(office, unit, overrides));
  const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
  await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
  await sign(office.buyer, draft.id);
  return ok(client.get(`/api/applications/${draft.id}`));
}

export async function submittedSale(office: Office, home?: Home): Promise<Json> {
  const draft = await signedSale(office, home);
  return ok(office.seller.client.post(`/api/applications/${draft.id}/submit`, { revision: draft.revision }));
}

export async function submittedRename(office: Office, home?: Home): Promise<Json> {
  const unit = home ?? (await office.home());
  const { client } = office.seller;
  const draft = await createDraft(client, 'BG01', renameAnswers(office, unit));
  const { revision } = await attachAll(client, draft.id, 'M21');
  return ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
}

export async function submittedSeizure(
  office: Office,
  home: Home,
  overrides: Record<string, unknown> = {},
): Promise<Json> {
  const { client } = office.court;
  const draft = await createDraft(client, 'CF01', seizureAnswers(office, home, overrides));
  const { revision } = await attachAll(client, draft.id, 'M31', 'M18');
  return ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
}

export const act = (person: TestPerson, id: string, name: string, body: unknown = {}): Promise<Reply<Json>> =>
  person.client.post(`/api/applications/${id}/${name}`, body);

export async function claimed(person: TestPerson, id: string): Promise<Json> {
  return ok(act(person, id, 'claim'));
}

export async function accepted(office: Office, id: string): Promise<Json> {
  await claimed(office.clerks.acceptance, id);
  return ok(act(office.clerks.acceptance, id, 'accept'));
}

const allSame = (view: Json): { key: string; result: 'same' }[] =>
  view.checklist.map(({ key }: { key: string }) => ({ key, result: 'same' }));

/** Passes every review step, each by the clerk of its post. */
export async function reviewed(office: Office, id: string): Promise<Json> {
  let view = await ok(office.clerks.firstReview.client.get(`/api/work-items/${id}`));
  while (view.steps.find(({ key }: { key: string }) => key === view.step)?.role !== 'registrar') {
    const role = view.steps.find(({ key }: { key: string }) => key === view.step)
      .role as keyof Office['clerks'];
    const clerk = office.clerks[role];
    view = await claimed(clerk, id);
    view = await ok(act(clerk, id, 'review', { opinion: '材料齐全，同意', checks: allSame(view) }));
  }
  return view;
}

export async function approved(office: Office, id: string): Promise<Json> {
  await reviewed(office, id);
  await claimed(office.clerks.registrar, id);
  return ok(act(office.clerks.registrar, id, 'approve', { opinion: '核定通过' }));
}

export async function recorded(office: Office, id: string): Promise<Json> {
  await approved(office, id);
  return ok(act(office.clerks.registrar, id, 'record'));
}
