import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AnswerDue from '../../../frontend/features/desk/parts/AnswerDue.svelte';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const day = (date: string, workday: boolean) => ({ date, workday, makeUp: false });
const show = (dueAt: string) => {
  server({
    'GET /api/workdays': () => ({
      body: [day('2026-10-08', true), day('2026-10-09', true), day('2026-10-10', true)],
    }),
  });
  return open(AnswerDue as never, {
    messages: ['desk', 'cases'],
    props: { dueAt, now: '2026-10-09T02:30:00Z' },
  });
};

describe('the time to answer whether a case is taken', () => {
  it('is a date while it is to come', async () => {
    await show('2026-10-10T09:00:00Z');
    expect(screen.getByText(/10月10日.*前答复是否受理/)).toBeTruthy();
  });

  it('once past says by how much, and that the case counts as accepted by law', async () => {
    await show('2026-10-08T09:00:00Z');
    expect(await screen.findByText('超期 1 个工作日')).toBeTruthy();
    expect(screen.getByText(/原定 10月8日（周四）17:00 前答复。依法视为受理，请先受理/)).toBeTruthy();
  });
});
