import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listAccessTo } from '../../../backend/modules/audit/index.ts';
import { issueForCase } from '../../../backend/modules/certificates/index.ts';
import { certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { electronicCertificates } from '../../../backend/modules/certificates/electronic/electronic.model.ts';
import { ELECTRONIC_OPERATIONS } from '../../../backend/modules/certificates/electronic/contract.ts';
import { certificateSystems } from '../../../backend/modules/certificates/electronic/system.model.ts';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import {
  idIndexOf,
  importUnits,
  recordChange,
  reserveCertificateNo,
} from '../../../backend/modules/register/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';
import { codeOf, LI, NOW, recordOrder, saleTo, SUN, unitImport, ZHAO } from '../register/units.ts';
import type { PartyOrder } from '../../../backend/modules/register/effects/effect.ts';

const ALL = Object.values(ELECTRONIC_OPERATIONS);
type Operation = (typeof ALL)[number];

let api: TestApi;
let administrator: TestPerson;
let key: string;
let systemId: string;
let holder: TestPerson;
let next = 0;

beforeAll(async () => {
  api = await startApi();
  administrator = await createStaff(api, { roles: ['administrator'] });
  holder = await createCitizen(api, { name: SUN.name, idNumber: SUN.idNumber });
  ({ id: systemId, key } = await letIn('市公积金中心业务系统（测试）', ALL));
});
afterAll(() => api.close());

async function letIn(name: string, operations: readonly Operation[], validDays = 30, ofRegistry = true) {
  const { status, body } = await administrator.client.post('/api/admin/e-certificate-systems', {
    name,
    operations,
    validDays,
    ofRegistry,
  });
  expect(status).toBe(201);
  return { id: body.system.id as string, key: body.key as string };
}

/** As each operation is asked; a reason goes with those that show somebody. */
const asked = (operation: Operation, body: object): object => {
  if (operation === 'check') return { certificate: body, purpose: 'housingFund' };
  return operation === 'download' ? { ...body, purpose: 'housingFund' } : body;
};
const call = (operation: Operation, body: object, by: string | null = key) =>
  stranger(api).post(
    `/api/e-certificates/${operation}`,
    asked(operation, body),
    by === null ? {} : { headers: { Authorization: `Bearer ${by}` } },
  );
const codeFor = async (reply: ReturnType<typeof call>) => {
  const { status, body } = await reply;
  return [status, body.error?.code];
};

async function sell(unitCode: string, from: PartyOrder, to: PartyOrder): Promise<string> {
  const order = recordOrder({ unitCode, effects: [] });
  const number = await reserveCertificateNo(api.p, 'title', NOW, {
    holder: `${order.caseId}:${unitCode}`,
    district: unitCode.slice(0, 6),
  });
  const sale = saleTo({ ...to, share: { numerator: 1, denominator: 1 } }, 1, [
    { idNumber: from.idNumber, share: null },
  ]);
  const done = await recordChange(api.p, { ...order, effects: [{ ...sale, certificateNo: number }] });
  expect(done.outcome).toBe('recorded');
  await issueForCase(api.p, order.caseId);
  await api.settle();
  return number;
}

/** A home sold by 赵明远 to 孙晓岚: its certificate's number and its unit. */
async function certificate(): Promise<{ number: string; unitCode: string }> {
  next += 1;
  const unitCode = codeOf(next);
  await importUnits(api.p, [unitImport(unitCode, [ZHAO])]);
  return { number: await sell(unitCode, ZHAO, SUN), unitCode };
}

async function issued() {
  const made = await certificate();
  await call('make', { number: made.number });
  await call('issue', { number: made.number });
  return made;
}

const told = async (type: string, number: string) => {
  await api.settle();
  return auditEntries(api.p).countDocuments({ type: `certificates.${type}`, 'data.number': number });
};

describe('the life of an electronic certificate', () => {
  it('is made, issued, downloaded, checked, and ends with the registration', async () => {
    const { number, unitCode } = await certificate();
    const made = await call('make', { number });
    expect(made).toMatchObject({ status: 200, body: { number, status: 'made', version: 1, issuedAt: null } });
    expect(JSON.stringify(made.body)).not.toContain('孙晓岚');
    // Nothing that follows from the record: names could be tried against it.
    expect(Object.keys(made.body).sort()).toEqual([
      'cancelledAt',
      'cancelledBy',
      'id',
      'issuedAt',
      'madeAt',
      'number',
      'status',
      'version',
    ]);
    expect(await codeFor(call('download', { number, holderName: '孙晓岚' }))).toEqual([
      409,
      'certificates.notIssued',
    ]);
    const issue = await call('issue', { number: number.replace('(', '（').replace(')', '）') });
    expect(issue).toMatchObject({ status: 200, body: { status: 'issued', version: 2 } });
    const pdf = await call('download', { number, holderName: '孙晓岚' });
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(await call('check', { number, holderName: '孙晓岚' })).toMatchObject({
      status: 200,
      body: { certificate: { verdict: 'valid' }, electronic: { status: 'issued', version: 2 } },
    });

    await sell(unitCode, SUN, LI);
    expect((await call('update', { number })).body).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'register',
      version: 3,
    });
    expect((await call('cancel', { number })).body).toMatchObject({ status: 'cancelled', version: 3 });
    expect(await codeFor(call('download', { number, holderName: '孙晓岚' }))).toEqual([
      409,
      'certificates.electronicCancelled',
    ]);
    expect(await codeFor(call('issue', { number }))).toEqual([409, 'certificates.electronicCancelled']);
    expect((await call('check', { number, holderName: '孙晓岚' })).body).toMatchObject({
      certificate: { verdict: 'superseded' },
      electronic: { status: 'cancelled' },
    });
  });

  it('ends with the registration by itself, without a call', async () => {
    const { number, unitCode } = await issued();
    await sell(unitCode, SUN, LI);
    expect((await electronicCertificates(api.p).findOne({ number }).lean())?.status).toBe('cancelled');
    expect(await told('electronicCancelled', number)).toBe(1);
  });

  it('is not made of what the register does not hold, or holds no longer', async () => {
    expect(await codeFor(call('make', { number: '鲁(2026)聊城市不动产权第9999999号' }))).toEqual([
      404,
      'certificates.notHeld',
    ]);
    expect(await codeFor(call('make', { number: '{"$gt":""}' }))).toEqual([404, 'certificates.notHeld']);
    const { number, unitCode } = await certificate();
    await sell(unitCode, SUN, LI);
    expect(await codeFor(call('make', { number }))).toEqual([409, 'certificates.notInForce']);
    expect(await electronicCertificates(api.p).countDocuments({ number })).toBe(0);
  });

  it('takes its steps in order', async () => {
    const { number } = await certificate();
    for (const operation of ['update', 'issue', 'cancel'] as const) {
      expect(await codeFor(call(operation, { number }))).toEqual([409, 'certificates.notMade']);
    }
  });
});

