import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { indexOf } from '../../support/plan.ts';

/** What every request or every event asks of collections that only grow: each by an index, whatever is in them. */
let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Filter = Record<string, unknown>;
type Sort = Record<string, 1 | -1>;

const LOOK_UPS: readonly [string, string, Filter, Sort, string][] = [
  ['the session of a token', 'sessions', { tokenHash: 'x' }, {}, 'token_unique'],
  ['open calls about cases', 'notifications', { about: { $in: ['a', 'b'] }, group: 0 }, {}, 'open-calls'],
  ['an inbox', 'notifications', { accountId: 'a' }, { group: 1, at: -1, _id: -1 }, 'inbox'],
  [
    'messages to send',
    'delivery-attempts',
    { status: 'waiting', nextAt: { $lte: new Date() } },
    { nextAt: 1 },
    'due',
  ],
  ['an upload by its key', 'files', { ownerId: 'a', idempotencyKey: 'k' }, {}, 'upload-key'],
  [
    'the file verified longest ago',
    'files',
    { boundTo: { $type: 'string' } },
    { verifiedAt: 1 },
    'verify-next',
  ],
  ['the acts on a case', 'audit', { 'subject.id': 'x' }, { at: 1, _id: 1 }, 'by-subject'],
  ['who looked at a person', 'access-log', { subjects: 'x' }, { at: -1, _id: -1 }, 'by-subject'],
  [
    'units whose entries lapse',
    'units',
    { nextLapseOn: { $type: 'string', $lt: '2026-01-01' } },
    {},
    'units_by_lapse',
  ],
];

describe('look-ups in collections that only grow', () => {
  it.each(LOOK_UPS)('%s: %s', async (_what, collection, filter, sort, name) => {
    const cursor = api.p.database.connection.collection(collection).find(filter).sort(sort);
    expect(indexOf(await cursor.explain('queryPlanner'))).toBe(name);
  });

  it('walks one span of the words of addresses, not all from a bound on', async () => {
    const plan = await api.p.database.connection
      .collection('applications')
      .find({ 'work.open': true, addressTokens: { $elemMatch: { $gte: '湖滨路', $lt: '湖滨路\uffff' } } })
      .hint('address')
      .sort({ 'work.sortAt': 1, _id: 1 })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('"addressTokens":["[\\"湖滨路\\", \\"湖滨路\uffff\\")"]');
  });
});
