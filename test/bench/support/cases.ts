import type { Document } from 'mongodb';
import { Types } from 'mongoose';
import {
  applications,
  type ApplicationDocument,
} from '../../../backend/modules/applications/application.model.ts';
import { openAnswers, sealAnswers } from '../../../backend/modules/applications/answers.ts';
import { partyContext } from '../../../backend/modules/applications/parties.ts';
import { files } from '../../../backend/modules/files/file.model.ts';
import { importUnits } from '../../../backend/modules/register/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { renameAnswers, type Office } from '../../backend/applications/scenario.ts';
import { codeOf, unitImport } from '../../backend/register/units.ts';
import type { Client } from '../../support/client.ts';
import type { TestPerson } from '../../support/people.ts';

const newId = (): string => new Types.ObjectId().toHexString();

/** A draft of a change of name (BG01), complete and with its file, made over HTTP as a person would. */
export async function makeTemplate(
  p: Platform,
  holder: TestPerson,
  attach: (client: Client, caseId: string, code: string) => Promise<{ status: number; body: unknown }>,
): Promise<ApplicationDocument> {
  const code = codeOf(1);
  const certificateNo = '鲁(2021)聊城市不动产权第0000001号';
  const { name, idNumber } = holder.account;
  const made = unitImport(code, [
    { name, partyKind: 'person', idKind: 'residentId', idNumber, share: { numerator: 1, denominator: 1 } },
  ]);
  await importUnits(p, [{ ...made, rights: made.rights.map((right) => ({ ...right, certificateNo })) }]);
  const answers = renameAnswers({ seller: holder } as Office, { code, certificateNo });
  const created = await holder.client.post('/api/applications', { businessType: 'BG01', answers });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const { id } = created.body as { id: string };
  const attached = await attach(holder.client, id, 'M21');
  if (attached.status !== 200) throw new Error(JSON.stringify(attached.body));
  const collection = applications(p).collection;
  return (await collection.findOne({ _id: id as never })) as unknown as ApplicationDocument;
}

/**
 * Copies of a draft, each a case of its own: own id, answers and numbers sealed to it, own file. Only what identifies is
 * changed, so each is as large and as complete as the one that was made by hand.
 */
export async function copyDrafts(
  p: Platform,
  template: ApplicationDocument,
  count: number,
): Promise<string[]> {
  const answers = openAnswers(p, template);
  const file = (await files(p).collection.findOne({ subjectId: template._id } as never)) as Record<
    string,
    unknown
  >;
  const seal = (
    field: ApplicationDocument['parties'][number]['idNumber'],
    id: string,
    partyId: string,
    name: 'idNumber' | 'phone',
  ) =>
    p.crypto.fields.encrypt(
      p.crypto.fields.decrypt(field, partyContext(template._id, partyId, name)),
      partyContext(id, partyId, name),
    );
  const drafts: ApplicationDocument[] = [];
  const copies: Record<string, unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    const id = newId();
    const fileId = newId();
    drafts.push({
      ...template,
      _id: id,
      answers: sealAnswers(p, id, answers),
      created: { key: null, fingerprint: '' },
      parties: template.parties.map((party) => ({
        ...party,
        idNumber: seal(party.idNumber, id, party.id, 'idNumber'),
        phone: party.phone && seal(party.phone, id, party.id, 'phone'),
      })),
      materials: template.materials.map((material) => ({
        ...material,
        files: material.files.map((one) => ({ ...one, fileId })),
      })),
      outbox: [],
    });
    copies.push({ ...file, _id: fileId, subjectId: id, boundTo: id, idempotencyKey: null, outbox: [] });
  }
  for (let start = 0; start < count; start += 500) {
    await applications(p).collection.insertMany(drafts.slice(start, start + 500) as never);
    await files(p).collection.insertMany(copies.slice(start, start + 500) as never);
  }
  return drafts.map(({ _id }) => _id);
}

/**
 * Gives cases to people in turn, as if each had filed his own: one account may read ten pages a second and no more. The
 * people keep nothing else of the filing, so every page stays as large as it was.
 */
export async function shareAmong(
  p: Platform,
  caseIds: readonly string[],
  accountIds: readonly string[],
): Promise<void> {
  await applications(p).collection.bulkWrite(
    accountIds.map((accountId, turn) => ({
      updateMany: {
        filter: { _id: { $in: caseIds.filter((_, n) => n % accountIds.length === turn) as never } },
        update: { $set: { 'initiator.accountId': accountId, 'viewers.0': `account:${accountId}` } },
      },
    })),
  );
}

/**
 * The same drafts for the yardstick, with their units and files: its own database, the portal's indexes and validator, and what a submission sets in a
 * draft, taken from one that the portal filed (`filedId`).
 */
export async function lendToBare(p: Platform, filedId: string): Promise<void> {
  const model = applications(p);
  const bare = p.database.connection.getClient().db('bare');
  const { indexes, validator } = applications.declaration;
  await bare.createCollection('cases', validator ? { validator } : {});
  await bare
    .collection('cases')
    .createIndexes(indexes.map(({ key, options }) => ({ key: key as Record<string, 1>, ...options })));
  const drafts = model.collection.find({ status: 'draft' } as never);
  const batch: Document[] = [];
  for await (const draft of drafts) {
    batch.push(draft as unknown as Document);
    if (batch.length === 500) await bare.collection('cases').insertMany(batch.splice(0));
  }
  if (batch.length > 0) await bare.collection('cases').insertMany(batch);
  for (const name of ['units', 'files']) {
    const copied = await p.database.connection.collection(name).find({}).toArray();
    for (let start = 0; start < copied.length; start += 500)
      await bare.collection(name).insertMany(copied.slice(start, start + 500) as Document[]);
  }
  const filed = (await model.collection.findOne({ _id: filedId as never })) as unknown as ApplicationDocument;
  const kept: readonly string[] = ['_id', 'no', 'revision', 'created', 'outbox', 'answers', 'materials'];
  const set = Object.fromEntries(Object.entries(filed).filter(([field]) => !kept.includes(field)));
  await bare.collection('submission').insertOne(set);
}
