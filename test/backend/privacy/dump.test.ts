import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type EmbeddedEngine } from '../../../backend/platform/database/engine.ts';
import type { TestPerson } from '../../support/people.ts';
import { createCitizen } from '../../support/people.ts';
import { disguises, secretsIn } from '../../support/secrets.ts';
import {
  accepted,
  act,
  attachAll,
  createDraft,
  ok,
  openOffice,
  personOrder,
  recorded,
  saleAnswers,
  signedSale,
  submittedRename,
  type Office,
} from '../applications/scenario.ts';

/** Number of people whose ID number and phone are looked for: 100 of each. */
const PEOPLE = 100;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name))
      : entry.isFile() && statSync(join(folder, entry.name)).size > 0
        ? [join(folder, entry.name)]
        : [],
  );
}

/**
 * ID numbers and phones of 100 people who sign up, are named in drafts, sign, file, own, are handled and looked for by
 * clerks: none may be found in any document of the database, in its files, in the log, or in any address that the
 * server was asked for. What stands in a browser's own address bar is watched by the journeys.
 */
describe('what a thief of the database or of the log gets', () => {
  let folder: string;
  let engine: EmbeddedEngine;
  let office: Office;
  const people: TestPerson[] = [];
  const sought: { value: string; forms: Buffer[] }[] = [];

  const found = (haystack: Buffer): string[] =>
    sought.filter(({ forms }) => forms.some((form) => haystack.includes(form))).map(({ value }) => value);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'registration-dump-'));
    engine = await startEngine({ dataDirectory: folder, log: pino({ level: 'silent' }) });
    office = await openOffice({ socketPath: engine.socketPath, database: 'kept' });
    for (let n = 0; n < PEOPLE; n += 1) people.push(await createCitizen(office.api));
    for (const { account } of [...people, office.seller, office.buyer]) {
      for (const value of [account.idNumber, account.phone]) sought.push({ value, forms: disguises(value) });
    }
    const everyone = people.map((person) => ({
      name: person.account.name,
      partyKind: 'person',
      idKind: '1',
      idNumber: person.account.idNumber,
      phone: person.account.phone,
    }));
    // Named in drafts by the seller, twenty at a time, and as owners of a unit.
    for (let start = 0; start < PEOPLE; start += 20) {
      const buyers = everyone
        .slice(start, start + 20)
        .map((one) => ({ ...one, share: { numerator: 1, denominator: 20 } }));
      const home = await office.home();
      await createDraft(
        office.seller.client,
        'ZY02',
        saleAnswers(office, home, { buyers, coOwnership: '2' }),
      );
      await office.home({
        holders: people
          .slice(start, start + 20)
          .map((one) => personOrder(one, { numerator: 1, denominator: 20 })),
      });
    }
    // A sale that goes all the way, a rename that is accepted, a draft with files, a refused sign-in.
    const sale = await signedSale(office);
    const { client } = office.seller;
    await ok(client.post(`/api/applications/${sale.id}/submit`, { revision: sale.revision }));
    await accepted(office, sale.id);
    await recorded(office, sale.id);
    const rename = await submittedRename(office);
    await act(office.clerks.acceptance, rename.id, 'claim');
    const draft = await createDraft(client, 'ZY02', saleAnswers(office, await office.home()));
    await attachAll(client, draft.id, 'M05');
    await client.post('/api/sessions', { login: people[0]!.account.idNumber, password: 'not this one' });
    // A clerk looks for people by their numbers, as the portal's own work list sends them.
    for (const { account } of [office.seller, office.buyer, ...people.slice(0, 5)]) {
      for (const text of [account.idNumber, account.phone]) {
        await ok(office.clerks.acceptance.client.post('/api/work-items/search', { text, view: 'all' }));
      }
    }
    await office.api.settle();
  }, 240_000);

  afterAll(async () => {
    await office?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds what it looks for where it is', () => {
    const [first] = sought;
    for (const form of first!.forms)
      expect(found(Buffer.concat([Buffer.from('{"a":"'), form]))).toContain(first!.value);
  });

  it('finds no ID number and no phone in any document', async () => {
    const db = office.api.p.database.connection.db!;
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    const leaks: string[] = [];
    let documents = 0;
    for (const { name } of collections) {
      for await (const raw of db.collection(name).find({}, { raw: true })) {
        documents += 1;
        for (const value of found(raw as unknown as Buffer)) leaks.push(`${name}: ${value.slice(0, 6)}…`);
      }
    }
    expect(sought.length).toBeGreaterThanOrEqual(200);
    expect(documents).toBeGreaterThan(400);
    expect([...new Set(leaks)]).toEqual([]);
  });

  it('finds none in the log, which does tell what was asked for', () => {
    const log = Buffer.from(office.api.logLines.join('\n'));
    expect(log.includes('POST /api/sessions')).toBe(true);
    expect(found(log)).toEqual([]);
  });

  it('finds none in any address that the server was asked for, and would', async () => {
    const numbers = sought.map(({ value }) => value);
    const { requestUrls } = office.api;
    expect(requestUrls.length).toBeGreaterThan(40);
    expect(secretsIn(requestUrls, numbers)).toEqual([]);
    const [first, second] = numbers as [string, string];
    const planted = [
      `/api/work-items?cursor=${first}`,
      `/desk?text=${second.slice(0, 3)}%2520${second.slice(3)}`,
    ];
    for (const path of planted) await office.clerks.acceptance.client.get(path);
    expect(secretsIn(requestUrls, numbers)).toEqual(planted);
  });

  it('finds none in the files of the database, its journal included', async () => {
    await office.close();
    await engine.stop();
    const files = filesBelow(folder);
    expect(files.length).toBeGreaterThan(10);
    const leaks = files.flatMap((file) => found(readFileSync(file)).map(() => file.slice(folder.length)));
    expect([...new Set(leaks)]).toEqual([]);
  });
});
