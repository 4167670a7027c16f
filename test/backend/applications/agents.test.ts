import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { keepAgents } from '../../../backend/modules/applications/migrations.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, type TestPerson } from '../../support/people.ts';
import {
  accepted,
  act,
  attachAll,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  saleAnswers,
  seizureAnswers,
  sign,
  submittedSeizure,
  type Office,
} from './scenario.ts';
import { TERMS } from '../register/units.ts';

/** 回避: whoever acts for a party (经办人) does not handle the same case as staff, under whatever account. */
describe('who acted for an organisation', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  /** The same person, at the office. */
  const atTheOffice = ({ account: { name, idNumber } }: TestPerson) =>
    createStaff(office.api, {
      name,
      idNumber,
      roles: ['acceptance', 'firstReview', 'registrar', 'supervisor'],
    });

  async function expectRecused(person: TestPerson, id: string): Promise<void> {
    const answers = await Promise.all([
      person.client.get(`/api/work-items/${id}`),
      act(person, id, 'claim'),
      act(person, id, 'record'),
    ]);
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual(
      answers.map(() => [403, 'applications.recused']),
    );
    const row = (await ok(person.client.get('/api/work-items?limit=100'))).items.find(
      (item: Json) => item.id === id,
    );
    expect([row.recused, row.claimable, row.address]).toEqual([true, false, '']);
  }

  it('filed the case: does not accept it, nor anything after', async () => {
    const clerk = await atTheOffice(office.court);
    const { id } = await submittedSeizure(office, await office.home());
    await expectRecused(clerk, id);
    await accepted(office, id);
    await expectRecused(clerk, id);
  });

  it('drew it up only, while a colleague filed it', async () => {
    const colleague = await office.court.member();
    const clerk = await atTheOffice(colleague);
    const draft = await createDraft(office.court.client, 'CF01', seizureAnswers(office, await office.home()));
    await attachAll(colleague.client, draft.id, 'M31');
    const { revision } = await attachAll(office.court.client, draft.id, 'M18');
    await ok(office.court.client.post(`/api/applications/${draft.id}/submit`, { revision }));
    await expectRecused(clerk, draft.id);
  });

  it('asked for its withdrawal, or signed it', async () => {
    const restricted = {
      ...mortgageOf(office.bank, '鲁(2025)聊城市不动产证明第0000901号'),
      mortgage: { ...TERMS, transferRestricted: true },
    };
    const home = await office.home({ encumbrances: [restricted] });
    const [signer, asker, idle] = [
      await office.bank.member(),
      await office.bank.member(),
      await office.bank.member(),
    ];
    const { client } = office.seller;
    const { id } = await createDraft(client, 'ZY02', saleAnswers(office, home));
    const { revision } = await attachAll(client, id, 'M05', 'M06');
    await ok(client.post(`/api/applications/${id}/request-consent`, { revision }));
    await sign(office.buyer, id);
    await sign(signer, id);
    const draft = await ok(client.get(`/api/applications/${id}?view=draft`));
    await ok(client.post(`/api/applications/${id}/submit`, { revision: draft.revision }));
    await ok(asker.client.post(`/api/applications/${id}/withdraw`, { reason: '先不办了' }));
    await expectRecused(await atTheOffice(signer), id);
    await expectRecused(await atTheOffice(asker), id);
    // Of the same bank, and no part in this case.
    await ok((await atTheOffice(idle)).client.get(`/api/work-items/${id}`));
  });

  describe('under a number that no clerk has seen the card of', () => {
    /** A member whom the court invited under the number of a member of staff. */
    const invitedAs = (staff: TestPerson) => {
      const { name, idNumber } = staff.account;
      return office.court.member({ name, idNumber, nameVerified: false });
    };
    const staffOf = (name: string) =>
      createStaff(office.api, { name, roles: ['acceptance', 'firstReview', 'supervisor'] });
    const findingsOf = async (reader: TestPerson, no: string): Promise<Json[]> => {
      await office.api.settle();
      const { items } = await ok(reader.client.get('/api/supervision/findings?kind=unprovenAgent&limit=100'));
      return items.filter((one: Json) => one.no === no);
    };

    it('keeps nobody from the case, and supervisors are told of it', async () => {
      const official = await staffOf('方正言');
      const member = await invitedAs(official);
      const { id, no } = await submittedSeizure(office, await office.home());
      await ok(member.client.post(`/api/applications/${id}/withdraw`, { reason: '先不办了' }));
      const found = await applications(office.api.p).collection.findOne({ _id: id as never });
      expect(found?.agentIndexes).toEqual([office.court.account.personIndex]);
      await ok(official.client.get(`/api/work-items/${id}`));
      expect(await findingsOf(official, no)).toMatchObject([
        {
          evidence: {
            zh: expect.stringContaining('方正言不因此回避'),
            en: expect.stringContaining('not recused'),
          },
          person: null,
        },
      ]);
    });

    it('keeps nobody from what it drew up and filed', async () => {
      const official = await staffOf('尚公允');
      const member = await invitedAs(official);
      const draft = await createDraft(member.client, 'CF01', seizureAnswers(office, await office.home()));
      await attachAll(member.client, draft.id, 'M31');
      const { revision } = await attachAll(member.client, draft.id, 'M18');
      const { no } = await ok(member.client.post(`/api/applications/${draft.id}/submit`, { revision }));
      await ok(act(official, draft.id, 'claim'));
      expect(await findingsOf(official, no)).toHaveLength(1);
    });

    it('recuses as soon as the counter has seen it', async () => {
      const official = await staffOf('齐若谷');
      const member = await invitedAs(official);
      const { idNumber, name } = official.account;
      const { code } = await ok(member.client.post('/api/me/counter-code'), 201);
      await ok(
        office.clerks.acceptance.client.post('/api/staff/identity-checks', {
          idNumber,
          name,
          documentKind: 'residentCard',
          counterCode: code,
        }),
        201,
      );
      const { id, no } = await submittedSeizure(office, await office.home());
      await ok(member.client.post(`/api/applications/${id}/withdraw`, { reason: '先不办了' }));
      await expectRecusedToRead(official, id);
      expect(await findingsOf(official, no)).toEqual([]);
    });
  });

  it('is found again in cases from before it was kept', async () => {
    const { collection } = applications(office.api.p);
    const colleague = await office.court.member();
    const { id } = await submittedSeizure(office, await office.home());
    await ok(colleague.client.post(`/api/applications/${id}/withdraw`, { reason: '文书有误' }));
    await office.api.settle();
    const lists = async () => {
      const found = await collection.find({ status: { $ne: 'draft' } } as never).toArray();
      return found.map((one): [string, string[]] => [String(one._id), [...(one.agentIndexes ?? [])].sort()]);
    };
    const kept = await lists();
    expect(new Map(kept).get(id)).toEqual(
      [office.court.account.personIndex, colleague.account.personIndex].sort(),
    );
    // A colleague who only put a file there is in no record of before: the one thing that is lost.
    const drawn = office.court.account.personIndex;
    await collection.updateMany({}, { $unset: { agentIndexes: '' } });
    await keepAgents.up(office.api.p.database.connection.db as never);
    await keepAgents.up(office.api.p.database.connection.db as never);
    const again = await lists();
    const less = kept.filter(([, list], place) => String(list) !== String(again[place]?.[1]));
    expect(less.length).toBeLessThanOrEqual(1);
    for (const [caseId] of less) expect(new Map(again).get(caseId)).toEqual([drawn]);
    expect(await collection.countDocuments({ agentIndexes: { $exists: false } })).toBe(0);
    await expectRecusedToRead(await atTheOffice(colleague), id);
  });

  async function expectRecusedToRead(person: TestPerson, id: string): Promise<void> {
    const { status, body } = await person.client.get(`/api/work-items/${id}`);
    expect([status, body.error?.code]).toEqual([403, 'applications.recused']);
  }
});
