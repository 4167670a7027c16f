import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseContent, openContentForWriting } from '../../../backend/modules/files/content.ts';
import { MAX_DAILY_BYTES, MAX_FILES_PER_CASE } from '../../../backend/modules/files/contract.ts';
import { files, storedChunks, storedFiles, uploadQuotas } from '../../../backend/modules/files/file.model.ts';
import { newId } from '../../../backend/platform/ids.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, stranger, type TestPerson } from '../../support/people.ts';
import { closedSubjects, formOf, newCaseId, PURPOSE, send } from './desk.ts';
import * as sample from './samples.ts';

let api: TestApi;
let li: TestPerson;

beforeAll(async () => {
  api = await startApi();
  li = await createCitizen(api);
});
afterAll(() => api.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Documents and bytes of uploads that are not whole files. */
async function leftovers(): Promise<{ documents: number; heads: number; chunks: number }> {
  const whole = (await files(api.p).find({ state: 'ready' }, { _id: 1 }).lean()).map(({ _id }) => _id);
  return {
    documents: await files(api.p).countDocuments({ _id: { $nin: whole } }),
    heads: await storedFiles(api.p).countDocuments({ _id: { $nin: whole } }),
    chunks: await storedChunks(api.p).countDocuments({ files_id: { $nin: whole } }),
  };
}
const NOTHING = { documents: 0, heads: 0, chunks: 0 };

async function waitFor(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return;
    await delay(50);
  }
  throw new Error('it did not come to pass in 5 s');
}

describe('an upload', () => {
  it('is stored with its hash, under an id of ours and the name of theirs', async () => {
    const bytes = await sample.pdf(3);
    const caseId = newCaseId();
    const { status, body } = await send(li.client, bytes, { caseId, name: '../购房合同.PDF' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: '购房合同.pdf',
      type: 'application/pdf',
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      pages: 3,
      scan: 'notScanned',
      purpose: PURPOSE,
      caseId,
      materialCode: 'contract',
      bound: false,
    });
    const stored = await files(api.p).findOne({ _id: body.id }).lean();
    expect(stored?.outbox?.map(({ type }) => type) ?? []).toEqual(
      expect.not.arrayContaining(['files.removed']),
    );
  });

  it('of a picture keeps no place and no camera', async () => {
    const picture = sample.withSegments(await sample.jpeg(), sample.exif('GPS 36.45N HUAWEI'));
    const { status, body } = await send(li.client, picture, { name: 'a.jpg', type: 'image/jpeg' });
    expect(status).toBe(201);
    const { body: back } = await li.client.get(`/api/files/${body.id}`);
    expect((back as Buffer).includes('HUAWEI')).toBe(false);
    expect(sha256(back as Buffer)).toBe(body.sha256);
  });

  it('leaves an event for the audit and the scanner', async () => {
    const { body } = await send(li.client, await sample.png(), { name: 'a.png', type: 'image/png' });
    await api.settle();
    const entries = await api.p.database.connection
      .collection('audit')
      .find({ 'subject.id': body.id })
      .toArray();
    expect(entries).toMatchObject([{ type: 'files.uploaded', actorId: li.account.id }]);
  });

  it('writes with the journaled concern of the connection, GridFS included', async () => {
    const { connection, writeConcern } = api.p.database;
    expect(connection.db?.collection('file-content.chunks').writeConcern).toMatchObject(writeConcern);
    expect(writeConcern.j).toBe(true);
  });
});

