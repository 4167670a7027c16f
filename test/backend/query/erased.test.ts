import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetPlainDigests } from '../../../backend/modules/query/migrations.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { ok, openOffice, type Office } from '../applications/scenario.ts';
import { handIn, newQueryId, request } from './asking.ts';

/** 个人信息保护法19, 47, 51: what a query leaves behind, read as whoever stole the database would read it. */

const DAY_MS = 86_400_000;

let office: Office;
let heir: TestPerson;
let dead: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
// Anew for each: the days that go by end sessions.
beforeEach(async () => {
  heir = await createCitizen(office.api, { name: '赵小安' });
  dead = await createCitizen(office.api, { name: '赵安' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
});
afterEach(() => office.api.setNow(TEST_NOW));

const again = async (person: TestPerson): Promise<TestPerson> => ({
  ...person,
  client: await signInAs(office.api, person.account),
});

const stored = async (id: string): Promise<Json> =>
  (await queries(office.api.p).collection.findOne({ _id: id } as never)) as unknown as Json;

async function eraseAfter(days: number): Promise<void> {
  office.api.advance(days * DAY_MS);
  await office.api.app.scheduler.runNow('query.erasePapers');
}

const withdraw = (person: TestPerson, id: string): Promise<Json> =>
  ok(person.client.post(`/api/queries/${id}/withdraw`, { revision: 1 }));

/** What an heir sends. */
async function bodyOfHeir(): Promise<Json> {
  const id = newQueryId();
  const evidence = [await handIn(heir.client, id, 'inheritanceProof')];
  const { name, idNumber } = dead.account;
  return request({ id, kind: 'heir', purpose: 'inheritance', evidence, person: { name, idNumber } });
}

const digestOf = (body: Json): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url');

describe('by what is stored of a request', () => {
  it('nobody finds the number in it by trying, and the same request is known all the same', async () => {
    const body = await bodyOfHeir();
    const asked = await ok(heir.client.post('/api/queries', body));
    expect(JSON.stringify(await stored(body.id))).not.toContain(digestOf(body));
    expect((await ok(heir.client.post('/api/queries', body))).no).toBe(asked.no);
    const other = await heir.client.post('/api/queries', { ...body, purposeText: '继承父亲的房子' });
    expect(other.body.error.code).toBe('query.keyReused');
  });

  it('an erased query is not known again, and its id stays taken', async () => {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    await withdraw(heir, body.id);
    await eraseAfter(31);
    expect((await stored(body.id)).requestMac).toBeNull();
    const { client } = await again(heir);
    expect((await client.post('/api/queries', body)).body.error.code).toBe('query.keyReused');
  });

  it('a digest without a key, of before, goes', async () => {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    const earlier = { $set: { fingerprint: digestOf(body) }, $unset: { requestMac: '' } };
    await queries(office.api.p).collection.updateOne({ _id: body.id } as never, earlier as never);
    await forgetPlainDigests.up(office.api.p.database.connection.db!);
    expect(JSON.stringify(await stored(body.id))).not.toContain(digestOf(body));
    expect((await heir.client.post('/api/queries', body)).body.error.code).toBe('query.keyReused');
    expect((await ok(heir.client.get(`/api/queries/${body.id}`))).state).toBe('waiting');
  });
});