describe('asked again', () => {
  it('is made and issued once, however often and however many at a time, and answers the same', async () => {
    const { number } = await certificate();
    const made = await Promise.all(Array.from({ length: 12 }, () => call('make', { number })));
    expect(new Set(made.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const done = await Promise.all(Array.from({ length: 12 }, () => call('issue', { number })));
    expect(new Set(done.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(done[0]!.body).toMatchObject({ status: 'issued', version: 2 });
    expect(await told('electronicMade', number)).toBe(1);
    expect(await told('electronicIssued', number)).toBe(1);
  });

  it('does not bring back what was cancelled: an old request is only answered', async () => {
    const { number } = await issued();
    const cancelled = await administrator.client.post('/api/admin/e-certificates/cancel', {
      number,
      reason: '制证时选错了证书',
    });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancelledBy: 'administrator' });
    expect((await call('make', { number })).body).toMatchObject({ status: 'cancelled' });
    expect(await codeFor(call('issue', { number }))).toEqual([409, 'certificates.electronicCancelled']);
    expect((await call('update', { number })).body).toMatchObject({ status: 'cancelled' });
    expect(await told('electronicCancelled', number)).toBe(1);
    const { body: inbox } = await holder.client.get('/api/notifications?limit=100');
    const texts = inbox.items.map(({ text }: { text: string }) => text);
    expect(texts.filter((text: string) => text.includes(number) && text.includes('选错'))).toHaveLength(1);
    // The registration is untouched; the file and its QR are not good any more, for nobody, and the holder is told.
    const found = await certificates(api.p).findOne({ number }).lean();
    const byCode = await stranger(api).post('/api/certificates/verify', { token: found!.token });
    expect(byCode.body).toMatchObject({ verdict: 'cancelled', flags: null });
    expect(byCode.body.changedOn).toBe(byCode.body.electronicCancelledOn);
    expect(await codeFor(holder.client.get(`/api/certificates/${found!._id}/pdf`) as never)).toEqual([
      409,
      'certificates.electronicCancelled',
    ]);
    const check = await call('check', { number, holderName: '孙晓岚' });
    expect(check.body).toMatchObject({
      certificate: { verdict: 'valid', electronicCancelledOn: byCode.body.electronicCancelledOn },
      electronic: { status: 'cancelled' },
    });
  });

  it('by a sale at the same moment leaves none that outlives its registration', async () => {
    const { number, unitCode } = await certificate();
    const { collection } = electronicCertificates(api.p);
    const insert = collection.insertMany.bind(collection);
    // The home is sold, and all that follows from it is done, between the look at the register and the write.
    vi.spyOn(collection, 'insertMany').mockImplementationOnce((async (
      ...given: Parameters<typeof insert>
    ) => {
      await sell(unitCode, SUN, LI);
      return insert(...given);
    }) as never);
    expect((await call('make', { number })).body).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'register',
    });
    expect(await told('electronicMade', number)).toBe(1);
    expect(await told('electronicCancelled', number)).toBe(1);
  });

  it('while the home is sold is issued or refused, and has ended either way', async () => {
    const { number, unitCode } = await certificate();
    await call('make', { number });
    const [answer] = await Promise.all([call('issue', { number }), sell(unitCode, SUN, LI)]);
    expect([200, 409]).toContain(answer.status);
    await api.settle();
    expect((await electronicCertificates(api.p).findOne({ number }).lean())?.status).toBe('cancelled');
  });
});

