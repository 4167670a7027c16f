import { execFileSync } from 'node:child_process';
import { verify as checkSignature } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSources } from '../../../backend/leaf-sources.ts';
import type { Genuine } from '../../../backend/modules/certificates/offline/verify.ts';
import { fieldsOf } from '../../../backend/modules/query/offline/result-fields.ts';
import { resultRows } from '../../../backend/modules/query/offline/result.ts';
import { readResult } from '../../../backend/modules/query/result-record.ts';
import { verifyFile } from '../../../backend/modules/certificates/offline/bundle.ts';
import { proveEntry, verifyLog } from '../../../backend/modules/ledger/index.ts';
import { ledgerVerifiers } from '../../../backend/modules/ledger/keys.ts';
import { enqueueAcceptance, markServed, recordChange } from '../../../backend/modules/register/index.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, newIdNumber, stranger, type TestPerson } from '../../support/people.ts';
import { sha256 } from '../../support/proofs.ts';
import { codeOf, party, recordOrder, SUN, unitImport, WHOLE } from '../register/units.ts';
import { acceptAs, ask, askWithPapers, register } from './asking.ts';

let api: TestApi;
let owner: TestPerson;
let homeless: TestPerson;

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  homeless = await createCitizen(api, { name: '孙晓岚' });
  await register(api, [
    unitImport(codeOf(1), [party('赵明远', owner.account.idNumber, WHOLE)]),
    unitImport(codeOf(2), [party('赵明远', owner.account.idNumber, WHOLE)]),
  ]);
});
afterAll(() => api.close());

const tokenIn = ({ verifyUrl }: { verifyUrl: string }): string => verifyUrl.split('/').at(-1)!;
const verify = async (token: string) => (await stranger(api).post('/api/queries/verify', { token })).body;

