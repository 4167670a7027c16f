import type { Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveCase } from '../../faults/kills/case-life.ts';
import { createHistory, type CaseHistory, type History } from '../../faults/kills/history.ts';
import { createSender } from '../../faults/kills/http.ts';
import { populate } from '../../faults/kills/people.ts';
import { verify } from '../../faults/kills/verify.ts';
import type { FindingKind } from '../../faults/support/findings.ts';
import { createDice } from '../../faults/support/random.ts';
import { startApi, type TestApi } from '../../support/api.ts';

/** What the fault suite looks for must be seen when it is there: each promise is broken by hand, once. */
let api: TestApi;
let history: History;
let sale: CaseHistory;

beforeAll(async () => {
  api = await startApi({ timers: true });
  const { homes, clerks } = await populate(api.p, 2);
  history = createHistory();
  for (const isSale of [true, false]) {
    const dice = createDice(1);
    // The only choice of a quarter is the type of the case.
    const chosen = { ...dice, chance: (probability: number) => probability === 0.25 && isSale };
    const servers = [{ url: api.url, isReady: () => true, kill: () => undefined }];
    const sender = createSender({ servers, origin: api.p.config.publicOrigin }, chosen);
    await liveCase({ sender, dice: chosen, history, clerks, isOver: () => false }, homes.pop()!);
  }
  await api.settle();
  sale = history.cases.find(({ typeCode }) => typeCode === 'ZY02')!;
}, 240_000);
afterAll(() => api.close());

const of = (name: string): Collection<Document> => api.p.database.connection.collection(name) as never;
const caseOf = () => ({ _id: sale.id as never });
const unitOf = () => ({ _id: sale.unitCode as never });

/** What is wrong, what it must be called, the collection that is put back afterwards, and how it is brought about. */
const HARMS: readonly [name: string, finds: FindingKind, collection: string, harm: () => Promise<unknown>][] =
  [
    ['a draft is gone', 'lost-write', 'applications', () => of('applications').deleteOne(caseOf())],
    [
      'the case is older than acknowledged',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { revision: 3 } }),
    ],
    [
      'it has another number',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { no: '2026100999999' } }),
    ],
    [
      'a signature is gone',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { 'parties.$[].consent.accountId': 'somebody' } }),
    ],
    [
      'an opinion is gone',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $pop: { opinions: -1 } }),
    ],
    [
      'a signed receipt was altered',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { 'documents.$[].rows.0.value.zh': '别的' } }),
    ],
    [
      'a file is not attached any more',
      'lost-write',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { 'materials.0.files': [] } }),
    ],
    [
      'the recording is gone from the case',
      'half-registered',
      'applications',
      () => of('applications').updateOne(caseOf(), { $set: { registration: null } }),
    ],
    [
      'the unit does not show a recording',
      'half-registered',
      'units',
      () => of('units').updateOne(unitOf(), { $pop: { changes: 1 } }),
    ],
    [
      'a recorded case waits in the queue',
      'half-registered',
      'units',
      () => of('units').updateOne(unitOf(), { $push: { pending: { caseId: sale.id, order: 9 } } as never }),
    ],
    ['a file is gone', 'lost-write', 'files', () => of('files').deleteMany({})],
    [
      'a certificate is gone',
      'half-registered',
      'certificates',
      () => of('certificates').deleteOne({ caseId: sale.id }),
    ],
    [
      'a certificate was altered',
      'half-registered',
      'certificates',
      () => of('certificates').updateOne({}, { $set: { record: '{}' } }),
    ],
    [
      'a number counts as reserved though it is in use',
      'wrong-number',
      'numbers',
      () => of('numbers').updateMany({ state: 'issued' }, { $set: { state: 'reserved' } }),
    ],
    ['a number is missing', 'wrong-number', 'numbers', () => of('numbers').deleteOne({ serial: 1 })],
    [
      'the audit misses a decision',
      'lost-write',
      'audit',
      () => of('audit').deleteOne({ type: 'applications.reviewed', 'data.caseId': sale.id }),
    ],
    [
      'the audit misses an upload',
      'lost-write',
      'audit',
      () => of('audit').deleteMany({ type: 'files.uploaded' }),
    ],
    [
      'the audit misses a change of the register',
      'lost-write',
      'audit',
      () => of('audit').deleteOne({ type: 'register.changed', 'data.caseId': sale.id }),
    ],
    [
      'the audit has one twice',
      'duplicate',
      'audit',
      async () => {
        const one = (await of('audit').findOne({ type: 'applications.submitted' }))!;
        await of('audit').insertOne({ ...one, _id: 'again' as never });
      },
    ],
    [
      'one of two applicants was not told',
      'lost-write',
      'notifications',
      () => of('notifications').deleteOne({ template: 'applications.registered', about: sale.id }),
    ],
    [
      'somebody was told twice',
      'duplicate',
      'notifications',
      async () => {
        const one = (await of('notifications').findOne({ template: 'applications.registered' }))!;
        await of('notifications').insertOne({ ...one, _id: 'again' as never });
      },
    ],
  ];

describe('what the fault suite finds', () => {
  it('is nothing when nothing is wrong, and both cases were recorded', async () => {
    const { findings, lookedFor, found, registered } = await verify(api.p, history);
    expect(findings).toEqual([]);
    expect(registered).toBe(2);
    expect(lookedFor).toBeGreaterThan(50);
    expect(found).toBe(lookedFor);
  });

  it.each(HARMS)('is seen when %s', async (_name, kind, collection, harm) => {
    const before = await of(collection).find({}).toArray();
    await harm();
    const { findings } = await verify(api.p, history);
    await of(collection).deleteMany({});
    await of(collection).insertMany(before, { bypassDocumentValidation: true });
    expect(findings.map((finding) => finding.kind)).toContain(kind);
  });

  it('is seen when an answer is older than an acknowledged write', async () => {
    const untold = { ...sale, untold: ['GET showed revision 1 after 2 was acknowledged'] };
    const { findings } = await verify(api.p, { ...history, cases: [untold] });
    expect(findings.map((finding) => finding.kind)).toContain('lost-write');
  });
});
