import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AnswerDueNote from '../../../frontend/features/cases/parts/AnswerDueNote.svelte';
import GuideSteps from '../../../frontend/features/services/GuideSteps.svelte';
import { open, server } from '../support/page.ts';

/** How long the answer on acceptance may take is said by the type: what is done at once is answered by a close, not in a day. */
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const note = (answer: { status?: number; body: unknown }) => {
  server({ 'GET /api/business-types/CF01': () => answer });
  return open(AnswerDueNote as never, { messages: ['cases'], props: { code: 'CF01' } });
};
const typeWith = (instant: boolean) => ({
  limits: { instant },
  applicants: { roles: [], mode: 'single' },
  steps: [],
  results: [],
});

describe('beside the date of the answer', () => {
  it('a type in days has its working day', async () => {
    await note({ body: typeWith(false) });
    expect(await screen.findByText(/从提交算起 1 个工作日。受理后开始算承诺时间/)).toBeTruthy();
  });

  it('a type done at once has the close of the day, or of the next working day', async () => {
    await note({ body: typeWith(true) });
    expect(await screen.findByText(/当天下班前答复；其余时间提交的，下一个工作日下班前/)).toBeTruthy();
    expect(screen.queryByText(/1 个工作日。/)).toBe(null);
  });

  it('says no term as long as the type is not known', async () => {
    await note({ status: 500, body: {} });
    expect(screen.getByText('受理后开始算承诺时间。')).toBeTruthy();
  });
});

describe('the steps of the guide', () => {
  const steps = (instant: boolean) =>
    open(GuideSteps as never, { messages: ['services'], props: { type: typeWith(instant) } });

  it('say the same', async () => {
    await steps(false);
    expect(screen.getByText('提交，1 个工作日内答复是否受理')).toBeTruthy();
    cleanup();
    await steps(true);
    expect(screen.queryByText(/1 个工作日内/)).toBe(null);
    expect(screen.getByText(/工作日下班一小时前提交的，当天下班前答复/)).toBeTruthy();
  });
});
