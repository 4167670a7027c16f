import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessEntries } from '../../../backend/modules/audit/audit.model.ts';
import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import { certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { hasWords } from '../../../backend/modules/query/looks/words.ts';
import { findUnitsByCodes } from '../../../backend/modules/register/index.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, type TestPerson } from '../../support/people.ts';
import { type RECORDED } from '../../conventions/recorded-routes.ts';
import { ok, openOffice, submittedSale, type Home, type Office } from '../applications/scenario.ts';

/** What RECORDED promises, route by route: the look is in the person's log before the answer is. */

let office: Office;
let home: Home;
let view: Json;
let clerk: TestPerson;
let supervisor: TestPerson;
let administrator: TestPerson;
let certificateId: string;

beforeAll(async () => {
  office = await openOffice();
  home = await office.home();
  const { id } = await submittedSale(office, home);
  clerk = office.clerks.acceptance;
  supervisor = await createStaff(office.api, { roles: ['supervisor'] });
  administrator = await createStaff(office.api, { roles: ['administrator'] });
  view = await ok(clerk.client.get(`/api/work-items/${id}`));
  const units = await findUnitsByCodes(office.api.p, [home.code]);
  await importCertificates(office.api.p, units);
  certificateId = String((await certificates(office.api.p).findOne({ unitCode: home.code }).lean())?._id);
});
afterAll(() => office.close());

const looksAt = (person: TestPerson): Promise<number> =>
  accessEntries(office.api.p).countDocuments({ subjects: person.account.personIndex });

const fileId = (): string => view.materials.flatMap(({ files }: Json) => files)[0].fileId;

/** Each asks as staff for something of the seller's, or of whoever is named. */
const ASKED: readonly [route: (typeof RECORDED)[number], ask: () => Promise<Json>, of?: () => TestPerson][] =
  [
    ['get /api/work-items/:id', () => clerk.client.get(`/api/work-items/${view.id}`)],
    [
      'post /api/work-items/search',
      () =>
        clerk.client.post('/api/work-items/search', { view: 'all', text: office.seller.account.idNumber }),
    ],
    ['post /api/applications/:id/claim', () => clerk.client.post(`/api/applications/${view.id}/claim`)],
    ['post /api/applications/:id/accept', () => clerk.client.post(`/api/applications/${view.id}/accept`)],
    [
      'get /api/applications/:id/documents/:document',
      () => clerk.client.get(`/api/applications/${view.id}/documents/${view.documents[0].id}`),
    ],
    [
      'get /api/applications/:id/documents/:document/pdf',
      () => clerk.client.get(`/api/applications/${view.id}/documents/${view.documents[0].id}/pdf`),
    ],
    ['get /api/files/:id', () => clerk.client.get(`/api/files/${fileId()}`)],
    ['get /api/register/units/:code', () => clerk.client.get(`/api/register/units/${home.code}`)],
    ['get /api/certificates/:id', () => clerk.client.get(`/api/certificates/${certificateId}`)],
    ['get /api/certificates/:id/pdf', () => clerk.client.get(`/api/certificates/${certificateId}/pdf`)],
    [
      'get /api/admin/organisations/:id/members',
      () => administrator.client.get(`/api/admin/organisations/${office.bank.organisation.id}/members`),
      () => office.bank,
    ],
    [
      'post /api/staff/identity-checks',
      async () => {
        const { body } = await office.buyer.client.post('/api/me/counter-code');
        const { idNumber, name } = office.buyer.account;
        const card = { idNumber, name, documentKind: 'residentCard', counterCode: body.code };
        return clerk.client.post('/api/staff/identity-checks', card);
      },
      () => office.buyer,
    ],
    [
      'get /api/look-complaints',
      async () => {
        const { items } = await ok(office.seller.client.get('/api/me/access-log'));
        const text = '这次查看是为了什么，请说明。';
        await ok(office.seller.client.post(`/api/me/access-log/${items[0].id}/complaints`, { text }), 201);
        return supervisor.client.get('/api/look-complaints');
      },
    ],
  ];

describe('a route of RECORDED', () => {
  it.each(ASKED.map(([route, ask, of]) => ({ route, ask, of })))('$route', async ({ ask, of }) => {
    const person = of?.() ?? office.seller;
    const before = await looksAt(person);
    const { status } = await ask();
    expect(status).toBeLessThan(300);
    expect(await looksAt(person)).toBeGreaterThan(before);
  });

  it('shows nothing when the look cannot be recorded', async () => {
    const { collection } = accessEntries(office.api.p);
    const original = collection.insertMany.bind(collection);
    collection.insertMany = (() => Promise.reject(new Error('away'))) as typeof collection.insertMany;
    const answers = [
      await clerk.client.get(`/api/work-items/${view.id}`),
      await clerk.client.get(`/api/register/units/${home.code}`),
      await clerk.client.get(`/api/certificates/${certificateId}`),
      await clerk.client.get(`/api/files/${fileId()}`),
    ];
    collection.insertMany = original;
    for (const { status, body } of answers) {
      expect(status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(body)).not.toContain(office.seller.account.name);
    }
  });
});

it('every reason that is recorded anywhere has words of its own', () => {
  const root = join(import.meta.dirname, '../../../backend/modules');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const calls = files
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .flatMap((text) => text.match(/recordAccess\(p, \{[\s\S]*?\n\s*\}\)/g) ?? []);
  expect(calls.length).toBeGreaterThan(8);
  const wordsOf = (pattern: RegExp) =>
    calls.flatMap((call) => [...call.matchAll(pattern)].map(([, one]) => one!));
  const given = readFileSync(join(root, 'register/routes.ts'), 'utf8').matchAll(
    /accountId, unit, '(\w+)'\)/g,
  );
  const whys = wordsOf(/why: '(\w+)'/g).concat(wordsOf(/why:.*\? '(\w+)'/g), wordsOf(/why:.*: '(\w+)',/g));
  const whats = calls.flatMap((call) =>
    [...(/what: \[(.*?)\]/.exec(call)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, one]) => one!),
  );
  whys.push(...[...given].map(([, one]) => one!));
  expect([...new Set(whys)].filter((word) => !hasWords('why', word))).toEqual([]);
  expect([...new Set(whats)].filter((word) => !hasWords('what', word))).toEqual([]);
});
