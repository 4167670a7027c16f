import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json, Reply } from '../../support/client.ts';
import { accepted, ok, openOffice, submittedSale, type Office } from './scenario.ts';

/**
 * 个人信息保护法51: that staff looked is recorded before anything is shown. The sabotage is at the database: it refuses every
 * new entry of the log of looks, as a full disk or a lost majority would.
 */
describe('what cannot be recorded is not shown', () => {
  let office: Office;
  let id: string;
  let document: string;
  beforeAll(async () => {
    office = await openOffice();
    ({ id } = await submittedSale(office));
    const { documents } = await accepted(office, id);
    document = documents[0].id;
  });
  afterAll(() => office.close());

  const log = () => office.api.p.database.connection.collection('access-log');
  /** The collection made anew, with a rule that no entry meets or without one. */
  async function setLogOpen(open: boolean): Promise<void> {
    const { db } = office.api.p.database.connection;
    await db!.dropCollection('access-log');
    await db!.createCollection('access-log', open ? {} : { validator: { neverThere: { $exists: true } } });
  }
  beforeEach(() => setLogOpen(false));
  afterEach(() => setLogOpen(true));

  const clerk = () => office.clerks.acceptance.client;
  const search = (text: string, more: object = {}) =>
    clerk().post('/api/work-items/search', { text, view: 'all', ...more });

  it.each<[string, () => Promise<Reply<Json>>]>([
    ['a search by the number of a person', () => search(office.buyer.account.idNumber)],
    ['a search by a phone', () => search(office.buyer.account.phone)],
    ['a case on the desk', () => clerk().get(`/api/work-items/${id}`)],
    ['a document of a case', () => clerk().get(`/api/applications/${id}/documents/${document}`)],
    ['a document as PDF', () => clerk().get(`/api/applications/${id}/documents/${document}/pdf`)],
  ])('%s', async (_, look) => {
    const hidden = await look();
    expect(hidden.status).toBeGreaterThanOrEqual(500);
    expect(Object.keys(hidden.body)).toEqual(['error']);
    const text = JSON.stringify(hidden.body);
    for (const said of [office.buyer.account.name, office.buyer.account.idNumber, id, '湖滨路'])
      expect(text).not.toContain(said);
    expect(await log().countDocuments()).toBe(0);

    await setLogOpen(true);
    const shown = await look();
    expect(shown.status).toBe(200);
    // The entry stands when the answer does, not some time later.
    expect(await log().countDocuments()).toBe(1);
  });

  it('a search that names nobody needs no entry, and is shown all the same', async () => {
    const { items } = await ok(search('湖滨路'));
    expect(items.length).toBeGreaterThan(0);
  });

  it('a search by a number that shows no case is no look at anybody', async () => {
    const { items } = await ok(search(office.buyer.account.idNumber, { light: 'black' }));
    expect(items).toEqual([]);
  });
});