describe('who may call', () => {
  it('is who has a key, and each for what it was let in for', async () => {
    const { number } = await issued();
    const body = { number, holderName: '孙晓岚' };
    for (const operation of ALL) {
      const one = operation === 'download' || operation === 'check' ? body : { number };
      const scoped = await letIn(`只能${operation}的系统`, [operation]);
      for (const asked of ALL) {
        const input = asked === 'download' || asked === 'check' ? body : { number };
        const [status, code] = await codeFor(call(asked, input, scoped.key));
        if (asked === operation) expect([asked, code]).not.toEqual([asked, 'certificates.systemOperation']);
        else expect([status, code]).toEqual([403, 'certificates.systemOperation']);
      }
      for (const wrong of [null, '', 'x', `${key}x`, key.replace(/.$/, key.endsWith('A') ? 'B' : 'A')]) {
        expect(await codeFor(call(operation, one, wrong))).toEqual([401, 'certificates.systemKey']);
      }
    }
  });

  it('is not who is signed in, of staff or an administrator', async () => {
    const { number } = await certificate();
    const { status } = await administrator.client.post('/api/e-certificates/make', { number });
    expect(status).toBe(401);
  });

  it('makes and issues for the registry alone', async () => {
    for (const operation of ['make', 'issue'] as const) {
      const input = { name: '银行业务系统', operations: ['check', operation], validDays: 1 };
      const refused = await administrator.client.post('/api/admin/e-certificate-systems', input);
      expect([refused.status, refused.body.error.code]).toEqual([403, 'certificates.notOfRegistry']);
    }
    // One that was let in before there was a difference.
    const earlier = await letIn('以前登记的外部系统', ALL);
    await certificateSystems(api.p).updateOne({ _id: earlier.id }, { $unset: { ofRegistry: 1 } });
    const { number } = await certificate();
    expect(await codeFor(call('make', { number }, earlier.key))).toEqual([403, 'certificates.notOfRegistry']);
    expect((await call('check', { number, holderName: '孙晓岚' }, earlier.key)).status).toBe(200);
  });

  it('ends with revocation at once, and with the day', async () => {
    const { number } = await certificate();
    const revoked = await letIn('将被停用的系统', ALL);
    expect((await call('make', { number }, revoked.key)).status).toBe(200);
    const path = `/api/admin/e-certificate-systems/${revoked.id}/revoke`;
    const first = await administrator.client.post(path, {});
    expect((await administrator.client.post(path, {})).body.revokedAt).toBe(first.body.revokedAt);
    expect(await codeFor(call('make', { number }, revoked.key))).toEqual([401, 'certificates.systemKey']);
    const short = await letIn('只给一天的系统', ALL, 1);
    await certificateSystems(api.p).updateOne({ _id: short.id }, { $set: { validUntil: api.p.time.now() } });
    expect(await codeFor(call('make', { number }, short.key))).toEqual([401, 'certificates.systemKey']);
  });

  it('is let in by an administrator alone, and the key is nowhere afterwards', async () => {
    const clerk = await createStaff(api, { roles: ['registrar'] });
    const input = { name: '某业务系统', operations: ['check'], validDays: 1 };
    expect((await clerk.client.post('/api/admin/e-certificate-systems', input)).status).toBe(403);
    expect((await stranger(api).post('/api/admin/e-certificate-systems', input)).status).toBe(401);
    const { body } = await administrator.client.get('/api/admin/e-certificate-systems');
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(systemId);
    const stored = await certificateSystems(api.p).find({}).lean();
    const logged = await auditEntries(api.p).find({}).lean();
    const secret = key.slice('ecert_'.length);
    for (const place of [body, stored, logged, api.logLines]) {
      expect(JSON.stringify(place)).not.toContain(secret);
    }
  });
});

