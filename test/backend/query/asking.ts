import { randomBytes } from 'node:crypto';
import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import { importUnits, findUnitsByCodes, type UnitImport } from '../../../backend/modules/register/index.ts';
import type { DisclosedUnit } from '../../../backend/modules/query/contract/disclosed.ts';
import { violationsOf } from '../../../backend/modules/query/violations.ts';
import type { TestApi } from '../../support/api.ts';
import type { Client, Json, Reply } from '../../support/client.ts';
import type { TestPerson } from '../../support/people.ts';
import { pdf } from '../files/samples.ts';
import { certificateNo } from '../register/units.ts';

export const newQueryId = (): string => randomBytes(12).toString('hex');

/** The number that every unit of the builders has until it gets its own. */
const BUILDERS = '鲁(2021)聊城市不动产权第0018342号';

/** Units with their certificates, as they came over from the earlier register; each with the number of its code's last digits. */
export async function register(api: TestApi, given: readonly UnitImport[]): Promise<void> {
  const units = given.map((unit) => ({
    ...unit,
    rights: unit.rights.map((right) => ({
      ...right,
      certificateNo:
        right.certificateNo === BUILDERS ? certificateNo(Number(unit._id.slice(-4))) : right.certificateNo,
    })),
  }));
  await importUnits(api.p, units);
  const codes = units.map(({ _id }) => _id);
  await importCertificates(api.p, await findUnitsByCodes(api.p, codes));
}

export const request = (given: object = {}) => ({
  id: newQueryId(),
  kind: 'own',
  purpose: 'ownRecords',
  promised: true,
  ...given,
});

/** Every unit that stands anywhere in an answer. */
function unitsIn(body: unknown): DisclosedUnit[] {
  if (body === null || typeof body !== 'object') return [];
  const { relation, asOf, code } = body as Partial<DisclosedUnit>;
  const own = relation && asOf && code ? [body as DisclosedUnit] : [];
  return [...own, ...Object.values(body).flatMap(unitsIn)];
}

/** Every answer of these tests is set beside the table, whatever the test itself looks at. */
export function held(reply: Reply<Json>): Reply<Json> {
  for (const unit of unitsIn(reply.body)) {
    const beyond = violationsOf(unit);
    if (beyond.length > 0) throw new Error(`${unit.relation} was told ${beyond.join(', ')}`);
  }
  return reply;
}

/** From an address of its own: the limit by address is met where it is meant. */
export const elsewhere = () => ({
  headers: { 'X-Forwarded-For': `10.${[...randomBytes(3)].join('.')}` },
});

export const ask = async (client: Client, given: object = {}): Promise<Reply<Json>> =>
  held(await client.post('/api/queries', request(given), elsewhere()));

/** Uploads a paper for a query that is being prepared. */
export async function handIn(
  client: Client,
  id: string,
  code: string,
): Promise<{ code: string; fileId: string }> {
  const form = new FormData();
  form.set('purpose', 'queryEvidence');
  form.set('caseId', id);
  form.set('materialCode', code);
  form.set(
    'file',
    new Blob([(await pdf()) as Uint8Array<ArrayBuffer>], { type: 'application/pdf' }),
    '材料.pdf',
  );
  const reply = await client.send('POST', '/api/files', form);
  if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
  return { code, fileId: reply.body.id as string };
}

/** Asks as somebody interested, with a contract. */
export async function askWithPapers(
  { client }: Pick<TestPerson, 'client'>,
  given: object,
  codes: readonly string[] = ['contract'],
): Promise<Reply<Json>> {
  const id = newQueryId();
  const evidence = [];
  for (const code of codes) evidence.push(await handIn(client, id, code));
  return ask(client, { id, kind: 'interested', purpose: 'purchase', evidence, ...given });
}

export const CHECKED = { evidence: true, identity: true, purpose: true };

export const look = async (clerk: TestPerson, id: string): Promise<Reply<Json>> =>
  held(await clerk.client.get(`/api/query-items/${id}`));

export const acceptAs = async (clerk: TestPerson, id: string, revision = 1): Promise<Reply<Json>> =>
  held(await clerk.client.post(`/api/query-items/${id}/accept`, { revision, checked: CHECKED }));

export const mine = async (person: TestPerson, id: string): Promise<Reply<Json>> =>
  held(await person.client.get(`/api/queries/${id}`));
