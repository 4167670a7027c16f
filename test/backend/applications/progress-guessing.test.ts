import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCitizen, stranger } from '../../support/people.ts';
import type { Client } from '../../support/client.ts';
import { accepted, ok, openOffice, submittedRename, type Office } from './scenario.ts';

/** The query code on a paper receipt has six digits: neither accounts nor addresses may buy many tries at it. */
describe('guessing at a query code', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ config: { trustProxy: true } });
  });
  afterAll(() => office.close());

  const from = (place: number) => ({ headers: { 'X-Forwarded-For': `198.51.${place >> 8}.${place & 255}` } });
  const ask = async (client: Client, no: string, code: string, place: number) =>
    (await client.post('/api/case-progress', { no, code }, from(place))).status;
  async function acceptedCase() {
    const { id, no } = await submittedRename(office);
    await accepted(office, id);
    const { queryCode } = await ok(office.seller.client.get(`/api/applications/${id}/receipt`));
    const wrong = String((Number(queryCode) + 1) % 1_000_000).padStart(6, '0');
    return { no: no as string, right: queryCode as string, wrong };
  }

  it('further accounts at one address buy no further tries, nor do addresses for one account', async () => {
    // A number of nobody: its own counter stays out of it, as each try names another.
    const no = (at: number) => `20261001${String(at).padStart(5, '0')}`;
    const statuses: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { client } = await createCitizen(office.api);
      for (let tries = 0; tries < 10; tries += 1)
        statuses.push(await ask(client, no(at * 10 + tries), '000000', 1));
    }
    expect(statuses.map(String).join()).toBe([...Array(20).fill('404'), ...Array(10).fill('429')].join());
    const { client } = await createCitizen(office.api);
    const moving: number[] = [];
    for (let tries = 0; tries < 21; tries += 1)
      moving.push(await ask(client, no(100 + tries), '000000', 1000 + tries));
    expect([moving.at(19), moving.at(20)]).toEqual([404, 429]);
  });

  it('tries at one number from many addresses are slowed, and whoever holds the receipt is let in', async () => {
    const { no, right, wrong } = await acceptedCase();
    for (let at = 0; at < 30; at += 1)
      expect(await ask(stranger(office.api), no, wrong, 2000 + at)).toBe(404);
    const guesser = stranger(office.api);
    expect(await ask(guesser, no, wrong, 3000)).toBe(404);
    expect(await ask(guesser, no, wrong, 3000)).toBe(404);
    // From here on the answer tells nothing: right and wrong are refused alike.
    expect(await ask(guesser, no, wrong, 3000)).toBe(429);
    expect(await ask(guesser, no, right, 3000)).toBe(429);
    for (let looks = 0; looks < 5; looks += 1)
      expect(await ask(stranger(office.api), no, right, 4000)).toBe(200);
    const other = await acceptedCase();
    expect(await ask(guesser, other.no, other.right, 3000)).toBe(200);
  });
});
