import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../../backend/modules/accounts/contract.ts';
import type { HallView } from '../../../backend/modules/appointments/contract.ts';
import NewAppointmentPage from '../../../frontend/features/appointments/pages/NewAppointmentPage.svelte';
import { open, refusal, server, type Replies } from '../support/page.ts';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const SLOT = 'yanggu|2026-10-13|0900|public';
const CASE_NO = '2026100900001';
const UNIT = '371502001001GB00001F00060044';
const text = (zh: string) => ({ zh, en: zh });

const hall = {
  id: 'yanggu',
  name: text('阳谷县不动产登记大厅'),
  address: text('一楼'),
  services: [
    { code: 'transfer', name: text('房屋过户'), minutes: 30, businessTypes: ['ZY02'], pools: ['public'] },
  ],
  rules: {
    cancelUntil: '16:00',
    offerMinutes: 30,
    mostCases: { person: 1, organisation: 5 },
    noShow: { count: 3, within: { days: 90 }, suspendDays: 30, lateCancelCounts: true },
  },
} as unknown as HallView;
const day = {
  date: '2026-10-13',
  weekday: 2,
  bookable: true,
  why: null,
  sentence: null,
  opensAt: null,
  nextFree: null,
  cancelFreeUntil: '2996-10-12T08:00:00.000Z',
  windows: [{ slotId: SLOT, from: '09:00', to: '09:30', level: 'plenty', canWait: false }],
};
const ownCase = {
  no: CASE_NO,
  businessType: { code: 'ZY02', name: text('二手房过户') },
  unit: { code: UNIT, address: '望湖苑 6 号楼' },
};
const replies = (more: Replies): Replies => ({
  'GET /api/booking-halls': () => ({ body: { items: [hall] } }),
  'GET /api/offices/yanggu/slots': () => ({ body: { days: [day], nextFree: null } }),
  'GET /api/applications': () => ({ body: { items: [ownCase], nextCursor: null } }),
  ...more,
});

async function arrive(more: Replies, name = '就约这个时间') {
  const sent = server(replies(more));
  const query = new URLSearchParams({ service: 'transfer', hall: 'yanggu', slot: SLOT, case: CASE_NO });
  const page = await open(NewAppointmentPage as never, { messages: ['appointments'], props: { query } });
  page.session.me = { kind: 'citizen', nameVerified: true, needs: [], roles: [] } as unknown as Me;
  page.session.known = true;
  const button = await screen.findByRole('button', { name });
  const posts = () =>
    sent.filter(({ method }) => method === 'POST').map(({ body }) => body as { id: string });
  return { button, posts };
}

describe('the last step of booking', () => {
  it('says until which day and hour it can be given up for free', async () => {
    await arrive({});
    expect(screen.getByText(/请在 2996年10月12日（周.）16:00 前取消，不算爽约/)).toBeTruthy();
  });

  it('promises no free cancelling once the hour for it has passed', async () => {
    await arrive({
      'GET /api/offices/yanggu/slots': () => ({
        body: { days: [{ ...day, cancelFreeUntil: '2020-10-12T08:00:00.000Z' }], nextFree: null },
      }),
    });
    expect(screen.getByText('约好后 15 分钟内取消不算爽约，之后取消算一次。')).toBeTruthy();
    expect(screen.queryByText(/请在 .* 前取消/)).toBeNull();
  });

  it('books for the own case that the visitor comes from, once however often it is pressed', async () => {
    const { button, posts } = await arrive({
      'POST /api/appointments': ({ body }) => ({ status: 201, body: { id: (body as { id: string }).id } }),
    });
    expect(((await screen.findByRole('radio', { name: /二手房过户/ })) as HTMLInputElement).checked).toBe(
      true,
    );
    await waitFor(() => expect(screen.getAllByRole('radio').length).toBeGreaterThan(1));
    await fireEvent.click(button);
    await fireEvent.click(button);
    await waitFor(() => expect(location.pathname).toMatch(/^\/appointments\/[0-9a-f]{24}$/));
    expect(posts()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
        slotId: SLOT,
        service: 'transfer',
        businessType: 'ZY02',
        unitCode: UNIT,
      },
    ]);
  });

  it('keeps the id while it is not known whether it was booked, and says that pressing again is safe', async () => {
    let tries = 0;
    const { button, posts } = await arrive({
      'POST /api/appointments': ({ body }) => {
        tries += 1;
        if (tries <= 3) return new Error('connection lost');
        return { status: 201, body: { id: (body as { id: string }).id } };
      },
    });
    await fireEvent.click(button);
    const alert = await screen.findByRole('alert', {}, { timeout: 8_000 });
    expect(alert.textContent).toContain('不会再约第二个');
    await fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
    await waitFor(() => expect(location.pathname).toMatch(/^\/appointments\/[0-9a-f]{24}$/));
    expect(posts()).toHaveLength(4);
    expect(new Set(posts().map(({ id }) => id)).size).toBe(1);
  }, 15_000);

  it('shows the server’s words and its next step, and asks anew under another id', async () => {
    const { button, posts } = await arrive({
      'POST /api/appointments': () =>
        refusal(409, '这个时段刚约满了。', [
          { pointer: '/slotId', code: 'appointments.next_waiting_list', message: '也可以排队候补。' },
        ]),
    });
    await fireEvent.click(button);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('这个时段刚约满了。');
    expect(screen.getByRole('link', { name: '排队候补这个时段' }).getAttribute('href')).toContain('wait=1');
    expect(sessionStorage.length).toBe(0);
    expect(posts()).toHaveLength(1);
  });

  it('waits calmly at the rush, sends the same claim with its ticket by itself, and books without another press', async () => {
    const told = (ahead: number, ticket: string) => ({
      status: 202,
      body: { waitingRoom: { ticket, ahead, retryAfterMs: 300 } },
    });
    let tries = 0;
    const { button, posts } = await arrive({
      'POST /api/appointments': ({ body }) => {
        tries += 1;
        if (tries === 1) return told(37, 'a');
        return tries === 2 ? told(4, 'b') : { status: 201, body: { id: (body as { id: string }).id } };
      },
    });
    await fireEvent.click(button);
    expect((await screen.findByText('前面还有约 40 人')).getAttribute('role')).toBe('status');
    expect(screen.queryByRole('button', { name: '就约这个时间' })).toBeNull();
    await screen.findByText('前面还有约 4 人');
    await waitFor(() => expect(posts()).toHaveLength(3));
    const [first, second, third] = posts();
    await waitFor(() => expect(location.pathname).toBe(`/appointments/${first?.id ?? ''}`));
    expect([second, third]).toEqual([
      { ...first, ticket: 'a' },
      { ...first, ticket: 'b' },
    ]);
    const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith('booking-'));
    await waitFor(() => expect(kept(), 'nothing is kept once it is booked').toEqual([]));
  });

  it('goes on waiting at the same place after a reload, until the visitor leaves', async () => {
    const waiting = {
      'POST /api/appointments': () => ({
        status: 202,
        body: { waitingRoom: { ticket: 'a', ahead: 5, retryAfterMs: 400 } },
      }),
    };
    const before = await arrive(waiting);
    await fireEvent.click(before.button);
    await screen.findByText('前面还有约 5 人');
    const [first] = before.posts();
    cleanup();
    const after = await arrive(waiting, '不等了');
    expect(after.posts()[0]).toEqual({ ...first, ticket: 'a' });
    await fireEvent.click(after.button);
    await screen.findByRole('button', { name: /就约这个时间|正在/ });
    const sent = after.posts().length;
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(after.posts()).toHaveLength(sent);
  });
});
