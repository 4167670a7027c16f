import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getUnit } from '../../../backend/modules/register/index.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, newIdNumber, type TestPerson } from '../../support/people.ts';
import {
  accepted,
  act,
  approved,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  personOrder,
  recorded,
  renameAnswers,
  type Home,
  type Office,
} from './scenario.ts';

/**
 * 证件号码变更: the portal knows its holder under the new number, the register under the old. The holder files under the new
 * one with the proof of the change; a clerk compares the old one, and the portal's answers never do.
 */
describe('a holder whose ID number has changed', () => {
  let office: Office;
  let holder: TestPerson;
  let old: string;
  let home: Home;
  beforeAll(async () => {
    office = await openOffice();
    holder = await createCitizen(office.api, { name: '赵明远' });
  });
  afterAll(() => office.close());

  /** A home under a number that no account has. */
  async function homeUnderOld(name = '赵明远'): Promise<void> {
    old = newIdNumber();
    const share = { numerator: 1, denominator: 1 };
    home = await office.home({ holders: [{ ...personOrder(holder, share), name, idNumber: old }] });
  }
  const answers = (by: TestPerson, stated: string, more: Record<string, unknown> = {}) =>
    renameAnswers(office, home, {
      holders: [
        { name: '赵明远', partyKind: 'person', idKind: '1', idNumber: stated, phone: by.account.phone },
      ],
      changeKind: 'idNumber',
      newName: undefined,
      newIdKind: '1',
      newIdNumber: by.account.idNumber,
      ...more,
    });
  async function file(by: TestPerson, stated: string, more: Record<string, unknown> = {}) {
    const draft = await createDraft(by.client, 'BG01', answers(by, stated, more));
    const ready = await attachAll(by.client, draft.id, 'M21');
    const reply = await by.client.post(`/api/applications/${draft.id}/submit`, { revision: ready.revision });
    return { id: draft.id as string, draft: ready, reply };
  }
  const details = (reply: { body: Json }): string[] =>
    (reply.body.error?.details ?? []).map(({ pointer, code }: Json) => `${pointer} ${code}`);

  it('files under the new one, is checked by a clerk against the old one, and holds the home under the new one', async () => {
    await homeUnderOld();
    const { id, reply } = await file(holder, old);
    expect([reply.status, details(reply)]).toEqual([200, []]);
    const view = await claimed(office.clerks.acceptance, id);
    expect(view.parties).toHaveLength(1);
    expect(view.parties[0]).toMatchObject({
      name: '赵明远',
      idNumber: holder.account.idNumber,
      idKind: { zh: '居民身份证', en: 'Resident identity card' },
      formerIdNumber: old,
      formerIdKind: { zh: '居民身份证', en: 'Resident identity card' },
      formerMatches: true,
    });
    expect(view.filingIntact).toBe(true);
    await ok(act(office.clerks.acceptance, id, 'accept'));
    await recorded(office, id);
    const unit = await getUnit(office.api.p, home.code);
    expect(unit.ownerIndexes).toEqual([holder.account.personIndex]);
    const mine = await ok(holder.client.get('/api/me/units'));
    expect(mine.items.map(({ code }: Json) => code)).toContain(home.code);
  });

  it('changes name and number in one application', async () => {
    await homeUnderOld();
    const renamed = await createCitizen(office.api, { name: '赵明源' });
    const { id, reply } = await file(renamed, old, { changeKind: 'both', newName: '赵明源' });
    expect(reply.status).toBe(200);
    await accepted(office, id);
    await recorded(office, id);
    const live = (await getUnit(office.api.p, home.code)).rights.find(({ status }) => status === 'current');
    expect(live?.holders.map(({ name, idIndex }) => [name, idIndex])).toEqual([
      ['赵明源', renamed.account.personIndex],
    ]);
  });

  it('needs the proof, and the number of the certificate', async () => {
    await homeUnderOld();
    const draft = await createDraft(holder.client, 'BG01', answers(holder, old));
    expect(draft.problems.map(({ pointer }: Json) => pointer)).toEqual(['/materials/M21']);
    const certificateNo = '鲁(2021)聊城市不动产权第9999999号';
    const { reply } = await file(holder, old, { certificateNo });
    expect(details(reply)).toEqual(['/answers/unitCode applications.unit_unknown']);
  });

  /** Everything that the applicant can read of their case, without what differs by the number typed. */
  async function allTheyRead(by: TestPerson, { id, draft, reply }: Awaited<ReturnType<typeof file>>) {
    const views = [draft, reply.body];
    for (const path of ['?view=case', '/filing', '/receipt'])
      views.push(await ok(by.client.get(`/api/applications/${id}${path}`)));
    return JSON.stringify(views, (key, value: unknown) => {
      if (/^(id|no|draftNo|hash|filingHash|canonical|queryCode|fileId|sha256)$/.test(key)) return key;
      if (/idNumber|answers|Fingerprint/i.test(key)) return key;
      return typeof value === 'string'
        ? value.replace(/\d{4,}[\dX*]*/g, '#').replace(/D[0-9A-F]{8}/g, '#')
        : value;
    });
  }

  it('a stranger who guesses learns nothing: right, wrong or of nobody, the answers are the same', async () => {
    await homeUnderOld();
    const stranger = await createCitizen(office.api, { name: '赵明远' });
    const guesses = {
      right: old,
      'of somebody else': office.buyer.account.idNumber,
      'of nobody': newIdNumber(),
    };
    const read: Record<string, string> = {};
    const cases: Record<string, string> = {};
    for (const [name, guess] of Object.entries(guesses)) {
      const filed = await file(stranger, guess);
      expect(filed.reply.status, name).toBe(200);
      read[name] = await allTheyRead(stranger, filed);
      cases[name] = filed.id;
    }
    expect(read['of somebody else']).toBe(read.right);
    expect(read['of nobody']).toBe(read.right);
    for (const [name, text] of Object.entries(read)) {
      expect(text, name).not.toContain('formerMatches":true');
      expect(text, name).not.toContain('formerMatches":false');
    }
    // Only the desk sees which is which, and no wrong one can be recorded.
    const matches = async (name: string) =>
      (await ok(office.clerks.acceptance.client.get(`/api/work-items/${cases[name]}`))).parties[0]
        .formerMatches;
    expect([await matches('right'), await matches('of nobody')]).toEqual([true, false]);
    const wrong = cases['of nobody'] ?? '';
    await accepted(office, wrong);
    await approved(office, wrong);
    const refused = await act(office.clerks.registrar, wrong, 'record');
    expect([refused.status, refused.body.error.code]).toEqual([409, 'applications.conflict']);
    expect((await getUnit(office.api.p, home.code)).ownerIndexes).not.toContain(stranger.account.personIndex);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['the name of another in the register', {}, '/answers/holders/0/name applications.name_differs'],
    [
      'a new name that is not theirs',
      { changeKind: 'both', newName: '赵大远' },
      '/answers/newName applications.name_differs',
    ],
  ])('with %s the same is said of a right and of a wrong number', async (_, more, problem) => {
    await homeUnderOld();
    const stranger = await createCitizen(office.api, { name: '吴老狗' });
    for (const guess of [old, newIdNumber()]) {
      const { reply } = await file(stranger, guess, more);
      expect([reply.status, details(reply)]).toEqual([422, [problem]]);
    }
  });

  it('who files for somebody else is told that alone, whatever number they try', async () => {
    await homeUnderOld();
    const stranger = await createCitizen(office.api, { name: '赵明远' });
    for (const guess of [old, newIdNumber()]) {
      const { reply } = await file(stranger, guess, { newIdNumber: newIdNumber() });
      expect(details(reply)).toEqual(['/answers/holders applications.you_not_party']);
    }
  });

  it('the clerk who is the person stands back, under the old number as under the new', async () => {
    await homeUnderOld();
    const { id } = await file(holder, old);
    const view = await ok(office.clerks.acceptance.client.get('/api/work-items?view=all&limit=100'));
    expect(view.items.some((row: Json) => row.id === id)).toBe(true);
    const stored = await office.api.p.database.connection
      .collection('applications')
      .findOne({ _id: id as never });
    expect(stored?.partyIndexes).toHaveLength(2);
  });
});
