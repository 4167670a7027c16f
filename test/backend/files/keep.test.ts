import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bindFiles,
  confirmBound,
  getFileFacts,
  listFileFacts,
  releaseFiles,
  scanHealth,
  verifyFiles,
} from '../../../backend/modules/files/index.ts';
import { files, storedChunks, storedFiles } from '../../../backend/modules/files/file.model.ts';
import type { MalwareScanner } from '../../../backend/platform/outside.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { namedFiles, newCaseId, PURPOSE, readable, references, send } from './desk.ts';
import * as sample from './samples.ts';

const DAY = 86_400_000;

/** The scanner of the test: reads everything, knows one signature, and may be away. */
const scanner: MalwareScanner & { away: boolean; scanned: number } = {
  away: false,
  scanned: 0,
  async scan(content) {
    if (scanner.away) throw new Error('connection refused');
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    scanner.scanned += 1;
    return Buffer.concat(parts).includes(sample.eicar())
      ? { clean: false, signature: 'Eicar' }
      : { clean: true };
  },
};

let api: TestApi;
let owner: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  api = await startApi({ outside: { scanner } });
  owner = await createCitizen(api);
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterAll(() => api.close());
beforeEach(() => {
  scanner.away = false;
});

const run = (job: string) => api.app.scheduler.runNow(`files.${job}`);
const events = async (type: string) => {
  await api.settle();
  return api.p.database.connection.collection('audit').find({ type }).toArray();
};
const withVirus = async () => sample.rawPdf({ extra: `% ${sample.eicar()}\n` });

describe('a scan', () => {
  it('comes right after the upload, and staff see the file only then', async () => {
    scanner.away = true;
    const { body } = await send(owner.client, await sample.pdf());
    expect(body.scan).toBe('pending');
    readable.add(`${clerk.account.id} ${body.id}`);
    for (const path of ['', '/preview']) {
      const reply = await clerk.client.get(`/api/files/${body.id}${path}`);
      expect(reply).toMatchObject({ status: 409, body: { error: { code: 'files.being_scanned' } } });
    }
    expect((await owner.client.get(`/api/files/${body.id}`)).status).toBe(200);
    expect((await scanHealth(api.p)).pending).toBeGreaterThan(0);
    scanner.away = false;
    await run('scan');
    expect((await clerk.client.get(`/api/files/${body.id}`)).status).toBe(200);
    const next = await send(owner.client, await sample.pdf());
    await expect.poll(async () => (await getFileFacts(api.p, [next.body.id]))[0]?.scan).toBe('clean');
  });

  it('that finds a virus closes the file to everybody, tells its owner, and keeps it out of a filing', async () => {
    const caseId = newCaseId();
    const { body } = await send(owner.client, await withVirus(), { caseId });
    await run('scan');
    await expect.poll(async () => (await getFileFacts(api.p, [body.id]))[0]?.scan).toBe('infected');
    readable.add(`${clerk.account.id} ${body.id}`);
    for (const reader of [owner, clerk]) {
      const reply = await reader.client.get(`/api/files/${body.id}`);
      expect(reply).toMatchObject({ status: 422, body: { error: { code: 'files.infected' } } });
      expect(reply.body.error.message).toContain('合同.pdf');
    }
    expect(await events('files.infected')).toMatchObject([
      { actorId: null, data: { fileId: body.id, subjectId: caseId, ownerId: owner.account.id } },
    ]);
    await expect(bindFiles(api.p, caseId, [body.id])).rejects.toMatchObject({
      code: 'files.missing_for_filing',
      problems: [{ pointer: `/files/${body.id}`, code: 'files.infected' }],
    });
    expect((await owner.client.delete(`/api/files/${body.id}`)).status).toBe(204);
  });

  it('takes what came in while none was configured', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    await expect.poll(async () => (await getFileFacts(api.p, [body.id]))[0]?.scan).toBe('clean');
    await files(api.p).updateOne({ _id: body.id }, { $set: { 'scan.status': 'notScanned' } });
    await run('scan');
    expect((await getFileFacts(api.p, [body.id]))[0]?.scan).toBe('clean');
  });
});

