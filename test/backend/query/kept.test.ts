import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { verifyFile } from '../../../backend/modules/certificates/offline/bundle.ts';
import { files, storedChunks } from '../../../backend/modules/files/file.model.ts';
import { verifyLog } from '../../../backend/modules/ledger/index.ts';
import { ledgerVerifiers } from '../../../backend/modules/ledger/keys.ts';
import { erasePapers } from '../../../backend/modules/query/erase-papers.ts';
import { keepPapersOfEarlierQueries } from '../../../backend/modules/query/migrations.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { checkRule } from '../../../backend/modules/query/retention.ts';
import { installCrashPoints } from '../../faults/recording-crash-points.ts';
import { startApi, TEST_NOW, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { sha256 } from '../../support/proofs.ts';
import { codeOf, party, unitImport, WHOLE } from '../register/units.ts';
import { acceptAs, ask, askWithPapers, CHECKED, look, mine, register } from './asking.ts';

/** 个人信息保护法19, 47: papers and answers are there for as long as somebody was told, and no longer. */

const DAY_MS = 86_400_000;
const FIVE_YEARS = 1_826;

let api: TestApi;
let owner: TestPerson;
let buyer: TestPerson;
let clerk: TestPerson;
const target = codeOf(1);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  await register(api, [unitImport(target, [party('赵明远', owner.account.idNumber, WHOLE)])]);
});
afterAll(() => api.close());
beforeEach(async () => {
  buyer = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterEach(() => api.setNow(TEST_NOW));

/** Days that go by end sessions. */
const again = async (person: TestPerson): Promise<TestPerson> => ({
  ...person,
  client: await signInAs(api, person.account),
});

async function asked(): Promise<Json> {
  buyer = await again(buyer);
  const { status, body } = await askWithPapers(buyer, { target });
  expect(status).toBe(200);
  return body;
}

async function answered(): Promise<Json> {
  const { id } = await asked();
  clerk = await again(clerk);
  expect((await acceptAs(clerk, id)).status).toBe(200);
  await api.settle();
  return (await mine(buyer, id)).body;
}

async function withdrawn(): Promise<Json> {
  const { id } = await asked();
  return (await buyer.client.post(`/api/queries/${id}/withdraw`, { revision: 1 })).body;
}

const erase = () => api.app.scheduler.runNow('query.erasePapers');
/** The sweep takes away in steps, some time apart. */
async function sweep(): Promise<void> {
  for (let n = 0; n < 2; n += 1) {
    await api.app.scheduler.runNow('files.sweep');
    await api.settle();
    api.advance(2 * 60_000);
  }
}
const fileIdOf = ({ evidence }: Json): string => evidence[0].fileId;
const hasContent = async (fileId: string): Promise<boolean> =>
  (await storedChunks(api.p).countDocuments({ files_id: fileId })) > 0;
const stored = (id: string) => queries(api.p).findById(id).lean();
const tokenOf = (view: Json): string => view.result.verifyUrl.split('/').at(-1);
const verify = async (token: string) => {
  const { checkedAt: _, ...said } = (await stranger(api).post('/api/queries/verify', { token })).body;
  return said;
};

describe('whoever asked', () => {
  it('reads until when papers and answer are kept, on the list and on the page', async () => {
    const [open, gone, done] = [await asked(), await withdrawn(), await answered()];
    expect(open.kept).toBeNull();
    expect(gone.kept).toEqual({ untilOn: '2026-11-08', erasedAt: null });
    expect(done.kept).toEqual({ untilOn: '2031-10-09', erasedAt: null });
    const { items } = (await buyer.client.get('/api/queries')).body;
    const told = Object.fromEntries(items.map(({ id, kept }: Json) => [id, kept]));
    expect(told).toMatchObject({ [open.id]: null, [gone.id]: gone.kept, [done.id]: done.kept });
  });

  it('is told before handing in, by the rules', async () => {
    const { body } = await buyer.client.get('/api/queries/kinds');
    expect(body).toMatchObject({ keptYears: 5, keptDaysWithdrawn: 30 });
  });
});

describe('the papers of a query that was taken back', () => {
  it('are there on the last day, and gone with their content after it', async () => {
    const view = await withdrawn();
    const fileId = fileIdOf(view);
    api.advance(30 * DAY_MS);
    await erase();
    await sweep();
    clerk = await again(clerk);
    expect((await clerk.client.get(`/api/files/${fileId}`)).status).toBe(200);
    api.advance(DAY_MS);
    await erase();
    clerk = await again(clerk);
    // At once, not only when the sweep has come round.
    expect((await clerk.client.get(`/api/files/${fileId}`)).status).toBe(404);
    await sweep();
    expect(await hasContent(fileId)).toBe(false);
    expect(await files(api.p).countDocuments({ _id: fileId })).toBe(0);
    const after = (await mine(await again(buyer), view.id)).body;
    expect(after).toMatchObject({
      state: 'withdrawn',
      evidence: [],
      purpose: 'purchase',
      target: view.target,
    });
    expect(after.kept.erasedAt).not.toBeNull();
    const events = api.p.database.connection.collection('audit');
    await api.settle();
    expect(await events.countDocuments({ type: 'query.papersErased', 'data.queryId': view.id })).toBe(1);
  });

  it('stay while somebody waits for an answer to a complaint about it', async () => {
    owner = await again(owner);
    const { id } = await asked();
    clerk = await again(clerk);
    await look(clerk, id);
    const { items } = (await owner.client.get('/api/me/access-log')).body;
    await owner.client.post(`/api/me/access-log/${items[0].id}/complaints`, {
      text: '我没有卖房，为什么查？',
    });
    await buyer.client.post(`/api/queries/${id}/withdraw`, { revision: 1 });
    api.advance(40 * DAY_MS);
    await erase();
    expect((await stored(id))!.keeping).toMatchObject({ open: true, erasedAt: null });
    const supervisor = await createStaff(api, { roles: ['supervisor'] });
    const waiting = (await supervisor.client.get('/api/look-complaints')).body.items;
    const answer = { revision: waiting[0].revision, outcome: 'grounded', text: '买受人凭合同提出，已撤回。' };
    expect(
      (await supervisor.client.post(`/api/look-complaints/${waiting[0].id}/answer`, answer)).status,
    ).toBe(200);
    await erase();
    expect((await stored(id))!.keeping).toMatchObject({ open: false });
  });
});

describe('a query that was answered', () => {
  it('keeps who asked what and why, and a paper that can still be verified; nothing else', async () => {
    const view = await answered();
    const [fileId, token] = [fileIdOf(view), tokenOf(view)];
    const { body: pdf } = await buyer.client.get(view.result.pdfUrl);
    const before = await verify(token);
    expect(before).toMatchObject({ verdict: 'genuine', no: view.result.no, changedSince: false });
    api.advance(FIVE_YEARS * DAY_MS);
    await erase();
    expect((await stored(view.id))!.result!.record).toContain('赵明远');
    api.advance(DAY_MS);
    await erase();
    await sweep();
    expect(await hasContent(fileId)).toBe(false);
    const left = (await stored(view.id))!;
    expect(JSON.stringify(left)).not.toContain('赵');
    expect(left).toMatchObject({
      no: view.no,
      purpose: 'purchase',
      unitCode: target,
      asker: { name: '孙晓岚' },
      evidence: [{ code: 'contract', fileId }],
      result: { no: view.result.no, record: '', signature: '', leaf: { salt: '' } },
    });
    expect(left.decision!.by).not.toBeNull();
    expect(await verify(token)).toEqual(before);
    const origin = `${new URL(api.p.config.publicOrigin).host}/ledger`;
    const said = await verifyFile(pdf as Buffer, { sha256, verifiers: ledgerVerifiers(api.p, origin) });
    expect(said).toMatchObject({ verdict: 'genuine', document: 'queryResult', pages: 'whole' });
    expect((await verifyLog(api.p, leafSources)).wrong).toEqual([]);
  });

  it('says so where its result was, to whoever asked and to the desk', async () => {
    const view = await answered();
    api.advance((FIVE_YEARS + 1) * DAY_MS);
    await erase();
    buyer = await again(buyer);
    clerk = await again(clerk);
    const reply = await buyer.client.get(view.result.pdfUrl);
    expect([reply.status, reply.body.error.code]).toEqual([410, 'query.resultErased']);
    for (const { body } of [await mine(buyer, view.id), await look(clerk, view.id)])
      expect(body).toMatchObject({ state: 'answered', result: null, evidence: [], purpose: 'purchase' });
  });

  it('of one’s own is kept and erased alike', async () => {
    owner = await again(owner);
    const { body: view } = await ask(owner.client);
    expect(view.kept.untilOn).toBe('2031-10-09');
    api.advance((FIVE_YEARS + 1) * DAY_MS);
    await erase();
    expect((await mine(await again(owner), view.id)).body.result).toBeNull();
    expect(await verify(tokenOf(view))).toMatchObject({ verdict: 'genuine', no: view.result.no });
  });
});

it('a query that waits loses nothing, however long', async () => {
  const view = await asked();
  api.advance(6 * 366 * DAY_MS);
  await erase();
  await sweep();
  clerk = await again(clerk);
  expect((await clerk.client.get(`/api/files/${fileIdOf(view)}`)).status).toBe(200);
  const body = { revision: 1, checked: CHECKED };
  expect((await clerk.client.post(`/api/query-items/${view.id}/accept`, body)).status).toBe(200);
});

it('wherever a run is cut off, the next one comes to the same end', async () => {
  const points = installCrashPoints(api.database);
  try {
    const view = await answered();
    const token = tokenOf(view);
    api.advance((FIVE_YEARS + 1) * DAY_MS);
    const now = api.p.time.now();
    await api.settle();
    await erasePapers(api.p, now);
    for (let at = 0; at < 12; at += 1) {
      api.setNow(TEST_NOW);
      const one = await answered();
      api.setNow(now);
      points.arm(at);
      const died = await erasePapers(api.p, now).then(
        () => false,
        (error: unknown) => (error as Error).name === 'Crash',
      );
      points.arm(null);
      await erasePapers(api.p, now);
      await sweep();
      expect(await hasContent(fileIdOf(one)), `cut off after ${at}`).toBe(false);
      const left = (await stored(one.id))!;
      expect(left).toMatchObject({ keeping: { open: false }, result: { record: '', leaf: { salt: '' } } });
      const events = api.p.database.connection.collection('audit');
      expect(await events.countDocuments({ type: 'query.papersErased', 'data.queryId': one.id })).toBe(1);
      if (!died) break;
      expect(at).toBeLessThan(11);
    }
    expect(await verify(token)).toMatchObject({ verdict: 'genuine' });
    expect(await erasePapers(api.p, now)).toEqual({ erased: 0 });
  } finally {
    points.uninstall();
  }
});

it('queries of before count from their decision, or from the day on which the rule came', async () => {
  const [done, gone, open] = [await answered(), await withdrawn(), await asked()];
  const ids = [done.id, gone.id, open.id];
  const collection = queries(api.p).collection;
  await collection.updateMany({ _id: { $in: ids } } as never, { $unset: { keeping: '' } } as never);
  // Before the migration, too, they are read and nothing of them is erased.
  expect((await mine(buyer, done.id)).body).toMatchObject({ kept: null, result: { no: done.result.no } });
  api.advance((FIVE_YEARS + 1) * DAY_MS);
  await erase();
  expect((await stored(done.id))!.result!.record).not.toBe('');
  api.setNow(TEST_NOW);
  await keepPapersOfEarlierQueries.up(api.p.database.connection.db!);
  buyer = await again(buyer);
  expect((await mine(buyer, done.id)).body.kept.untilOn).toBe('2031-10-09');
  expect((await stored(gone.id))!.keeping).toMatchObject({ open: true, erasedAt: null });
  expect((await stored(gone.id))!.keeping!.since.getTime()).toBeGreaterThan(TEST_NOW.getTime());
  expect((await mine(buyer, open.id)).body.kept).toBeNull();
});

it.each([
  { withdrawnDays: 0, decidedYears: 5 },
  { withdrawnDays: 30, decidedYears: 0.5 },
  { withdrawnDays: 30 },
])('a rule that does not say both is no rule: %o', (rule) => {
  expect(() => checkRule(rule as never)).toThrow(/retention\.json/);
});
