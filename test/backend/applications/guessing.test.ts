import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import { createCitizen, newIdNumber, type TestPerson } from '../../support/people.ts';
import {
  attachAll,
  createDraft,
  ok,
  openOffice,
  personOrder,
  saleAnswers,
  type Home,
  type Office,
} from './scenario.ts';

/** Whoever holds a unit code and a certificate number learns from no draft whose ID number stands in the register. */
describe('guessing the ID number of a holder', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const details = (body: Json): string[] =>
    (body.error?.details ?? body.problems ?? []).map(({ pointer, code }: Json) => `${pointer} ${code}`);
  const named = (name: string, idNumber: string) => [{ name, partyKind: 'person', idKind: '1', idNumber }];
  const saleTo = (buyer: TestPerson, home: Home, sellers: Json[]) => ({
    ...saleAnswers(office, home, { sellers }),
    buyers: named(buyer.account.name, buyer.account.idNumber),
  });

  /** What a draft says when its sellers are patched to these. */
  async function said(by: TestPerson, draft: Json, sellers: Json[]): Promise<string> {
    const { revision } = await ok(by.client.get(`/api/applications/${draft.id}`));
    const view = await ok(
      by.client.patch(`/api/applications/${draft.id}`, { revision, answers: { sellers } }),
    );
    const { problems, sections, fee, unit, materials } = view;
    return JSON.stringify({ problems, sections, fee, unit, materials });
  }

  it.each([true, false])(
    'a draft says the same of every number (name verified: %s)',
    async (nameVerified) => {
      const home = await office.home();
      const guesser = await createCitizen(office.api, { name: '钱多多', nameVerified });
      const draft = await createDraft(guesser.client, 'ZY02', saleTo(guesser, home, []));
      const { idNumber } = office.seller.account;
      const right = await said(guesser, draft, named('赵明远', idNumber));
      for (const [name, number] of [
        ['赵明远', newIdNumber()],
        ['赵明远', office.buyer.account.idNumber],
        ['赵某某', idNumber],
        ['赵某某', newIdNumber()],
      ] as const) {
        expect(await said(guesser, draft, named(name, number)), `${name} ${number}`).toBe(right);
      }
    },
  );

  it('a co-owner is told how many hold with them, not their numbers', async () => {
    const other = await createCitizen(office.api, { name: '王小红' });
    const half = { numerator: 1, denominator: 2 };
    const home = await office.home({ holders: [personOrder(office.seller, half), personOrder(other, half)] });
    const own = named('赵明远', office.seller.account.idNumber);
    const draft = await createDraft(
      office.seller.client,
      'ZY02',
      saleAnswers(office, home, { sellers: own }),
    );
    expect(details(draft)).toContain('/answers/sellers applications.not_holder');
    const right = await said(office.seller, draft, [...own, ...named('王小红', other.account.idNumber)]);
    const wrong = await said(office.seller, draft, [...own, ...named('王小红', newIdNumber())]);
    expect(wrong).toBe(right);
    expect(right).not.toContain('not_holder');
  });

  async function send(by: TestPerson, home: Home, sellers: Json[]) {
    const draft = await createDraft(by.client, 'ZY02', saleTo(by, home, sellers));
    const { revision } = await attachAll(by.client, draft.id, 'M05', 'M06');
    return {
      id: draft.id as string,
      reply: await by.client.post(`/api/applications/${draft.id}/request-consent`, { revision }),
    };
  }

  it('a buyer who begins is helped when they send it: one answer for a wrong number, name and count', async () => {
    const home = await office.home();
    const buyer = await createCitizen(office.api, { name: '钱多多' });
    const { idNumber } = office.seller.account;
    const wrong = [
      named('赵明远', newIdNumber()),
      named('赵某某', idNumber),
      [...named('赵明远', idNumber), ...named('王小红', newIdNumber())],
    ];
    const replies = [];
    for (const sellers of wrong) replies.push((await send(buyer, home, sellers)).reply);
    for (const reply of replies) {
      expect([reply.status, details(reply.body)]).toEqual([
        422,
        ['/answers/sellers applications.giver_differs'],
      ]);
      expect(reply.body.error.details[0].message).toContain('逐字核对');
    }
    const { reply } = await send(buyer, home, named('赵明远', idNumber));
    expect([reply.status, reply.body.status]).toEqual([200, 'waitingConsent']);
  });

  it('ten misses a day, tries at once included; then the right number is told from no other', async () => {
    const home = await office.home();
    const guesser = await createCitizen(office.api, { name: '钱多多' });
    const { id, reply } = await send(guesser, home, named('赵明远', newIdNumber()));
    expect(reply.status).toBe(422);
    const { revision } = await ok(guesser.client.get(`/api/applications/${id}`));
    const tries = await Promise.all(
      Array.from({ length: 30 }, () =>
        guesser.client.post(`/api/applications/${id}/request-consent`, { revision }),
      ),
    );
    const count = (status: number) => tries.filter((one) => one.status === status).length;
    expect([count(200), count(422)]).toEqual([0, 9]);
    const { reply: right } = await send(guesser, home, named('赵明远', office.seller.account.idNumber));
    expect([right.status, right.body.error.code]).toEqual([429, 'applications.too_many_givers']);
  });

  it('what is right is given back: a buyer of many homes is not held up', async () => {
    const buyer = await createCitizen(office.api, { name: '钱多多' });
    for (let home = 0; home < 11; home += 1) {
      const sellers = named('赵明远', office.seller.account.idNumber);
      expect((await send(buyer, await office.home(), sellers)).reply.status).toBe(200);
    }
  });
});
