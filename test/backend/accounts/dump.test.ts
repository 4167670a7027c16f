import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { createStaff, newIdNumber, newPhone, stranger, TEST_TOTP_SECRET } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** What a value might look like to someone who searches a dump for it. */
function disguises(value: string): string[] {
  const bytes = Buffer.from(value);
  const reversed = [...value].reverse().join('');
  return [value, reversed, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
}

async function dump(): Promise<string> {
  const { connection } = api.p.database;
  const collections = await connection.db!.listCollections().toArray();
  const parts = await Promise.all(
    collections.map(async ({ name }) =>
      JSON.stringify(await connection.db!.collection(name).find().toArray()),
    ),
  );
  return parts.join('\n');
}

describe('a dump of the database and the log', () => {
  it('hold no ID number, phone, password or TOTP secret of 50 people in any disguise', async () => {
    const secrets: string[] = [TEST_TOTP_SECRET];
    for (let i = 0; i < 50; i += 1) {
      const person = { idNumber: newIdNumber(), phone: newPhone(), password: `湖边第 ${i} 棵柳树` };
      secrets.push(...Object.values(person));
      const client = stranger(api);
      const sent = { name: '赵明远', acceptsPrivacyNotice: true, ...person };
      expect((await client.post('/api/accounts', sent)).status).toBe(201);
      const login = i % 2 === 0 ? person.idNumber : person.phone;
      expect((await client.post('/api/sessions', { login, password: person.password })).status).toBe(201);
      await client.get('/api/me');
      if (i < 20) await stranger(api).post('/api/sessions', { login, password: 'wrong' });
      secrets.push(...client.cookies.values());
    }
    await createStaff(api, { roles: ['acceptance'] });
    const text = `${await dump()}\n${api.logLines.join('\n')}`;
    expect(text.length).toBeGreaterThan(50_000);
    const found = secrets.flatMap(disguises).filter((needle) => text.includes(needle));
    expect(found).toEqual([]);
  });

  it('would be caught: a number that is stored in plain is found by the same search', async () => {
    const idNumber = newIdNumber();
    await api.p.database.connection.collection('accounts').updateOne({}, { $set: { name: idNumber } });
    const text = await dump();
    expect(disguises(idNumber).some((needle) => text.includes(needle))).toBe(true);
  });

  it('cannot hold a number in plain under its own name: the database refuses it', async () => {
    const accounts = api.p.database.connection.collection('accounts');
    await expect(accounts.updateOne({}, { $set: { idNumber: newIdNumber() } })).rejects.toMatchObject({
      code: 121,
    });
  });
});
