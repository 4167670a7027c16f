import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { indexOf } from '../../support/plan.ts';
import { accepted, openOffice, submittedRename, type Office } from './scenario.ts';

describe('every look-up of cases has its index', () => {
  let office: Office;
  let caseNo = '';
  beforeAll(async () => {
    office = await openOffice();
    const filed = await Promise.all(Array.from({ length: 6 }, () => submittedRename(office)));
    caseNo = filed[0].no;
    await accepted(office, filed[1].id);
  });
  afterAll(() => office.close());

  it.each<[string, string, Record<string, unknown>, Record<string, 1 | -1>]>([
    ['one case by number', 'no', { no: '2026100900001' }, {}],
    ['cases by the start of a number', 'no', { no: { $gte: '20261009', $lt: '20261009\uffff' } }, {}],
    ['my cases', 'viewers', { viewers: { $in: ['account:x', 'index:y'] } }, { updatedAt: -1, _id: -1 }],
    ['a draft by its request key', 'created-once', { 'initiator.accountId': 'a', 'created.key': 'k' }, {}],
    ['recordings to finish', 'to-recover', { status: 'registering' }, { updatedAt: 1 }],
    [
      'places left half taken',
      'queue-unsettled',
      { 'queue.state': { $in: ['entering', 'leaving'] }, 'queue.at': { $lt: new Date() } },
      {},
    ],
    [
      'what silence accepted',
      'unanswered',
      {
        status: 'submitted',
        'submission.answerDueAt': { $lt: new Date() },
        'queue.state': { $ne: 'entered' },
      },
      { 'submission.answerDueAt': 1, no: 1 },
    ],
    [
      'drafts nobody touched',
      'abandoned',
      { status: { $in: ['draft', 'waitingConsent'] }, updatedAt: { $lt: new Date() } },
      {},
    ],
    [
      'supplements to end',
      'pause-ends',
      {
        status: { $in: ['accepted', 'reviewing', 'approved'] },
        'work.pauseEndsAt': { $gt: new Date(0), $lt: new Date() },
        pauses: { $elemMatch: { reason: 'supplement', to: null, plannedEndOn: { $lte: '2026-10-09' } } },
      },
      {},
    ],
    ['the case of a file', 'files', { 'materials.files.fileId': { $in: ['x'] } }, {}],
    ['open cases of a party', 'parties', { 'work.open': true, partyIndexes: { $in: ['x', 'y'] } }, {}],
  ])('%s: %s', async (_what, name, filter, sort) => {
    const plan = await applications(office.api.p).collection.find(filter).sort(sort).explain('queryPlanner');
    expect(indexOf(plan)).toBe(name);
  });

  it('looks at no correction whose term still runs, to close those that are over', async () => {
    const { collection } = applications(office.api.p);
    const filed = await submittedRename(office);
    const open = { status: 'correction', corrections: [{ answeredAt: null, dueOn: '2026-10-20' }] };
    await collection.updateOne({ _id: filed.id }, { $set: open } as never);
    const over = { answeredAt: null, dueOn: { $lte: '2026-10-09' } };
    const plan = (await collection
      .find({ status: 'correction', corrections: { $elemMatch: over } } as never, { hint: 'to-lapse' })
      .explain('executionStats')) as { executionStats: { totalDocsExamined: number } };
    expect(plan.executionStats.totalDocsExamined).toBe(0);
  });

  it('reads of the work list no more than the page and one', async () => {
    const { collection } = applications(office.api.p);
    const plan = (await collection
      .find({ 'work.open': true }, { hint: 'work-due' })
      .sort({ 'work.sortAt': 1, _id: 1 })
      .limit(3)
      .explain('executionStats')) as { executionStats: { totalDocsExamined: number } };
    expect(plan.executionStats.totalDocsExamined).toBe(3);
    expect(caseNo).not.toBe('');
  });
});
