import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { DraftView } from '../../../backend/modules/applications/contract.ts';
import DraftTasks from '../../../frontend/features/applications/parts/DraftTasks.svelte';
import { open } from '../support/page.ts';

afterEach(cleanup);

const text = (zh: string) => ({ zh, en: zh });
const party = (name: string, isInitiator: boolean, state: string) => ({
  name,
  isInitiator,
  consent: { state },
});

async function show(parties: object[]) {
  const draft = {
    id: 'd'.repeat(24),
    draftNo: 'CG-1',
    unit: null,
    answers: {},
    sections: [],
    parties,
    materials: [],
    problems: [],
    correction: null,
    reconciliation: null,
    allowedActs: [],
  } as unknown as DraftView;
  const type = { name: text('二手房过户'), plainName: text('二手房'), sections: [], form: {} };
  const session = { answers: {}, state: 'saved', view: { ...draft, savedAt: '2026-10-09T02:30:00Z' } };
  await open(DraftTasks as never, { messages: ['applications'], props: { session, draft, type } });
}

describe('the task list of a filled-in draft', () => {
  it('leads to the others while somebody has not been asked, by name', async () => {
    await show([party('赵明远', true, 'notAsked'), party('孙晓岚', false, 'notAsked')]);
    const link = screen.getByRole('link', { name: '接着请孙晓岚确认' });
    expect(link.getAttribute('href')).toMatch(/\/consent\/parties$/);
    expect(screen.queryByRole('link', { name: /核对提交/ })).toBeNull();
  });

  it('says whom it waits for once they have been asked', async () => {
    await show([party('赵明远', true, 'notAsked'), party('孙晓岚', false, 'invited')]);
    expect(screen.getByRole('link', { name: '正在等孙晓岚确认，去看看' })).toBeTruthy();
  });

  it('leads to checking and sending once everybody has signed', async () => {
    await show([party('赵明远', true, 'notAsked'), party('孙晓岚', false, 'signed')]);
    expect(screen.getByRole('link', { name: '都填好了，去核对提交' })).toBeTruthy();
  });
});
