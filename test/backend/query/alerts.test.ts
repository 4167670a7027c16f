import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { electronicCertificates } from '../../../backend/modules/certificates/electronic/electronic.model.ts';
import { importCertificates, reconcileUnit } from '../../../backend/modules/certificates/index.ts';
import { findUnitsByCodes } from '../../../backend/modules/register/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newIdNumber,
  type TestPerson,
} from '../../support/people.ts';
import {
  accepted,
  act,
  attachAll,
  claimed,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  personOrder,
  recorded,
  submittedSale,
  submittedSeizure,
  type Home,
  type Office,
} from '../applications/scenario.ts';
import { party } from '../register/units.ts';
import { acceptAs, askWithPapers, look, request } from './asking.ts';

/** 不动产动态提醒: recipients come from the register; nothing that an applicant does keeps a message from an owner. */

let office: Office;
let coOwner: TestPerson;
const HALF = { numerator: 1, denominator: 2 };

beforeAll(async () => {
  office = await openOffice();
  coOwner = await createCitizen(office.api, { name: '钱静' });
});
afterAll(() => office.close());

async function inbox(person: TestPerson): Promise<Json[]> {
  await office.api.settle();
  return (await ok(person.client.get('/api/notifications?limit=100'))).items;
}
const told = async (person: TestPerson, template: string): Promise<Json[]> =>
  (await inbox(person)).filter((one) => one.template === template);

let serial = 0;

interface Mortgaged extends Home {
  mortgageNo: string;
}

/** A mortgaged home of the seller's and one more owner's: neither is a party of what the bank files alone. */
async function shared(other = personOrder(coOwner, HALF)): Promise<Mortgaged> {
  serial += 1;
  const mortgageNo = `鲁(2021)聊城市不动产证明第${String(70_000 + serial).padStart(7, '0')}号`;
  const home = await office.home({
    holders: [personOrder(office.seller, HALF), other],
    encumbrances: [mortgageOf(office.bank, mortgageNo)],
  });
  return { ...home, mortgageNo };
}

/** The bank gives its mortgage up, as it may alone (细则70). */
async function discharged({ code, mortgageNo }: Mortgaged): Promise<Json> {
  const { client, organisation, account } = office.bank;
  const draft = await createDraft(client, 'DY06', {
    unitCode: code,
    certificateNo: mortgageNo,
    mortgagees: [
      {
        name: organisation.name,
        partyKind: 'organisation',
        idKind: '7',
        idNumber: organisation.creditCode,
        representative: account.name,
      },
    ],
    cause: 'debtPaid',
    causeOn: '2026-10-08',
    inquiryOwnWill: true,
    statementTrue: true,
    statementElectronicSignature: true,
  });
  const { revision } = await attachAll(client, draft.id, 'M14');
  return ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
}

describe('an application of somebody else', () => {
  it('is told to every owner who has no part in it, when it is filed and when it is accepted', async () => {
    const home = await shared();
    const receipt = await discharged(home);
    const filed = await told(coOwner, 'property.applied');
    expect(filed).toHaveLength(1);
    expect(filed[0].text).toContain('还清贷款');
    expect(await told(office.seller, 'property.applied')).toHaveLength(1);
    expect(filed[0].link.href).toBe(`/property/${home.code}`);
    await accepted(office, receipt.id);
    expect(await told(coOwner, 'property.accepted')).toHaveLength(1);
  });

  it('is told to its own applicants by their case alone, not twice', async () => {
    const before = (await told(office.seller, 'property.applied')).length;
    await submittedSale(office);
    expect((await told(office.seller, 'property.applied')).length).toBe(before);
    expect((await told(office.seller, 'applications.submitted')).length).toBeGreaterThan(0);
  });

  it('that is turned away is told as well', async () => {
    const receipt = await discharged(await shared());
    await claimed(office.clerks.acceptance, receipt.id);
    const before = (await told(coOwner, 'property.applicationEnded')).length;
    const declined = await act(office.clerks.acceptance, receipt.id, 'decline', {
      reason: 'notOurArea',
      facts: '房屋在济南市',
      goTo: '济南市不动产登记中心',
    });
    expect(declined.status).toBe(200);
    const ended = await told(coOwner, 'property.applicationEnded');
    expect(ended).toHaveLength(before + 1);
    expect(ended[0].text).toContain('没有受理');
  });

  it('reaches the inbox whatever channels its owner switched off, and has no switch of its own', async () => {
    const quiet = await createCitizen(office.api, { name: '冯安' });
    const off = await quiet.client.patch('/api/notifications/settings', { byEmail: false, bySms: false });
    expect(off.status).toBe(200);
    expect((await quiet.client.patch('/api/notifications/settings', { inbox: false })).status).toBe(400);
    await discharged(await shared(personOrder(quiet, HALF)));
    expect(await told(quiet, 'property.applied')).toHaveLength(1);
  });

  it('reaches an owner who opens an account only afterwards', async () => {
    const idNumber = newIdNumber();
    const home = await shared(party('韩梅', idNumber, HALF));
    const receipt = await discharged(home);
    await accepted(office, receipt.id);
    const late = await createCitizen(office.api, { name: '韩梅', idNumber, nameVerified: false });
    expect(await told(late, 'property.underWay')).toEqual([]);
    const clerk = await createStaff(office.api, { roles: ['acceptance'] });
    const { body: code } = await late.client.post('/api/me/counter-code');
    const proof = { idNumber, name: '韩梅', documentKind: 'residentCard', counterCode: code.code };
    expect((await clerk.client.post('/api/staff/identity-checks', proof)).status).toBe(201);
    expect(await told(late, 'property.underWay')).toHaveLength(1);
  });

  it('is told to nobody who only claimed the number of an owner', async () => {
    const idNumber = newIdNumber();
    const claims = await createCitizen(office.api, { name: '冒名', idNumber, nameVerified: false });
    await discharged(await shared(party('真主人', idNumber, HALF)));
    expect((await inbox(claims)).filter(({ template }) => template.startsWith('property.'))).toEqual([]);
  });
});