describe('a refused upload leaves nothing behind and says one reason', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, string, string, number, string]>([
    ['an empty file', () => Buffer.alloc(0), 'a.pdf', 'application/pdf', 422, 'files.empty'],
    ['a lying name', () => sample.png(), 'a.pdf', 'application/pdf', 415, 'files.type_differs'],
    ['a wrong type', () => sample.zip(), 'a.zip', 'application/zip', 415, 'files.type_not_accepted'],
    ['an iPhone photo', () => sample.heic(), 'a.heic', 'image/heic', 415, 'files.heic_not_accepted'],
    [
      'a cut-off picture',
      async () => (await sample.jpeg()).subarray(0, 400),
      'a.jpg',
      'image/jpeg',
      422,
      'files.truncated',
    ],
    [
      'a cut-off PDF',
      async () => (await sample.pdf()).subarray(0, 400),
      'a.pdf',
      'application/pdf',
      422,
      'files.truncated',
    ],
    [
      'a picture bomb',
      () => sample.pngBomb(64_000, 64_000),
      'a.png',
      'image/png',
      422,
      'files.picture_too_big',
    ],
    [
      'a picture whose data is junk',
      () => sample.pngBomb(500, 500),
      'a.png',
      'image/png',
      422,
      'files.broken',
    ],
    [
      'a polyglot',
      async () => Buffer.concat([await sample.jpeg(), sample.zip()]),
      'a.jpg',
      'image/jpeg',
      422,
      'files.mixed_content',
    ],
    [
      'a locked PDF',
      () => sample.pdf(1, { userPassword: 'x', pdfVersion: '1.7' }),
      'a.pdf',
      'application/pdf',
      422,
      'files.encrypted',
    ],
    [
      'a PDF with JavaScript',
      () => sample.rawPdf({ catalog: '/OpenAction << /S /JavaScript /JS (x) >>' }),
      'a.pdf',
      'application/pdf',
      422,
      'files.active_content',
    ],
    ['a PDF of 1,000 pages', () => sample.pdf(1000), 'a.pdf', 'application/pdf', 422, 'files.too_many_pages'],
    [
      'a PDF with nothing in it',
      () => Buffer.from('%PDF-1.7\njunk\n%%EOF\n'),
      'a.pdf',
      'application/pdf',
      422,
      'files.broken',
    ],
  ])('%s', async (_case, make, name, type, status, code) => {
    const reply = await send(li.client, await make(), { name, type });
    expect({ status: reply.status, code: reply.body.error?.code }).toEqual({ status, code });
    expect(reply.body.error.message).not.toContain('{');
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('a file over 20 MB, by what it says of itself', async () => {
    const reply = await send(li.client, Buffer.alloc(22 * 1024 * 1024));
    expect({ status: reply.status, code: reply.body.error.code }).toEqual({
      status: 413,
      code: 'files.too_large',
    });
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('a file over 20 MB that does not say its size', async () => {
    const whole = new Response(
      formOf(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(21 * 1024 * 1024)])),
    );
    const headers = new Headers(whole.headers);
    const response = await fetch(`${api.url}/api/files`, {
      method: 'POST',
      headers: {
        Origin: api.p.config.publicOrigin,
        'Content-Type': headers.get('Content-Type') ?? '',
        Cookie: [...li.client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: whole.body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'files.too_large' } });
    expect(await leftovers()).toEqual(NOTHING);
  });

  it.each([
    ['JSON instead of a form', JSON.stringify({}), 'application/json', 415, 'files.not_multipart'],
    ['a form without a boundary', 'x', 'multipart/form-data', 400, 'files.malformed'],
    [
      'a form that breaks off',
      '--b\r\nContent-Disposition: form-data; name="fi',
      'multipart/form-data; boundary=b',
      400,
      'files.malformed',
    ],
    [
      'a form without a file',
      '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ntrial\r\n--b--\r\n',
      'multipart/form-data; boundary=b',
      415,
      'files.not_multipart',
    ],
    ['nothing', '', 'multipart/form-data; boundary=b', 400, 'files.malformed'],
  ])('%s', async (_case, body, type, status, code) => {
    const reply = await li.client.send('POST', '/api/files', Buffer.from(body), {
      headers: { 'Content-Type': type },
    });
    expect({ status: reply.status, code: reply.body.error?.code }).toEqual({ status, code });
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('a content that is broken off while a part of it is on its way to the database', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const id = newId();
      const stream = openContentForWriting(api.p, id);
      stream.write(Buffer.alloc(1024 * 1024 + 5));
      await new Promise((resolve) => setImmediate(resolve));
      stream.destroy();
      await once(stream, 'close');
      await eraseContent(api.p, id);
    }
    await delay(200);
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('no case, a foreign id that is none, an operator in its place', async () => {
    for (const caseId of ['', 'x', '{"$gt":""}', '__proto__']) {
      const reply = await send(li.client, await sample.pdf(), { caseId });
      expect(reply.body.error).toMatchObject({
        code: 'files.field_missing',
        details: [{ pointer: '/caseId' }],
      });
    }
  });

  it('two files in one request', async () => {
    const form = formOf(await sample.pdf());
    form.append('file', new Blob([await sample.pdf()] as Uint8Array<ArrayBuffer>[]), 'b.pdf');
    expect((await li.client.send('POST', '/api/files', form)).body.error.code).toBe('files.one_at_a_time');
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('a purpose that nobody owns, or a case that is closed', async () => {
    const caseId = newCaseId();
    closedSubjects.add(caseId);
    for (const given of [{ purpose: 'nobodys' }, { caseId }]) {
      const reply = await send(li.client, await sample.pdf(), given);
      expect(reply).toMatchObject({ status: 403, body: { error: { code: 'files.cannot_attach' } } });
    }
  });

  it('a visitor who is not signed in', async () => {
    expect((await send(stranger(api), await sample.pdf())).status).toBe(401);
  });

  it('a sender who goes away half-way', async () => {
    const before = await uploadQuotas(api.p)
      .findOne({ _id: new RegExp(li.account.id) })
      .lean();
    const cookie = [...li.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    const field = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nOrigin: ${api.p.config.publicOrigin}\r\nCookie: ${cookie}\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n' +
        field('purpose', PURPOSE) +
        field('caseId', newCaseId()) +
        field('materialCode', 'contract') +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n',
    );
    socket.write(Buffer.alloc(2_500_000, 0x20));
    await waitFor(
      async () => (await storedChunks(api.p).countDocuments()) > 0 && (await leftovers()).chunks > 0,
    );
    socket.destroy();
    await waitFor(async () => JSON.stringify(await leftovers()) === JSON.stringify(NOTHING));
    const after = await uploadQuotas(api.p)
      .findOne({ _id: new RegExp(li.account.id) })
      .lean();
    expect(after?.bytes).toBe(before?.bytes);
  });
});

describe('limits hold under parallel uploads', () => {
  it('50 at once do not exceed the day by a byte, and what is charged is what was sent', async () => {
    const wang = await createCitizen(api);
    const bytes = await sample.pdf();
    const day = '2026-10-09';
    const quotaId = `${wang.account.id}|${day}`;
    const room = 10 * (bytes.length + 1000);
    await uploadQuotas(api.p).collection.insertOne({
      _id: quotaId as never,
      day,
      bytes: MAX_DAILY_BYTES - room,
    } as never);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => send(wang.client, bytes, { caseId: newCaseId() })),
    );
    const taken = replies.filter(({ status }) => status === 201).length;
    expect(taken).toBeGreaterThanOrEqual(8);
    expect(
      replies
        .filter(({ status }) => status !== 201)
        .every(({ body }) => body.error.code === 'files.daily_quota'),
    ).toBe(true);
    const quota = await uploadQuotas(api.p).findOne({ _id: quotaId }).lean();
    expect(quota?.bytes).toBe(MAX_DAILY_BYTES - room + taken * bytes.length);
    expect(quota?.bytes).toBeLessThanOrEqual(MAX_DAILY_BYTES);
  });

  it('40 at once put exactly 30 files into a case', async () => {
    const wang = await createCitizen(api);
    const caseId = newCaseId();
    const bytes = await sample.png();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        send(wang.client, bytes, { caseId, name: `${index}.png`, type: 'image/png' }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(MAX_FILES_PER_CASE);
    expect(replies.filter(({ body }) => body.error?.code === 'files.case_full')).toHaveLength(10);
    expect(await files(api.p).countDocuments({ subjectId: caseId })).toBe(MAX_FILES_PER_CASE);
  });
});

describe('the same upload sent again', () => {
  it('gives the same file', async () => {
    const given = { caseId: newCaseId(), key: 'retry-1' };
    const bytes = await sample.pdf();
    const first = await send(li.client, bytes, given);
    const second = await send(li.client, bytes, given);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(await files(api.p).countDocuments({ subjectId: given.caseId })).toBe(1);
  });

  it('with another file or for another case is refused', async () => {
    const given = { caseId: newCaseId(), key: 'retry-2' };
    await send(li.client, await sample.pdf(), given);
    for (const again of [
      send(li.client, await sample.pdf(2), given),
      send(li.client, await sample.pdf(), { ...given, caseId: newCaseId() }),
    ]) {
      expect((await again).body.error.code).toBe('files.key_reused');
    }
  });

  it('five times at once is one file', async () => {
    const given = { caseId: newCaseId(), key: 'retry-3' };
    const bytes = await sample.pdf();
    const replies = await Promise.all(Array.from({ length: 5 }, () => send(li.client, bytes, given)));
    expect(await files(api.p).countDocuments({ subjectId: given.caseId, state: 'ready' })).toBe(1);
    for (const { status, body } of replies) {
      expect(status === 201 || body.error.code === 'files.upload_in_progress').toBe(true);
    }
  });
});