describe('confirmBound', () => {
  it('looks only where the files are bound, and binds where they are not', async () => {
    const caseId = newCaseId();
    const { body } = await send(owner.client, await sample.pdf(), { caseId });
    expect(await confirmBound(api.p, caseId, [body.id])).toMatchObject([{ id: body.id, boundTo: caseId }]);
    const boundAt = async () => (await files(api.p).findOne({ _id: body.id }).lean())?.boundAt;
    const written = await boundAt();
    expect(written).toBeInstanceOf(Date);
    api.advance(1_000);
    expect(await confirmBound(api.p, caseId, [body.id])).toMatchObject([{ id: body.id }]);
    expect(await boundAt()).toEqual(written);
  });

  it('refuses a file of another case, as binding does', async () => {
    const { body } = await send(owner.client, await sample.pdf(), { caseId: newCaseId() });
    await expect(confirmBound(api.p, newCaseId(), [body.id])).rejects.toMatchObject({
      code: 'files.missing_for_filing',
    });
  });
});

describe('releaseFiles', () => {
  it('gives a file back to its owner, who may then delete it', async () => {
    const caseId = newCaseId();
    const { body } = await send(owner.client, await sample.pdf(), { caseId });
    await bindFiles(api.p, caseId, [body.id]);
    await releaseFiles(api.p, newCaseId(), [body.id]);
    expect((await owner.client.delete(`/api/files/${body.id}`)).body.error.code).toBe('files.in_use');
    await releaseFiles(api.p, caseId, [body.id]);
    expect((await owner.client.delete(`/api/files/${body.id}`)).status).toBe(204);
  });

  it('is made up for by the integrity job, a day after a kill left a file bound that nothing names', async () => {
    const caseId = newCaseId();
    const [left, held] = [
      (await send(owner.client, await sample.pdf(1), { caseId })).body.id as string,
      (await send(owner.client, await sample.pdf(2), { caseId })).body.id as string,
    ];
    namedFiles.add(held);
    await bindFiles(api.p, caseId, [left, held]);
    const boundTo = async () =>
      (await getFileFacts(api.p, [left, held])).map((file) => (file.boundTo === caseId ? 'bound' : 'free'));
    await run('verify');
    expect(await boundTo()).toEqual(['bound', 'bound']);
    api.advance(DAY + 60_000);
    owner = { ...owner, client: await signInAs(api, owner.account) };
    await run('verify');
    expect(await boundTo()).toEqual(['free', 'bound']);
  });
});

describe('bindFiles', () => {
  it('gives the facts in the order asked, and may be repeated', async () => {
    const caseId = newCaseId();
    const one = (await send(owner.client, await sample.pdf(1), { caseId })).body;
    const two = (await send(owner.client, await sample.pdf(2), { caseId })).body;
    for (let time = 0; time < 2; time += 1) {
      const facts = await bindFiles(api.p, caseId, [two.id, one.id]);
      expect(facts).toMatchObject([
        { id: two.id, sha256: two.sha256, boundTo: caseId },
        { id: one.id, sha256: one.sha256 },
      ]);
    }
    expect((await listFileFacts(api.p, PURPOSE, caseId)).map(({ id }) => id)).toEqual([one.id, two.id]);
  });

  it('refuses a file of another case and one that is not there, all at once', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    const missing = 'e'.repeat(24);
    await expect(bindFiles(api.p, newCaseId(), [body.id, missing])).rejects.toMatchObject({
      problems: [{ pointer: `/files/${body.id}` }, { pointer: `/files/${missing}` }],
    });
  });
});