describe('a seizure', () => {
  it('warns no owner before it is recorded, and is told at once from then on', async () => {
    const home = await shared();
    const before = (await inbox(coOwner)).length;
    const order = await submittedSeizure(office, home);
    await accepted(office, order.id);
    expect((await inbox(coOwner)).length).toBe(before);
    const page = await ok(coOwner.client.get(`/api/me/units/${home.code}`));
    expect(page.underWay).toEqual([]);
    await recorded(office, order.id);
    const changes = await told(coOwner, 'register.changed');
    expect(changes[0].text).toContain('被法院查封');
    expect((await ok(coOwner.client.get(`/api/me/units/${home.code}`))).history[0].what.zh).toBe(
      '被法院查封',
    );
  });
});

describe('a change of the register', () => {
  it('is told to the owner after and the owner before, and to members of an owning organisation', async () => {
    const { bank } = office;
    const home = await office.home({
      holders: [
        personOrder(office.seller, HALF),
        {
          name: bank.organisation.name,
          partyKind: 'organisation',
          idKind: 'creditCode',
          idNumber: bank.organisation.creditCode,
          share: HALF,
        },
      ],
    });
    const order = await submittedSeizure(office, home);
    await accepted(office, order.id);
    await recorded(office, order.id);
    expect((await told(bank, 'register.changed')).length).toBeGreaterThan(0);
    expect((await told(office.seller, 'register.changed')).length).toBeGreaterThan(0);
  });
});

describe('the end of a certification', () => {
  const certificateOf = async ({ code, mortgageNo }: Mortgaged): Promise<string> => {
    await importCertificates(office.api.p, await findUnitsByCodes(office.api.p, [code]));
    const found = await certificates(office.api.p).findOne({ number: mortgageNo }).lean();
    return found!._id;
  };
  const ended = async (person: TestPerson, { mortgageNo }: Mortgaged) =>
    (await told(person, 'property.certificationEnded')).filter(({ text }) => text.includes(mortgageNo));

  it('is told to every member of the bank that holds it, once, and to no owner', async () => {
    const home = await shared();
    await certificateOf(home);
    const colleague = await office.bank.member();
    const { id } = await discharged(home);
    await accepted(office, id);
    expect(await ended(office.bank, home)).toEqual([]);
    await recorded(office, id);
    for (const member of [office.bank, colleague]) {
      const messages = await ended(member, home);
      expect(messages).toHaveLength(1);
      expect(messages[0].text).toContain('已注销');
      expect(messages[0].link.href).toBe('/me/certificates');
    }
    await reconcileUnit(office.api.p, home.code);
    expect(await ended(office.bank, home)).toHaveLength(1);
    for (const owner of [office.seller, coOwner]) expect(await ended(owner, home)).toEqual([]);
  });

  it('of a title is told to its owners by the change alone', async () => {
    const home = await office.home();
    await importCertificates(office.api.p, await findUnitsByCodes(office.api.p, [home.code]));
    const { id } = await submittedSale(office, home);
    await accepted(office, id);
    await recorded(office, id);
    expect(await told(office.seller, 'property.certificationEnded')).toEqual([]);
    const ended = { unitCode: home.code, status: 'superseded' } as const;
    expect(await certificates(office.api.p).countDocuments(ended)).toBe(1);
    expect((await told(office.seller, 'register.changed')).length).toBeGreaterThan(0);
  });

  it('in its electronic form alone is told to the bank as well', async () => {
    const home = await shared();
    const certificateId = await certificateOf(home);
    await electronicCertificates(office.api.p).collection.insertOne({
      _id: certificateId as never,
      ...{ number: home.mortgageNo, status: 'issued', version: 2 },
      ...{ madeAt: TEST_NOW, issuedAt: TEST_NOW, cancelled: null },
    });
    const administrator = await createStaff(office.api, { roles: ['administrator'] });
    const cancelled = await administrator.client.post('/api/admin/e-certificates/cancel', {
      number: home.mortgageNo,
      reason: '制证时选错了证明',
    });
    expect(cancelled.status).toBe(200);
    const texts = (await told(office.bank, 'property.electronicCancelled')).map(({ text }) => text);
    expect(texts.filter((text) => text.includes(home.mortgageNo))).toHaveLength(1);
  });
});

