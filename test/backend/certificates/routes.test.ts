import { verify as checkSignature } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { readKeys } from '../../../backend/modules/certificates/offline/keys.ts';
import { readStanding } from '../../../backend/modules/certificates/offline/statement.ts';
import { checkEd25519, sha256 } from '../../support/proofs.ts';
import { issueForCase } from '../../../backend/modules/certificates/index.ts';
import { importUnits, recordChange, reserveCertificateNo } from '../../../backend/modules/register/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';
import { codeOf, party, recordOrder, unitImport, WHOLE } from '../register/units.ts';

let api: TestApi;
let seller: TestPerson;
let buyer: TestPerson;
let clerk: TestPerson;
let number: string;

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  seller = await createCitizen(api, { name: '赵明远' });
  buyer = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { roles: ['issuance'] });
  const unitCode = codeOf(1);
  await importUnits(api.p, [unitImport(unitCode, [party('赵明远', seller.account.idNumber, WHOLE)])]);
  const order = recordOrder({ unitCode });
  number = await reserveCertificateNo(api.p, 'title', order.at, {
    holder: `${order.caseId}:${unitCode}:0`,
    district: unitCode.slice(0, 6),
  });
  await recordChange(api.p, {
    ...order,
    effects: [
      {
        kind: 'ownership.transfer',
        from: [{ idNumber: seller.account.idNumber, share: null }],
        to: [party('孙晓岚', buyer.account.idNumber)],
        coOwnership: 0,
        certificateNo: number,
      },
    ],
  });
  await issueForCase(api.p, order.caseId);
});
afterAll(() => api.close());

const verify = (body: object) => stranger(api).post('/api/certificates/verify', body);

describe('a name tried at a number', () => {
  it('is one count, wherever it is tried', async () => {
    const from = { headers: { 'X-Forwarded-For': '10.7.7.7' } };
    const answered: Record<string, number> = { verify: 0, status: 0 };
    for (const path of ['verify', 'status'])
      for (let n = 0; n < 21; n += 1) {
        const body = { number, holderName: `李${n}` };
        const { status } = await stranger(api).post(`/api/certificates/${path}`, body, from);
        if (status === 200) answered[path]! += 1;
      }
    expect(answered).toEqual({ verify: 20, status: 0 });
  });
});

describe('POST /api/certificates/verify', () => {
  it('needs no account', async () => {
    const { status, body } = await verify({ number, holderName: '孙晓岚' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict: 'valid', number, holdersMasked: null });
  });

  it('answers a mismatch with 200 and nothing in it', async () => {
    const { status, body } = await verify({ number, holderName: '赵明远' });
    expect([status, body.verdict, body.number, body.flags]).toEqual([200, 'noMatch', null, null]);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['a number alone', { number: '鲁(2026)聊城市不动产权第0000001号' }],
    ['an operator for a name', { number: '鲁(2026)聊城市不动产权第0000001号', holderName: { $gt: '' } }],
    ['an unknown field', { token: 'x', extra: 1 }],
    ['an endless name', { number: 'x', holderName: '赵'.repeat(201) }],
  ])('refuses %s', async (_, body) => {
    expect((await verify(body)).status).toBe(400);
  });

  it('slows down who tries name after name, whatever account they use', async () => {
    // From an address of its own: what it has used up must not meet the tests after this.
    const options = { headers: { 'X-Forwarded-For': '198.51.100.7' } };
    const curious = await Promise.all([createCitizen(api), createCitizen(api)]);
    const tries = curious.flatMap(({ client }, at) =>
      Array.from({ length: 11 }, (_, n) =>
        client.post('/api/certificates/verify', { number, holderName: `赵${at}${n}` }, options),
      ),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it('answers a hundred that are right at once', async () => {
    const options = { headers: { 'X-Forwarded-For': '198.51.100.9' } };
    const tries = Array.from({ length: 100 }, () =>
      stranger(api).post('/api/certificates/verify', { number, holderName: '孙晓岚' }, options),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('POST /api/certificates/status', () => {
  const status = (body: object, options = {}) =>
    stranger(api).post('/api/certificates/status', body, options);

  it('gives whoever knows number and holder a signed statement, checked with the log’s printed keys', async () => {
    await api.settle();
    const { body: answer } = await status({ number, holderName: '孙晓岚' });
    const { body: log } = await stranger(api).get('/api/ledger');
    const keys = readKeys(sha256, log.keys, { ed25519: checkEd25519 });
    expect(await readStanding(answer.statement, keys)).toMatchObject({ status: 'valid', size: log.size });
    expect(await readStanding(log.checkpoint, keys)).toBeNull();
    expect(await readStanding(answer.statement.replace('valid', 'cancelled'), keys)).toBeNull();
  });

  it('gives the same nothing for a wrong name, and slows down who goes on', async () => {
    const options = { headers: { 'X-Forwarded-For': '198.51.100.11' } };
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, n) => status({ number, holderName: `赵${n}` }, options)),
    );
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(20);
    expect(answers.find(({ status: code }) => code === 200)?.body).toEqual({ statement: null });
  });
});

describe('GET /api/certificates/public-keys', () => {
  it('lets anybody check the signed record that travels inside the PDF', async () => {
    const { body } = await stranger(api).get('/api/certificates/public-keys');
    const certificate = (await certificates(api.p).findOne({ number }).lean())!;
    const { publicKeyPem } = body.items.find(({ keyId }: { keyId: string }) => keyId === certificate.keyId);
    const signature = Buffer.from(certificate.signature, 'base64url');
    expect(checkSignature(null, Buffer.from(certificate.record), publicKeyPem, signature)).toBe(true);
  });
});

describe('a holder’s certificates', () => {
  it('are listed with where to download and to verify them', async () => {
    const { body } = await buyer.client.get('/api/me/certificates');
    expect(body.nextCursor).toBeNull();
    expect(body.items).toMatchObject([
      {
        number,
        kind: 'title',
        status: 'valid',
        holders: ['孙晓岚'],
        subject: { en: expect.stringContaining('ownership') },
      },
    ]);
    const [{ verifyUrl }] = body.items as [{ verifyUrl: string }];
    const token = verifyUrl.split('/').at(-1);
    expect((await verify({ token })).body).toMatchObject({
      verdict: 'valid',
      number,
      holdersMasked: ['孙*岚'],
    });
  });

  it('come as PDF to the holder and to staff, and to nobody else', async () => {
    const { body } = await buyer.client.get('/api/me/certificates');
    const [{ id, pdfUrl }] = body.items as [{ id: string; pdfUrl: string }];
    for (const person of [buyer, clerk]) {
      const { status, headers, body: pdf } = await person.client.get(pdfUrl);
      expect([status, headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
      expect((pdf as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
      expect(decodeURIComponent(headers.get('Content-Disposition') ?? '')).toContain(number);
    }
    const theirs = await seller.client.get(pdfUrl);
    const absent = await seller.client.get(`/api/certificates/${'0'.repeat(24)}/pdf`);
    expect([theirs.status, theirs.body.error.code]).toEqual([404, 'certificates.notFound']);
    expect(theirs.body.error.message).toBe(absent.body.error.message);
    expect((await stranger(api).get(pdfUrl)).status).toBe(401);
    expect((await seller.client.get(`/api/certificates/${id}`)).status).toBe(404);
    expect((await buyer.client.get(`/api/certificates/${id}`)).body).toMatchObject({ id, number });
  });
});