describe('what is told', () => {
  it('shows a certificate to who names a holder, and every holder sees who was shown it', async () => {
    const { number, unitCode } = await issued();
    for (const wrong of ['赵明远', '孙晓', '']) {
      const [status, code] = await codeFor(call('download', { number, holderName: wrong }));
      expect([status, code]).toEqual(
        wrong === '' ? [400, 'platform.invalid_input'] : [404, 'certificates.notHeld'],
      );
    }
    const before = await listed();
    expect((await call('download', { number, holderName: '孙晓岚' })).status).toBe(200);
    const after = await listed();
    expect(after.length).toBe(before.length + 1);
    expect(after[0]).toMatchObject({
      actorId: systemId,
      what: ['certificate'],
      why: 'system.housingFund',
      unitCodes: [unitCode],
    });
  });

  it('records a check with the system, its reason and the property, and takes none without a reason', async () => {
    const { number, unitCode } = await issued();
    const certificate = { number, holderName: '孙晓岚' };
    await call('check', certificate);
    expect((await listed())[0]).toMatchObject({
      ...{ actorId: systemId, why: 'system.housingFund', unitCodes: [unitCode] },
      what: ['certificateStatus'],
    });
    const headers = { headers: { Authorization: `Bearer ${key}` } };
    for (const [operation, body] of [
      ['check', { certificate }],
      ['check', { certificate, purpose: 'curiosity' }],
      ['download', certificate],
    ] as const) {
      const { status } = await stranger(api).post(`/api/e-certificates/${operation}`, body, headers);
      expect(status).toBe(400);
    }
  });

  it('names the system in the list of the person who was seen, and what it did, in words', async () => {
    const { number } = await issued();
    await call('download', { number, holderName: '孙晓岚' });
    const { body } = await holder.client.get('/api/me/access-log');
    expect(body.items[0]).toMatchObject({
      who: { kind: 'organisation', name: null, place: { zh: '市公积金中心业务系统（测试）' } },
      why: { zh: '其他单位的业务系统核对或下载证照：办理住房公积金' },
      basis: { zh: '《国务院关于在线政务服务的若干规定》第 10 条' },
    });
  });

  it('carries the numbers of the matter, where a system gives them, to the holder’s list', async () => {
    const { number } = await issued();
    const headers = { headers: { Authorization: `Bearer ${key}` } };
    const certificate = { number, holderName: '孙晓岚' };
    const bodies = {
      check: (given: object) => ({ certificate, purpose: 'housingFund', ...given }),
      download: (given: object) => ({ ...certificate, purpose: 'housingFund', ...given }),
    };
    const given = { matterCode: '11371500MB2857833P', caseNo: '371500-20261009-000123' };
    const newest = async () => (await holder.client.get('/api/me/access-log')).body.items[0];
    for (const operation of ['check', 'download'] as const) {
      const send = (more: object) =>
        stranger(api).post(`/api/e-certificates/${operation}`, bodies[operation](more), headers);
      expect((await send(given)).status).toBe(200);
      expect((await newest()).reference).toEqual(given);
      api.advance(1_000);
      expect((await send({ caseNo: given.caseNo })).status).toBe(200);
      expect((await newest()).reference).toEqual({ matterCode: null, caseNo: given.caseNo });
      api.advance(1_000);
      expect((await send({})).status).toBe(200);
      expect((await newest()).reference).toBeNull();
      // All holders read it: somebody's name or number has no place in it, and nothing is shown for it.
      const [before] = await listed();
      for (const caseNo of ['张三的贷款', 'a b', '<b>1</b>', 'x'.repeat(65)])
        expect([caseNo, (await send({ caseNo })).status]).toEqual([caseNo, 400]);
      const person = await send({ caseNo: holder.account.idNumber });
      expect([person.status, person.body.error.code]).toEqual([422, 'certificates.referenceOfPerson']);
      expect((await listed())[0]!._id).toBe(before!._id);
      api.advance(1_000);
    }
  });

  it('cannot be used to try names at a number, by either operation', async () => {
    const { number } = await issued();
    const system = await letIn('试名字的系统（测试）', ['check', 'download']);
    const name = (n: number) => ({ number, holderName: `王${n}` });
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const operation = n % 2 === 0 ? 'check' : 'download';
      statuses.push((await call(operation, name(n), system.key)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([200, 404]));
    expect((await call('check', name(20), system.key)).status).toBe(429);
    expect((await call('download', name(21), system.key)).status).toBe(429);
    // What one system used up takes nothing from another, and who knows the name is not counted.
    for (let n = 0; n < 25; n += 1)
      expect((await call('check', { number, holderName: '孙晓岚' })).status).toBe(200);
  });

  it('answers a check as verification does, and says nothing of the electronic form where that fits nobody', async () => {
    const { number } = await issued();
    const verified = async (body: object) =>
      (await stranger(api).post('/api/certificates/verify', body)).body;
    for (const input of [
      { number, holderName: '孙晓岚' },
      { number, holderName: '王五' },
      { number: '鲁(2026)聊城市不动产权第9999999号', holderName: '孙晓岚' },
      { token: 'x'.repeat(22) },
    ]) {
      const { body } = await call('check', input);
      expect(body.certificate).toEqual(await verified(input));
      if (body.certificate.verdict === 'noMatch') expect(body.electronic).toBeNull();
    }
  });
});

async function listed() {
  const index = idIndexOf(api.p, SUN.idNumber);
  return (await listAccessTo(api.p, index, { limit: 50 })).items;
}
