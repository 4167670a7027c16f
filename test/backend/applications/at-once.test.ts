import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { answerTerms } from '../../../backend/modules/applications/answer-due.ts';
import { findBusinessType } from '../../../backend/modules/catalogue/index.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import { storedCase } from '../../support/open-cases.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { openBureau, travel, type Bureau } from '../supervision/bureau.ts';
import { accepted, act, claimed, ok, submittedRename, submittedSeizure } from './scenario.ts';

/** 上海规定14, 细则90: what is done on the spot, and an order of a court, is not put off. */
describe('a type that is done at once', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(() => travel(bureau, TEST_NOW));

  const failed = ({ status, body }: Json) => [status, body.error?.code];
  const inReview = async () => {
    const { id } = await submittedSeizure(bureau, await bureau.home());
    await accepted(bureau, id);
    await claimed(bureau.clerks.firstReview, id);
    return id;
  };

  it('is never given more days', async () => {
    const id = await inReview();
    const asked = await act(bureau.clerks.firstReview, id, 'ask-extension', {
      days: 20,
      reason: '再核对文书',
    });
    expect(failed(asked)).toEqual([409, 'applications.not_extended']);
  });

  it('is not given days that were asked for before, and the request can be turned down', async () => {
    const id = await inReview();
    const extension = {
      id: 'e1',
      days: 20,
      reason: '再核对文书',
      askedAt: TEST_NOW,
      askedBy: { accountId: 'x', name: '甲', personIndex: null },
      state: 'asked',
      decidedAt: null,
      decidedBy: null,
      opinion: null,
    };
    await applications(bureau.api.p).collection.updateOne({ _id: id as never }, {
      $set: { extensions: [extension] },
    } as never);
    const decide = (approve: boolean) =>
      act(bureau.supervisor, id, 'decide-extension', { approve, opinion: '按规定办' });
    expect(failed(await decide(true))).toEqual([409, 'applications.not_extended']);
    await ok(decide(false));
    expect((await storedCase(bureau.api.p, id)).extensions?.[0]?.state).toBe('refused');
  });

  it.each([
    ['in office hours', '2026-10-09T10:30:00+08:00', '2026-10-09T17:00:00+08:00'],
    ['before the office opens', '2026-10-09T07:00:00+08:00', '2026-10-09T17:00:00+08:00'],
    ['an hour before the close', '2026-10-09T16:00:00+08:00', '2026-10-09T17:00:00+08:00'],
    ['a minute later', '2026-10-09T16:01:00+08:00', '2026-10-10T17:00:00+08:00'],
    ['at the close, before a make-up Saturday', '2026-10-09T17:00:00+08:00', '2026-10-10T17:00:00+08:00'],
    ['on a Sunday', '2026-10-11T10:00:00+08:00', '2026-10-12T17:00:00+08:00'],
  ])('is answered in the working day it comes in: %s', async (_, filed, due) => {
    const calendar = await getCalendar(bureau.api.p);
    const { limits } = (await findBusinessType(bureau.api.p, 'CF01'))!;
    expect(answerTerms(calendar, limits, new Date(filed)).answerDueAt).toEqual(new Date(due));
  });

  it('says so to the court, and an application in days keeps its working day', async () => {
    const due = new Date('2026-10-09T17:00:00+08:00');
    const { id } = await submittedSeizure(bureau, await bureau.home());
    const { submission, work, documents } = await storedCase(bureau.api.p, id);
    expect([submission?.answerDueAt, work.dueAt]).toEqual([due, due]);
    expect(JSON.stringify(documents)).toContain(
      '工作日下班一小时前提交的，当天下班前答复是否受理；其余时间提交的，下一个工作日下班前答复',
    );
    const other = await submittedRename(bureau);
    const inDays = await storedCase(bureau.api.p, other.id);
    expect(inDays.submission?.answerDueAt).toEqual(new Date('2026-10-10T17:00:00+08:00'));
    expect(JSON.stringify(inDays.documents)).toContain('1 个工作日内答复');
  });
});
