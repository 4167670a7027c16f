import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import AppointmentsPage from '../../../frontend/features/appointments/pages/AppointmentsPage.svelte';
import { open, server } from '../support/page.ts';

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const text = (zh: string) => ({ zh, en: zh });
const booking = (id: string, status = 'booked') => ({
  id,
  no: `0930-01-${id}`,
  status,
  date: '2099-12-02',
  from: '09:30',
  to: '10:00',
  hall: { id: 'yanggu', name: text('阳谷县不动产登记大厅') },
  service: { code: 'transfer', name: text('房屋过户') },
  heldUntil: null,
  ticketId: null,
  appeal: 'none',
  cancelFreeUntil: '2099-12-01T08:00:00.000Z',
  lateCancelCounts: false,
  can: { confirm: false, cancel: true, reschedule: false, appeal: false, checkIn: false },
});
const standing = { suspendedUntil: null, noShows: 0, most: 3 };

it.each([
  ['at the list that it stood in', [booking('b')], '要去的'],
  ['at the top once that list is gone', [], '我的预约'],
])(
  'says what was cancelled %s, with the focus there, and reads until it is among the past ones',
  async (_, left, heading) => {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        disconnect() {}
      },
    );
    let gone = false;
    let reads = 0;
    server({
      'GET /api/appointments': () => {
        if (gone) reads += 1;
        const past = reads > 1 ? [booking('a', 'cancelled')] : [];
        return { body: { active: gone ? left : [booking('a'), ...left], waiting: [], past, standing } };
      },
      'GET /api/draw-intents': () => ({ body: { items: [] } }),
      'POST /api/appointments/a/cancel': () => {
        gone = true;
        return { body: { id: 'a', status: 'cancelled', already: false, countsAsNoShow: false } };
      },
    });
    await open(AppointmentsPage as never, { messages: ['appointments'] });
    const [cancel] = await screen.findAllByRole('button', { name: /^取消/ });
    await fireEvent.click(cancel!);
    await fireEvent.click(screen.getByText('取消这个预约', { selector: 'dialog button' }));
    const said = await screen.findByText(/^已取消：2099年12月2日.*09:30$/);
    expect(said.closest('[role="status"]')).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toContain(heading));
    expect(await screen.findByText('以前的')).toBeTruthy();
  },
);
