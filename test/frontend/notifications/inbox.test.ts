import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import NotificationsPage from '../../../frontend/features/notifications/NotificationsPage.svelte';
import { open, refusal, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const note = (id: string, more: object = {}) => ({
  id: id.repeat(24),
  template: 'applications.accepted',
  kind: 'info',
  settled: false,
  title: `标题${id}`,
  text: '一句话。',
  link: null,
  at: '2026-10-08T01:05:00Z',
  readAt: null,
  deliveryNote: null,
  ...more,
});
const list = (items: object[], nextCursor: string | null = null) => ({
  body: { items, nextCursor, unreadCount: items.length, actionCount: 0 },
});
const page = () => open(NotificationsPage, { messages: ['notifications'] });

describe('the inbox', () => {
  it('puts what needs the reader first', async () => {
    server({ 'GET /api/notifications': () => list([note('1', { kind: 'action' }), note('2')]) });
    await page();
    const todo = await screen.findByRole('region', { name: '要处理' });
    expect(todo.textContent).toContain('标题1');
    expect(todo.textContent).not.toContain('标题2');
  });

  it('marks read by opening only', async () => {
    const sent = server({
      'GET /api/notifications': () => list([note('2')]),
      [`POST /api/notifications/${'2'.repeat(24)}/read`]: () => ({
        body: note('2', { readAt: '2026-10-09T00:00:00Z' }),
      }),
    });
    await page();
    await screen.findByText('标题2');
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: '标为已读' }));
    await waitFor(() => expect(screen.queryByText('（未读）')).toBeNull());
  });

  it('says why it is empty and where to begin', async () => {
    server({ 'GET /api/notifications': () => list([]) });
    await page();
    expect(await screen.findByText(/还没有通知/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '从“办事”开始' })).toBeTruthy();
  });

  it('tells of a delivery that failed', async () => {
    server({ 'GET /api/notifications': () => list([note('3', { deliveryNote: '短信未送达，已改站内信' })]) });
    await page();
    expect(await screen.findByText('短信未送达，已改站内信')).toBeTruthy();
  });

  it('can be asked again after a failure', async () => {
    let tries = 0;
    server({
      'GET /api/notifications': () => (tries++ === 0 ? refusal(503, '登记簿暂时连不上') : list([note('4')])),
    });
    await page();
    await fireEvent.click(await screen.findByRole('button', { name: '再试一次' }));
    expect(await screen.findByText('标题4')).toBeTruthy();
  });
});