describe('the integrity of filed files', () => {
  async function filed() {
    const caseId = newCaseId();
    const { body } = await send(owner.client, await sample.pdf(), { caseId });
    await bindFiles(api.p, caseId, [body.id]);
    return { fileId: body.id as string, sha256: body.sha256 as string, subjectId: caseId };
  }

  it('holds for what is untouched', async () => {
    expect(await verifyFiles(api.p, [await filed(), await filed()])).toEqual([]);
  });

  it.each([
    [
      'a byte changed in the database',
      async (id: string) => {
        const chunk = await storedChunks(api.p).collection.findOne({ files_id: id });
        const data = Buffer.from((chunk?.data as { buffer: Buffer }).buffer);
        data[20] = (data[20] ?? 0) ^ 1;
        await storedChunks(api.p).collection.updateOne({ files_id: id }, { $set: { data } });
      },
      'altered',
    ],
    [
      'its parts deleted',
      async (id: string) => void (await storedChunks(api.p).deleteMany({ files_id: id })),
      'missing',
    ],
    [
      'its head deleted',
      async (id: string) => void (await storedFiles(api.p).deleteOne({ _id: id })),
      'missing',
    ],
    ['everything deleted', async (id: string) => void (await files(api.p).deleteOne({ _id: id })), 'missing'],
  ])('is found broken by %s, by itself and once', async (_case, damage, fault) => {
    const reference = await filed();
    references.push(reference);
    await damage(reference.fileId);
    expect(await verifyFiles(api.p, [reference])).toEqual([{ fileId: reference.fileId, fault }]);
    await run('verify');
    await run('verify');
    const found = (await events('files.damaged')).filter(({ data }) => data.fileId === reference.fileId);
    expect(found).toMatchObject([{ data: { fault, subjectId: reference.subjectId } }]);
    references.length = 0;
  });

  it('is found even where the file and its own hash were both replaced: the case has the hash that was filed', async () => {
    const reference = await filed();
    const replacement = await filed();
    await storedChunks(api.p).deleteMany({ files_id: reference.fileId });
    await storedChunks(api.p).collection.updateOne(
      { files_id: replacement.fileId },
      { $set: { files_id: reference.fileId } },
    );
    await storedFiles(api.p).deleteOne({ _id: reference.fileId });
    const head = await storedFiles(api.p).collection.findOne({ _id: replacement.fileId as never });
    await storedFiles(api.p).collection.insertOne({ ...head, _id: reference.fileId } as never);
    await files(api.p).updateOne({ _id: reference.fileId }, { $set: { sha256: replacement.sha256 } });
    if (replacement.sha256 !== reference.sha256) {
      expect(await verifyFiles(api.p, [reference])).toEqual([{ fileId: reference.fileId, fault: 'altered' }]);
    }
  });
});

describe('the sweep', () => {
  it('takes away what a kill cut off, and gives the quota back', async () => {
    const lu = await createCitizen(api);
    await send(lu.client, await sample.pdf());
    const quotas = api.p.database.connection.collection('upload-quotas');
    const quotaId = `${lu.account.id}|2026-10-09`;
    const before = await quotas.findOne({ _id: quotaId as never });
    const { body } = await send(lu.client, await sample.pdf(2));
    // As a kill would have left it: the bytes are there, the last write is not.
    await files(api.p).updateOne(
      { _id: body.id },
      { $set: { state: 'receiving', reserved: { quotaId, bytes: body.sizeBytes } } },
    );
    await run('sweep');
    expect(await files(api.p).countDocuments({ _id: body.id })).toBe(1);
    api.advance(11 * 60_000);
    await run('sweep');
    expect(await files(api.p).countDocuments({ _id: body.id })).toBe(0);
    expect(await storedChunks(api.p).countDocuments({ files_id: body.id })).toBe(0);
    expect((await quotas.findOne({ _id: quotaId as never }))?.bytes).toBe(before?.bytes);
  });

  it('erases what nobody filed and nothing names, and only that', async () => {
    const caseId = newCaseId();
    const ids: Record<string, string> = {};
    for (const fate of ['forgotten', 'named', 'bound']) {
      ids[fate] = (await send(owner.client, await sample.pdf(), { caseId })).body.id as string;
    }
    namedFiles.add(ids.named ?? '');
    await bindFiles(api.p, caseId, [ids.bound ?? '']);
    await api.settle();
    api.advance(31 * DAY);
    owner = { ...owner, client: await signInAs(api, owner.account) };
    const young = (await send(owner.client, await sample.pdf(), { caseId })).body.id as string;
    await run('sweep');
    expect((await getFileFacts(api.p, [...Object.values(ids), young])).map(({ id }) => id)).toEqual([
      ids.named,
      ids.bound,
      young,
    ]);
    expect(await events('files.expired')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ data: expect.objectContaining({ fileId: ids.forgotten }) }),
      ]),
    );
    api.advance(2 * 60_000);
    await run('sweep');
    expect(await storedChunks(api.p).countDocuments({ files_id: ids.forgotten })).toBe(0);
    expect(await files(api.p).countDocuments({ _id: ids.forgotten })).toBe(0);
  });

  it('gives a file back that a draft began to name in the last moment', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    await files(api.p).updateOne({ _id: body.id }, { $set: { state: 'condemned' } });
    namedFiles.add(body.id);
    await run('sweep');
    expect(await getFileFacts(api.p, [body.id])).toHaveLength(1);
  });
});
