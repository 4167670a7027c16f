import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseForClerk } from '../../../backend/modules/applications/contract.ts';
import { Checks } from '../../../frontend/features/desk/checks.svelte.ts';
import CorrectionDialog from '../../../frontend/features/desk/dialogs/CorrectionDialog.svelte';
import PauseDialog from '../../../frontend/features/desk/dialogs/PauseDialog.svelte';
import { open, server } from '../support/page.ts';

// What the dialogs use of a browser that is not there: they are shown as they are, and scroll nowhere.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const clock = (overdueUnits: number) => ({
  limit: { amount: 3, unit: 'workingDay' },
  overdueUnits,
  remainingUnits: 2,
});
const viewOf = (more: object) =>
  ({
    id: 'c1',
    step: 'firstReview',
    filingHash: null,
    materials: [{ code: 'contract', need: 'needed', name: { zh: '买卖合同', en: 'Contract' } }],
    answers: [],
    acceptedAt: '2026-10-08T02:00:00Z',
    correctionCount: 0,
    pauseReasons: [],
    pauses: [],
    clocks: { light: 'green', promised: clock(0) },
    ...more,
  }) as unknown as CaseForClerk;

async function shown(dialog: unknown, more: object = {}) {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  server({});
  const view = viewOf(more);
  const checks = new Checks(view, 'me');
  const props = { view, checks, ondone: () => undefined, onclose: () => undefined };
  await open(dialog as never, { messages: ['app', 'desk', 'cases'], props });
}

describe('stopping the clock', () => {
  it.each([
    ['in time', {}, /^暂停后/],
    [
      'a day late',
      { clocks: { light: 'red', promised: clock(1) } },
      /^已超期 1 个工作日；暂停不改承诺到期日。/,
    ],
    ['just late', { clocks: { light: 'red', promised: clock(0) } }, /^已过承诺时间；暂停不改承诺到期日。/],
    ['of a paused case', { pauses: [{ to: null }] }, /^已在暂停，再加一个原因/],
  ])('says what it does: %s', async (_, more, words) => {
    await shown(PauseDialog, more);
    expect(screen.getByText(words)).toBeTruthy();
  });
});

describe('asking for corrections', () => {
  it('marks each field that is missing, and previews nothing yet', async () => {
    await shown(CorrectionDialog);
    expect(screen.queryByText('申请人会看到')).toBeNull();
    await fireEvent.click(screen.getByText('发出补正通知', { selector: 'button' }));
    await tick();
    const fields = ['哪一份材料、哪一项内容', '哪里不对', '怎么改'].map((name) =>
      screen.getByLabelText(name),
    );
    for (const field of fields) expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('previews what is complete among what was typed before', async () => {
    const row = { target: 'm:contract', defect: '缺第二页', remedy: '补拍第二页', check: null };
    const rows = [
      { ...row, key: 1 },
      { ...row, key: 2, remedy: '' },
    ];
    sessionStorage.setItem('typed-c1-firstReview-requestCorrection-', JSON.stringify({ rows }));
    await shown(CorrectionDialog);
    expect(screen.getByText('申请人会看到')).toBeTruthy();
    expect(screen.getByText(/补 1 样/)).toBeTruthy();
  });
});
