import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW } from '../../support/api.ts';
import type { Json, Reply } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { accepted, claimed, ok, submittedRename, submittedSeizure } from '../applications/scenario.ts';
import { at, lookAt, openBureau, travel, type Bureau } from './bureau.ts';

const RECUSED = [403, 'applications.recused'];
const told = ({ status, body }: Reply<Json>) => [status, body.error?.code];

/** 回避 holds for who stands over the clerks as it does for the clerks: parties, and whoever acted for one. */
describe('a case of one’s own', () => {
  let bureau: Bureau;
  /** The seller and the member of the court who files, each at the office as well. */
  let seller: TestPerson;
  let filer: TestPerson;
  beforeAll(async () => {
    bureau = await openBureau();
    const over = ({ account: { name, idNumber } }: TestPerson) =>
      createStaff(bureau.api, { name, idNumber, roles: ['supervisor'] });
    [seller, filer] = await Promise.all([over(bureau.seller), over(bureau.court)]);
  });
  afterAll(() => bureau.close());

  const order = (id: string) => ({
    target: { kind: 'case', id },
    reason: '请尽快办理这一件，并说明原因',
    replyWithinWorkdays: 2,
  });
  const cause = (person: TestPerson, key: string) => person.client.get(`/api/supervision/cases/${key}`);

  it('is not looked into nor pressed for by a supervisor who is a party, or filed it', async () => {
    const filed = await submittedRename(bureau);
    const seized = await submittedSeizure(bureau, await bureau.home());
    for (const [self, own, other] of [
      [seller, filed, seized],
      [filer, seized, filed],
    ] as const) {
      for (const key of [own.id, own.no]) {
        expect(told(await cause(self, key))).toEqual(RECUSED);
        expect(told(await self.client.post('/api/supervision/orders', order(key)))).toEqual(RECUSED);
      }
      await ok(cause(self, other.no));
      await ok(cause(bureau.supervisor, own.no));
    }
  });

  it('is in no list and no file of theirs, open or ended', async () => {
    const filed = await submittedRename(bureau);
    const other = await submittedSeizure(bureau, await bureau.home());
    for (const { id } of [filed, other]) await accepted(bureau, id);
    const ended = await submittedRename(bureau);
    await ok(bureau.seller.client.post(`/api/applications/${ended.id}/withdraw`, { reason: '先不办了' }));
    await bureau.api.settle();
    await bureau.api.app.scheduler.runNow('supervision.forecast');
    const listed = async (person: TestPerson, path: string) =>
      (await ok(person.client.get(`/api/supervision/${path}`))).items.map(({ no }: Json) => no as string);
    const exported = async (person: TestPerson, path: string) =>
      (await person.client.get(`/api/supervision/${path}`)).body as string;
    const { supervisor } = bureau;
    for (const path of ['cases?limit=100', 'forecast?all=true&limit=100']) {
      expect(await listed(supervisor, path)).toEqual(expect.arrayContaining([filed.no, other.no]));
      const own = await listed(seller, path);
      expect(own).toContain(other.no);
      expect(own).not.toContain(filed.no);
      expect(await listed(filer, path)).not.toContain(other.no);
    }
    expect(await listed(supervisor, 'cases?set=ended&limit=100')).toContain(ended.no);
    expect(await listed(seller, 'cases?set=ended&limit=100')).not.toContain(ended.no);
    for (const [set, { no }] of [
      ['open', filed],
      ['ended', ended],
    ] as const) {
      expect(await exported(supervisor, `export?format=csv&set=${set}`)).toContain(no);
      expect(await exported(seller, `export?format=csv&set=${set}`)).not.toContain(no);
    }
  });

  it('has no alarm that they are shown', async () => {
    const { id, no } = await submittedRename(bureau);
    await accepted(bureau, id);
    await lookAt(bureau, at('2026-10-12', '09:00'));
    const shown = async (account: TestPerson['account']) => {
      const client = await signInAs(bureau.api, account);
      const { items } = await ok(client.get('/api/supervision/alarms?limit=100'));
      return items.some((one: Json) => one.no === no);
    };
    expect(await shown(bureau.supervisor.account)).toBe(true);
    expect(await shown(filer.account)).toBe(true);
    expect(await shown(seller.account)).toBe(false);
    await travel(bureau, TEST_NOW);
  });

  it('is not acted on through the order of somebody else', async () => {
    const { id } = await submittedRename(bureau);
    await accepted(bureau, id);
    await claimed(bureau.clerks.firstReview, id);
    const { client } = bureau.supervisor;
    const issued = await ok(client.post('/api/supervision/orders', order(id)), 201);
    const path = `/api/supervision/orders/${issued.id}`;
    expect(told(await seller.client.get(path))).toEqual(RECUSED);
    const end = { revision: 1, opinion: '已经说明，可以办结' };
    expect(told(await seller.client.post(`${path}/withdraw`, end))).toEqual(RECUSED);
    const listed = async (person: TestPerson): Promise<string[]> =>
      (await ok(person.client.get('/api/supervision/orders'))).items.map((one: Json) => one.id);
    expect([await listed(seller), await listed(filer), await listed(bureau.supervisor)]).toEqual([
      [],
      [issued.id],
      [issued.id],
    ]);
    await ok(filer.client.post(`${path}/withdraw`, end));
  });
});