describe('a query', () => {
  const ask = (person: TestPerson, home: Home, given: object = {}): Promise<Json> => {
    const asked = request({ kind: 'status', purpose: 'purchase', target: home.code, ...given });
    return ok(person.client.post('/api/queries', asked));
  };
  /** With a contract or a notice, which a clerk looks at. */
  async function interested(person: TestPerson, home: Home, purpose: string, paper = 'contract') {
    const asked = await askWithPapers(person, { target: home.code, purpose }, [paper]);
    await ok(look(office.clerks.acceptance, asked.body.id));
    await ok(acceptAs(office.clerks.acceptance, asked.body.id));
  }

  it('is told to the owners at once, with who asked and what for', async () => {
    const home = await shared();
    await interested(office.buyer, home, 'purchase');
    for (const owner of [office.seller, coOwner]) {
      const [message] = await told(owner, 'property.queried');
      expect(message.text).toContain('孙*岚');
      expect(message.text).toContain('购买房屋');
      const { items } = await ok(owner.client.get(`/api/me/access-log?unit=${home.code}`));
      const words = items.map(({ why }: Json) => why.zh);
      expect(words).toEqual(
        expect.arrayContaining(['查询登记资料：购买房屋', '正在办理他人对这处不动产的查询']),
      );
    }
  });

  it('for a suit is told without saying that it is for one', async () => {
    const home = await shared();
    await interested(office.buyer, home, 'lawsuit', 'courtNotice');
    const [message] = await told(coOwner, 'property.queried');
    const { items } = await ok(coOwner.client.get(`/api/me/access-log?unit=${home.code}`));
    expect(items.some(({ why }: Json) => why.zh === '查询登记资料')).toBe(true);
    for (const said of [message.text, JSON.stringify(items)]) expect(said).not.toMatch(/诉讼|lawsuit/);
  });

  it.each([
    ['of natural status and restrictions', {}],
    ['of one’s own home, to its other owner', { kind: 'ownUnit', purpose: 'ownRecords' }],
  ])('%s is no alert, and stands in the list', async (_, given) => {
    const home = await shared();
    const before = (await told(coOwner, 'property.queried')).length;
    await ask(office.seller, home, given);
    expect((await told(coOwner, 'property.queried')).length).toBe(before);
    const { items } = await ok(coOwner.client.get(`/api/me/access-log?unit=${home.code}`));
    expect(items).toHaveLength(1);
  });

  it('of one’s own is no alert to oneself', async () => {
    const before = (await told(coOwner, 'property.queried')).length;
    await interested(coOwner, await shared(), 'purchase');
    expect((await told(coOwner, 'property.queried')).length).toBe(before);
  });

  it('by an organ whose looks are not told yet is no alert either', async () => {
    const home = await shared();
    // Asked while it was here as any other organisation, decided when it was known for what it is.
    const police = await createOrganisation(office.api, 'other', { name: '聊城市公安局' });
    const asked = await askWithPapers(police, { target: home.code, purpose: 'purchase' });
    const administrator = await createStaff(office.api, { roles: ['administrator'] });
    const path = `/api/admin/organisations/${police.organisation.id}/recognise-organ`;
    await ok(administrator.client.post(path, { revision: 0 }));
    const supervisor = await createStaff(office.api, { roles: ['supervisor'] });
    const leader = await createStaff(office.api, { roles: ['leader'] });
    const delay = await ok(
      supervisor.client.post('/api/look-delays', {
        idNumber: coOwner.account.idNumber,
        creditCode: police.organisation.creditCode,
        ground: 'crime',
        docNo: '聊公经侦〔2026〕19号',
        reason: '正在侦查',
        untilOn: '2026-11-01',
      }),
      201,
    );
    await ok(leader.client.post(`/api/look-delays/${delay.id}/decide`, { revision: 1, granted: true }));
    const before = (await told(coOwner, 'property.queried')).length;
    await ok(acceptAs(office.clerks.acceptance, asked.body.id));
    expect((await told(coOwner, 'property.queried')).length).toBe(before);
    // Nor for the other owner, who would tell.
    const texts = (await told(office.seller, 'property.queried')).map(({ text }) => String(text));
    expect(texts.filter((text) => text.includes('聊城市公安局'))).toEqual([]);
  });
});
