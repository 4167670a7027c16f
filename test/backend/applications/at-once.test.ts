import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { storedCase } from '../../support/open-cases.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { openBureau, travel, type Bureau } from '../supervision/bureau.ts';
import { accepted, act, claimed, ok, submittedSeizure } from './scenario.ts';

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
});
