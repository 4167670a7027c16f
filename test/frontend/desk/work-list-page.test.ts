import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../../backend/modules/accounts/contract.ts';
import type { WorkItem, WorkItemCounts } from '../../../backend/modules/applications/contract.ts';
import { recallList } from '../../../frontend/features/desk/list-memory.ts';
import WorkListPage from '../../../frontend/features/desk/pages/WorkListPage.svelte';
import { open, server, type Sent } from '../support/page.ts';

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  history.replaceState(null, '', '/');
  vi.unstubAllGlobals();
});

const item = (no: string): WorkItem => ({
  id: no.padStart(24, '0'),
  no,
  type: 'ZY02',
  typeName: { zh: '存量房买卖转移登记', en: 'Sale' },
  address: '望湖苑',
  status: 'submitted',
  step: 'acceptance',
  light: 'red',
  dueAt: '2020-10-08T09:00:00Z',
  statutoryDueAt: null,
  provisional: false,
  lateDays: 0,
  waitingFor: 'us',
  handler: null,
  recused: false,
  pauses: [],
  claimable: true,
});
const COUNTS: WorkItemCounts = {
  lights: { black: 0, red: 40, yellow: 0, green: 93, paused: 0, none: 0 },
  dueToday: 2,
  recomputing: 0,
  mine: 0,
  unclaimed: 133,
  steps: [],
  types: [],
};

/** A list of `rows`, two at a time; `search` finds the first of them. */
async function arrive(rows: string[]) {
  let left = rows;
  const page = (from: number) => ({
    body: {
      items: left.slice(from, from + 2).map(item),
      nextCursor: left.length > from + 2 ? String(from + 2) : null,
      recomputing: 0,
    },
  });
  const reply = (sent: Sent, url: string) => {
    void sent;
    return page(Number(new URL(url, 'http://x').searchParams.get('cursor') ?? 0));
  };
  const replies = {
    'GET /api/work-items/counts': () => ({ body: COUNTS }),
    'POST /api/work-items/search': () => ({
      body: { items: [item(left[0]!)], nextCursor: null, recomputing: 0 },
    }),
    ...Object.fromEntries(
      rows.map((no) => [
        `POST /api/applications/${no.padStart(24, '0')}/claim`,
        () => {
          left = left.filter((one) => one !== no);
          return { body: {} };
        },
      ]),
    ),
  };
  server(replies);
  // The stand-in server answers by path alone; a page of a list is known by its query.
  const answer = fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
    url.split('?')[0] === '/api/work-items' && (init.method ?? 'GET') === 'GET'
      ? new Response(JSON.stringify(reply({ method: 'GET', path: url, body: undefined }, url).body))
      : answer(url, init),
  );
  const query = new URLSearchParams({ view: 'unclaimed' });
  const shown = await open(WorkListPage as never, {
    messages: ['desk', 'cases'],
    props: { query },
  });
  shown.session.me = {
    id: 'me',
    kind: 'staff',
    name: '周敏',
    roles: ['acceptance'],
    needs: [],
  } as unknown as Me;
  await screen.findByRole('link', { name: rows[0]! });
  return shown;
}
const press = (key: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true });

describe('the work list page', () => {
  it('heads the list by the counts of the view, not by what is read of it, and says how much that is', async () => {
    await arrive(['2026100900001', '2026100900002', '2026100900003']);
    expect(screen.getByRole('heading', { level: 1 }).textContent?.trim()).toBe('今天先办这 42 件');
    expect(screen.getByText(/^已超期\s已显示 2 件$/)).toBeTruthy();
    expect(screen.getAllByText('已显示 2 件，共 133 件').length).toBeGreaterThan(0);
  });

  it('says what a search found, and that the figures beside it are of the whole view', async () => {
    await arrive(['2026100900001', '2026100900002']);
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: '湖滨路' } });
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('找到 1 件'));
    expect(screen.getByText(/全部的件，不只是找到的/)).toBeTruthy();
  });

  it('reads on when J is pressed on the last row that is there', async () => {
    await arrive(['2026100900001', '2026100900002', '2026100900003']);
    await press('j');
    await press('j');
    const third = await screen.findByRole('link', { name: '2026100900003' });
    await waitFor(() => expect(document.activeElement).toBe(third));
  });

  it('gives the place of a claimed row, and the focus, to the row that takes it', async () => {
    await arrive(['2026100900001', '2026100900002', '2026100900003']);
    await press('j');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('link', { name: '2026100900002' })),
    );
    await press('c');
    await waitFor(() => expect(screen.queryByRole('link', { name: '2026100900002' })).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('link', { name: '2026100900003' })),
    );
  });

  it('tells a case where it stands in the list before the list is left', async () => {
    await arrive(['2026100900001', '2026100900002']);
    await waitFor(() => expect(recallList()).toEqual(['2026100900001', '2026100900002']));
  });
});
