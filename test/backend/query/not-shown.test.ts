import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellLate } from '../../../backend/modules/query/alerts/late-looks.ts';
import { answerOf, recordShown } from '../../../backend/modules/query/answer.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { accessEntries } from '../../../backend/modules/audit/audit.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { codeOf, party, unitImport, WHOLE } from '../register/units.ts';
import { askWithPapers, look, register } from './asking.ts';

/** The look is recorded before the answer is stored: where the query ended otherwise meanwhile, nobody looked. */

let api: TestApi;
let owner: TestPerson;
let buyer: TestPerson;
let clerk: TestPerson;
const HOME = codeOf(1);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  buyer = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  await register(api, [unitImport(HOME, [party('赵明远', owner.account.idNumber, WHOLE)])]);
});
afterAll(() => api.close());

const REFUSAL = { revision: 1, reason: 'evidenceInsufficient', explanation: '合同看不清，请重新拍照上传。' };
const ENDS: readonly [string, (id: string) => Promise<{ status: number }>][] = [
  ['was taken back', (id) => buyer.client.post(`/api/queries/${id}/withdraw`, { revision: 1 })],
  ['was refused', (id) => clerk.client.post(`/api/query-items/${id}/refuse`, REFUSAL)],
];

describe('an acceptance that came second', () => {
  it.each(ENDS)('is no look of the asker where the query %s', async (_, end) => {
    const { body } = await askWithPapers(buyer, { target: HOME });
    await look(clerk, body.id);
    // What an acceptance does before it stores the answer, and finds that it may not.
    const query = (await queries(api.p).findById(body.id).lean())! as never as Parameters<typeof answerOf>[1];
    await recordShown(api.p, query, await answerOf(api.p, query, null), buyer.account.id);
    expect((await end(body.id)).status).toBe(200);
    const looks = await accessEntries(api.p).find({ 'target.id': body.id }).lean();
    expect(looks.some(({ actorId }) => actorId === buyer.account.id)).toBe(true);
    const ids = new Set(looks.map(({ _id }) => _id));
    const { items } = (await owner.client.get('/api/me/access-log?limit=100')).body;
    const told = items.filter(({ id }: Json) => ids.has(id));
    expect(told.map(({ who }: Json) => who.kind)).toEqual(['staff']);
    const [late] = await tellLate(api.p, looks as never, '聊城测试机关');
    expect(JSON.stringify(late)).toContain('"count":1');
  });
});