describe('a result', () => {
  it('is a PDF whose record anybody can check with the published key', async () => {
    const { body } = await ask(owner.client);
    const { status, body: bytes, headers } = await owner.client.get(body.result.pdfUrl);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
    expect((bytes as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const stored = (await queries(api.p).findById(body.id).lean())!.result!;
    const keys = (await stranger(api).get('/api/certificates/public-keys')).body.items;
    const key = keys.find((one: { keyId: string }) => one.keyId === stored.keyId);
    const signature = Buffer.from(stored.signature, 'base64url');
    expect(checkSignature(null, Buffer.from(stored.record), key.publicKeyPem, signature)).toBe(true);
    expect(
      checkSignature(null, Buffer.from(stored.record.replace('赵', '钱')), key.publicKeyPem, signature),
    ).toBe(false);
  });

  it('of one’s own has the asker’s number in full on the paper, and nowhere else', async () => {
    const { body } = await ask(owner.client);
    const { idNumber } = owner.account;
    const file = join(mkdtempSync(join(tmpdir(), 'query-')), 'own.pdf');
    writeFileSync(file, (await owner.client.get(body.result.pdfUrl)).body as Buffer);
    expect(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' })).toContain(idNumber);
    const stored = JSON.stringify(await queries(api.p).findById(body.id).lean());
    const verified = JSON.stringify(await verify(tokenIn(body.result)));
    for (const text of [stored, verified, JSON.stringify(body)]) expect(text).not.toContain(idNumber);
  });

  it('is a leaf of the ledger that commits to every field and says none, and its file carries the proof', async () => {
    const { body } = await ask(owner.client);
    await api.settle();
    const stored = (await queries(api.p).findById(body.id).lean())!.result!;
    const leaf = JSON.parse(stored.leaf.bytes);
    expect(leaf).toMatchObject({ kind: 'queryResult', entryId: `queryResult:${body.id}` });
    expect(Object.keys(leaf.fields)).toEqual(expect.arrayContaining(['asker', 'no', 'purpose', 'units']));
    expect(stored.leaf.bytes).not.toContain('赵');
    const proof = await proveEntry(api.p, leaf.entryId);
    expect(proof).not.toBeNull();
    const { body: bytes } = await owner.client.get(body.result.pdfUrl);
    const origin = `${new URL(api.p.config.publicOrigin).host}/ledger`;
    const said = await verifyFile(bytes as Buffer, { sha256, verifiers: ledgerVerifiers(api.p, origin) });
    expect(said).toMatchObject({
      verdict: 'genuine',
      kind: 'queryResult',
      document: 'queryResult',
      pages: 'whole',
    });
    // Whoever has the proof alone reads what the paper says, row by row.
    const rows = resultRows((said as Genuine).fields);
    const printed = fieldsOf(readResult(stored.record));
    expect(rows).toEqual(expect.arrayContaining(printed));
    expect(printed.length).toBeGreaterThan(12);
  });

  it('is found by the check of the whole log when its record or its leaf is touched', async () => {
    const { body } = await ask(owner.client);
    await api.settle();
    expect((await verifyLog(api.p, leafSources)).wrong).toEqual([]);
    const { record } = (await queries(api.p).findById(body.id).lean())!.result!;
    const change = (text: string) =>
      queries(api.p).collection.updateOne({ _id: body.id as never }, { $set: { 'result.record': text } });
    await change(record.replace('赵明远', '钱明远'));
    expect(JSON.stringify(await verifyLog(api.p, leafSources))).toContain(`queryResult:${body.id}`);
    await change(record);
  });

  it('is withheld when its record was touched in the database', async () => {
    const { body } = await ask(owner.client);
    const stored = (await queries(api.p).findById(body.id).lean())!.result!;
    const record = stored.record.replace('赵明远', '钱明远');
    await queries(api.p).collection.updateOne(
      { _id: body.id as never },
      { $set: { 'result.record': record } },
    );
    const { status, body: answer } = await owner.client.get(body.result.pdfUrl);
    expect([status, answer.error.code]).toEqual([500, 'query.signatureBroken']);
    await queries(api.p).collection.updateOne(
      { _id: body.id as never },
      { $set: { 'result.record': stored.record } },
    );
  });

  it.each(['noProperty', 'refusal'])('%s is printed as well', async (kind) => {
    const clerk = await createStaff(api, { roles: ['archivist'] });
    const asked =
      kind === 'noProperty'
        ? await ask(homeless.client)
        : await askWithPapers(homeless, { target: codeOf(1) });
    if (kind === 'refusal') {
      const given = { revision: 1, reason: 'evidenceInsufficient', explanation: '合同没有签字😀。' };
      await clerk.client.post(`/api/query-items/${asked.body.id}/refuse`, given);
    }
    const { status, body: bytes } = await homeless.client.get(`/api/queries/${asked.body.id}/pdf`);
    expect([status, (bytes as Buffer).length > 10_000]).toEqual([200, true]);
  });
});

describe('a result about somebody else', () => {
  const OF: readonly { given: () => object; papers: string[]; rows: [key: string, text: RegExp][] }[] = [
    {
      given: () => ({ kind: 'heir', purpose: 'inheritance', person: { name: '赵“明”远', ...number() } }),
      papers: ['inheritanceProof'],
      rows: [
        ['query', /^继承人、受遗赠人查询$/],
        ['person', /^查询人所写：“赵‘明’远”　371502\*{8}\w{4}$/],
        ['outcome', /^用上面的证件号码登记的不动产 \d 处，见下$/],
      ],
    },
    {
      given: () => ({ kind: 'manager', purpose: 'management', person: { name: '无此人', ...noNumber } }),
      papers: ['authorityProof'],
      rows: [
        ['query', /监护人、清算组等/],
        ['purpose', /^管理、处分所代管的财产$/],
        ['outcome', /^登记簿上没有用上面的证件号码登记的不动产$/],
        ['basis', /查询暂行办法第18条$/],
      ],
    },
    {
      given: () => ({ kind: 'lawyer', purpose: 'lawsuit', target: codeOf(1), client: '委托人“甲”' }),
      papers: ['lawyerCard', 'lawFirmLetter', 'inquiryOrder'],
      rows: [
        ['client', /^查询人所写：“委托人‘甲’”$/],
        ['basis', /查询暂行办法第23条$/],
      ],
    },
  ];
  const number = () => ({ idNumber: owner.account.idNumber });
  const noNumber = { idNumber: newIdNumber() };

  it.each(OF)('says on paper and by its proof alone whose words are whose: $papers', async (of) => {
    const clerk = await createStaff(api, { roles: ['archivist'] });
    const asked = await askWithPapers(homeless, of.given(), of.papers);
    expect((await acceptAs(clerk, asked.body.id)).status).toBe(200);
    await api.settle();
    const { result } = (await queries(api.p).findById(asked.body.id).lean())!;
    const printed = fieldsOf(readResult(result!.record));
    const textOf = (key: string) => printed.find((one) => one.key === key)?.text;
    for (const [key, text] of of.rows) expect(textOf(key)).toMatch(text);
    const { body: bytes } = await homeless.client.get(`/api/queries/${asked.body.id}/pdf`);
    const file = join(mkdtempSync(join(tmpdir(), 'query-')), 'of-others.pdf');
    writeFileSync(file, bytes as Buffer);
    // Lines of the paper break where they must.
    const bare = (text: string) => text.replace(/\s/gu, '');
    const paper = bare(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
    for (const [key] of of.rows) expect(paper).toContain(bare(textOf(key)!));
    expect(paper).toContain('不得用于其他目的');
    const origin = `${new URL(api.p.config.publicOrigin).host}/ledger`;
    const said = await verifyFile(bytes as Buffer, { sha256, verifiers: ledgerVerifiers(api.p, origin) });
    expect(said).toMatchObject({ verdict: 'genuine', document: 'queryResult', pages: 'whole' });
    expect(resultRows((said as Genuine).fields)).toEqual(expect.arrayContaining(printed));
  });

  it('from before a client was named prints as it was', async () => {
    const { body } = await ask(owner.client);
    const stored = (await queries(api.p).findById(body.id).lean())!.result!;
    const { client: _none, ...before } = JSON.parse(stored.record);
    expect(fieldsOf(before)).toEqual(fieldsOf(readResult(stored.record)));
  });
});

describe('核验 of a result', () => {
  it('says what the paper must say, and names nobody in full', async () => {
    const { body } = await ask(owner.client);
    const said = await verify(tokenIn(body.result));
    expect(said).toMatchObject({
      verdict: 'genuine',
      kind: 'queryResult',
      no: body.result.no,
      at: body.result.at,
      askerMasked: '赵*远',
      changedSince: false,
    });
    expect(said.unitCodes).toHaveLength(2);
    expect(JSON.stringify(said)).not.toContain('赵明远');
  });

  it('says that the register has changed since, and not how', async () => {
    const { body } = await ask(owner.client, { kind: 'ownUnit', target: codeOf(2) });
    const order = recordOrder({ unitCode: codeOf(2) });
    await recordChange(api.p, {
      ...order,
      effects: [
        {
          kind: 'ownership.transfer',
          from: [{ idNumber: owner.account.idNumber, share: null }],
          to: [SUN],
          coOwnership: 0,
          certificateNo: '鲁(2026)聊城市不动产权第0077777号',
        },
      ],
    });
    const said = await verify(tokenIn(body.result));
    expect(said).toMatchObject({ verdict: 'genuine', changedSince: true });
    expect(JSON.stringify(said)).not.toContain('0077777');
  });

  it('does not tell of an order that was served and not recorded, nor of a case under review', async () => {
    const unitCode = codeOf(3);
    await register(api, [unitImport(unitCode, [party('赵明远', owner.account.idNumber, WHOLE)])]);
    const { body } = await ask(owner.client, { kind: 'ownUnit', target: unitCode });
    const at = api.p.time.now();
    const queued = { caseId: 'b'.repeat(24), caseNo: '20261009002', request: 'mortgageFirst' as const };
    const more = { unitCode, businessType: 'DY01', acceptedAt: at, dueOn: null };
    await enqueueAcceptance(api.p, { ...queued, ...more });
    const order = { caseId: 'a'.repeat(24), caseNo: '20261009001', request: 'seizure' as const, at };
    await markServed(api.p, unitCode, order);
    expect(await verify(tokenIn(body.result))).toMatchObject({ verdict: 'genuine', changedSince: false });
    const page = await owner.client.get(`/api/me/units/${unitCode}`);
    expect(page.status).toBe(200);
    expect(page.body.unit).not.toHaveProperty('revision');
  });

  it('does not tell whether somebody without property has bought since', async () => {
    const { body } = await ask(homeless.client);
    await register(api, [unitImport(codeOf(9), [party('孙晓岚', homeless.account.idNumber, WHOLE)])]);
    expect(await verify(tokenIn(body.result))).toMatchObject({ verdict: 'genuine', changedSince: null });
  });

  it('of anything else is no match, with nothing in it', async () => {
    const { body } = await ask(owner.client);
    const token = tokenIn(body.result);
    const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const wrong of [changed, token.toLowerCase() + 'x', '../../etc', '😀']) {
      expect(await verify(wrong)).toMatchObject({ verdict: 'noMatch', no: null, unitCodes: null });
    }
  });
});
