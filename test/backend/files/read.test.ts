import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindFiles } from '../../../backend/modules/files/index.ts';
import { files, storedChunks, storedFiles } from '../../../backend/modules/files/file.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';
import { closedSubjects, newCaseId, readable, send } from './desk.ts';
import * as sample from './samples.ts';

let api: TestApi;
let owner: TestPerson;
let other: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  api = await startApi();
  owner = await createCitizen(api);
  other = await createCitizen(api);
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterAll(() => api.close());

const NO_SUCH_ID = 'f'.repeat(24);

describe('a download', () => {
  it('is a file to save, never a page to run', async () => {
    const bytes = await sample.pdf();
    const { body } = await send(owner.client, bytes, { name: '合同 (1).pdf' });
    const reply = await owner.client.get(`/api/files/${body.id}`);
    expect(reply.status).toBe(200);
    expect(Buffer.compare(reply.body as Buffer, bytes)).toBe(0);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition':
        'attachment; filename="__ (1).pdf"; filename*=UTF-8\'\'%E5%90%88%E5%90%8C%20%281%29.pdf',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': String(bytes.length),
    });
  });

  it('is for the owner and for whom the case allows; others cannot tell that it exists', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    readable.add(`${clerk.account.id} ${body.id}`);
    const missing = await other.client.get(`/api/files/${NO_SUCH_ID}`);
    for (const path of [`/api/files/${body.id}`, `/api/files/${body.id}/preview`]) {
      expect((await clerk.client.get(path)).status).toBe(200);
      expect((await stranger(api).get(path)).status).toBe(401);
      const foreign = await other.client.get(path);
      expect(foreign.status).toBe(404);
      expect({ ...foreign.body.error, requestId: '' }).toEqual({ ...missing.body.error, requestId: '' });
    }
    expect((await other.client.delete(`/api/files/${body.id}`)).status).toBe(404);
  });

  it('of a content that is damaged says so, and what to do', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    await storedFiles(api.p).deleteOne({ _id: body.id });
    const reply = await owner.client.get(`/api/files/${body.id}`);
    expect(reply).toMatchObject({ status: 500, body: { error: { code: 'files.damaged' } } });
  });
});

describe('a preview', () => {
  it('shows each page of a PDF as a picture drawn by us', async () => {
    const { body } = await send(owner.client, await sample.pdf(2));
    const first = await owner.client.get(`/api/files/${body.id}/preview`);
    const second = await owner.client.get(`/api/files/${body.id}/preview?page=2&width=300`);
    expect(first.headers.get('Content-Type')).toBe('image/webp');
    expect(first.headers.get('Content-Security-Policy')).toContain('sandbox');
    const picture = await loadImage(second.body as Buffer);
    expect(picture.width).toBe(320);
    expect(picture.height / picture.width).toBeCloseTo(Math.SQRT2, 2);
    expect(Buffer.compare(first.body as Buffer, second.body as Buffer)).not.toBe(0);
  });

  it('turns a photo as it was taken', async () => {
    const photo = sample.withSegments(await sample.jpeg(60, 40), sample.exif('GPS'));
    const { body } = await send(owner.client, photo, { name: 'a.jpg', type: 'image/jpeg' });
    const picture = await loadImage((await owner.client.get(`/api/files/${body.id}/preview`)).body as Buffer);
    expect([picture.width, picture.height]).toEqual([40, 60]);
  });

  it('of a page that is not there is refused', async () => {
    const { body } = await send(owner.client, await sample.pdf(2));
    const reply = await owner.client.get(`/api/files/${body.id}/preview?page=3`);
    expect(reply).toMatchObject({ status: 404, body: { error: { code: 'files.no_such_page' } } });
    for (const query of ['page=0', 'page=x', 'page=1e9', 'width=100000', 'page=1&page=2']) {
      expect((await owner.client.get(`/api/files/${body.id}/preview?${query}`)).status, query).toBe(400);
    }
  });
});

describe('many previews of one account', () => {
  it('are drawn one after another, behind uploads and in turn with others, and no more than wait in line', async () => {
    const busy = await createCitizen(api);
    const { body } = await send(busy.client, await sample.pdf(60));
    const { body: own } = await send(other.client, await sample.pdf());
    const order: string[] = [];
    const note = (name: string) => (reply: { status: number }) => {
      order.push(name);
      return reply.status;
    };
    const pages = Array.from({ length: 60 }, (_, page) =>
      busy.client.get(`/api/files/${body.id}/preview?page=${page + 1}&width=2400`).then(note('busy')),
    );
    await Promise.any(pages);
    const uploaded = send(other.client, await sample.pdf()).then(note('upload'));
    const looked = other.client.get(`/api/files/${own.id}/preview?width=160`).then(note('look'));
    expect([await uploaded, await looked]).toEqual([201, 200]);
    const statuses = await Promise.all(pages);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    const last = order.lastIndexOf('busy');
    expect(order.indexOf('upload')).toBeLessThan(last);
    expect(order.indexOf('look')).toBeLessThan(last);
  }, 60_000);

  it('are asked for 240 times a minute and no more', async () => {
    const busy = await createCitizen(api);
    const { body } = await send(busy.client, await sample.pdf());
    const look = () => busy.client.get(`/api/files/${body.id}/preview?width=160`);
    expect((await look()).status).toBe(200);
    const statuses = (await Promise.all(Array.from({ length: 240 }, look))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('a delete', () => {
  it('erases bytes and name, frees the place, and is told to the audit', async () => {
    const { body } = await send(owner.client, await sample.pdf());
    expect((await owner.client.delete(`/api/files/${body.id}`)).status).toBe(204);
    expect((await owner.client.get(`/api/files/${body.id}`)).status).toBe(404);
    expect((await owner.client.delete(`/api/files/${body.id}`)).status).toBe(404);
    expect(await storedChunks(api.p).countDocuments({ files_id: body.id })).toBe(0);
    expect(await files(api.p).findOne({ _id: body.id }).lean()).toMatchObject({
      state: 'removed',
      name: '',
      slot: null,
    });
    await api.settle();
    const entries = await api.p.database.connection
      .collection('audit')
      .find({ 'subject.id': body.id })
      .sort({ _id: 1 })
      .toArray();
    expect(entries.map(({ type }) => type as string)).toEqual(['files.uploaded', 'files.removed']);
  });

  it('of a filed file, or on a closed case, is refused', async () => {
    const caseId = newCaseId();
    const { body } = await send(owner.client, await sample.pdf(), { caseId });
    closedSubjects.add(caseId);
    expect((await owner.client.delete(`/api/files/${body.id}`)).body.error.code).toBe('files.cannot_attach');
    closedSubjects.delete(caseId);
    await bindFiles(api.p, caseId, [body.id]);
    expect((await owner.client.delete(`/api/files/${body.id}`)).body.error.code).toBe('files.in_use');
  });

  it('and a filing at the same moment: one of them wins, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const caseId = newCaseId();
      const { body } = await send(owner.client, await sample.png(), {
        caseId,
        name: 'a.png',
        type: 'image/png',
      });
      const [removed, bound] = await Promise.allSettled([
        owner.client.delete(`/api/files/${body.id}`),
        bindFiles(api.p, caseId, [body.id]),
      ]);
      const gone = removed.status === 'fulfilled' && removed.value.status === 204;
      expect(gone).toBe(bound.status === 'rejected');
      const left = await storedChunks(api.p).countDocuments({ files_id: body.id });
      expect(left > 0).toBe(!gone);
    }
  });
});
