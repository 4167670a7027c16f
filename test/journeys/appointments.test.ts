import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateSlots } from '../../backend/modules/appointments/index.ts';
import { newBookingId } from '../backend/appointments/hall.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Json } from '../support/client.ts';
import { createCitizen, type TestPerson } from '../support/people.ts';
import { heading } from '../support/journey.ts';
import { look, PORTAL, seating } from './see.ts';

/** 网上预约 at the page. It is Friday 2026-10-09 10:30; the Saturday after is worked. */
describe('appointments, in the browser', () => {
  let api: TestApi;
  let browser: Browser;
  const { open, complaints } = seating(() => ({ browser, api }));

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ publicDirectory: PORTAL }), launchBrowser()]);
    await generateSlots(api.p);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const windowOf = (hall: string, day: string, at: string) =>
    `/appointments/new?service=transfer&hall=${hall}&day=${day}&slot=${encodeURIComponent(`${hall}|${day}|${at}|public`)}`;
  const book = (person: TestPerson, slotId: string) =>
    person.client.post('/api/appointments', { id: newBookingId(), slotId, service: 'transfer' });
  const mine = async (person: TestPerson): Promise<Json> =>
    (await person.client.get('/api/appointments')).body;

  /** By Tab and Enter alone. */
  async function press(page: Page, name: string | RegExp): Promise<void> {
    const target = page
      .getByRole('main')
      .getByRole('link', { name })
      .or(page.getByRole('main').getByRole('button', { name }));
    await target.first().waitFor();
    for (let stop = 0; stop < 120; stop += 1) {
      if (await target.evaluateAll((all) => all.some((one) => one === document.activeElement))) {
        await page.keyboard.press('Enter');
        return;
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${name}`);
  }

  it('a citizen books by keyboard, moves and cancels', async () => {
    const person = await createCitizen(api);
    const page = await open(person);
    await page.goto('/appointments/new');
    await heading(page, '到大厅办什么事？');
    await look(page, 'book-service');
    await press(page, /^房屋过户/);
    await heading(page, '到哪个大厅？');
    await page
      .getByText(/最早能约/)
      .first()
      .waitFor();
    await look(page, 'book-hall');
    await press(page, /市民之家|市不动产|登记大厅/);
    await heading(page, '哪天来？');
    await look(page, 'book-day');
    await press(page, /10月12日（周一）/);
    await heading(page, /10月12日（周一），几点来？/);
    await look(page, 'book-window');
    await press(page, /9:30–10:00 /);
    await heading(page, '就约这个时间吗？');
    await look(page, 'book-confirm');
    await press(page, '就约这个时间');
    await heading(page, /到大厅办房屋过户/);
    await page.getByRole('status').filter({ hasText: '约好了' }).waitFor();
    await look(page, 'booking');
    expect(page.url()).toMatch(/\/appointments\/[0-9a-f]{24}\?done=made$/);
    const file = await page
      .context()
      .request.get((await page.getByRole('link', { name: '加到日历' }).getAttribute('href')) ?? '');
    expect(await file.text()).toContain('DTSTART:20261012T013000Z');

    await press(page, '改时间');
    await heading(page, '改到哪天？');
    await press(page, /10月13日（周二）/);
    await press(page, /14:00–14:30 /);
    await heading(page, '改到这个时间吗？');
    await page.getByText('10月12日（周一）09:30–10:00').first().waitFor();
    await look(page, 'move-confirm');
    await press(page, '就改到这个时间');
    await heading(page, /10月13日（周二） ?14:00 到大厅办房屋过户/);
    await page.getByRole('status').filter({ hasText: '改好了' }).waitFor();

    await page.goto('/appointments');
    await heading(page, '我的预约');
    await look(page, 'mine');
    await press(page, /^取消预约/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('现在取消不算爽约').waitFor();
    await look(page, 'cancel');
    await dialog.getByRole('button', { name: '取消这个预约' }).press('Enter');
    await page.getByText('您现在没有预约').waitFor();
    // What is past comes from the events, a moment later.
    await vi.waitFor(async () =>
      expect(await mine(person)).toMatchObject({ active: [], past: [{ status: 'cancelled' }] }),
    );
  });

  it('a press whose answer is lost books once', async () => {
    const person = await createCitizen(api);
    const page = await open(person);
    const sent: string[] = [];
    await page.route('**/api/appointments', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      sent.push((route.request().postDataJSON() as { id: string }).id);
      const answer = await route.fetch();
      return sent.length === 1 ? route.abort() : route.fulfill({ response: answer });
    });
    await page.goto(windowOf('chiping', '2026-10-14', '0900'));
    const button = page.getByRole('button', { name: '就约这个时间' });
    await button.dblclick();
    await heading(page, /10月14日（周三） ?09:00/);
    expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
    expect((await mine(person)).active).toHaveLength(1);
  });

  it('says why nothing was booked and what to do; a seat given up is offered to who waits', async () => {
    const [holder, waiter] = [await createCitizen(api), await createCitizen(api)];
    const page = await open(waiter);
    await page.goto(windowOf('yanggu', '2026-10-13', '0900'));
    await heading(page, '就约这个时间吗？');
    const { id } = (await book(holder, 'yanggu|2026-10-13|0900|public')).body as { id: string };
    await press(page, '就约这个时间');
    const refused = page.getByRole('alert');
    await refused.getByText('这个时段刚约满了').waitFor();
    await refused.getByText(/最近的是/).waitFor();
    await look(page, 'refused');
    await press(page, '排队候补这个时段');
    await heading(page, '排队候补这个时段吗？');
    await look(page, 'wait-confirm');
    await press(page, '排队候补');
    await page.getByText('下一个就是您').waitFor();
    await look(page, 'mine-waiting');

    await holder.client.post(`/api/appointments/${id}/cancel`);
    await api.settle();
    await page.reload();
    await page.getByText(/留到 .*还有 \d+ 分钟/).waitFor();
    await look(page, 'mine-offer');
    await press(page, '确认要这个号');
    await page.getByText('这个号是您的了').waitFor();
    expect((await mine(waiter)).active).toMatchObject([{ status: 'booked' }]);
  });

  it('opens a day that is closed or full with its reason and one way on', async () => {
    const page = await open(null);
    await page.goto('/appointments/new?service=transfer&hall=chiping&day=2026-10-11');
    await page.getByText(/10月11日（周日）：周末休息/).waitFor();
    await look(page, 'day-closed');
    await press(page, /看下一个能约的日子：10月12日/);
    await heading(page, /10月12日（周一），几点来？/);
    await press(page, /8:30–9:00|08:30–09:00/);
    await page.getByRole('link', { name: '登录后确认' }).waitFor();
    await look(page, 'confirm-stranger');
  });

  it('left no complaint in the console of any page', () => {
    expect(complaints()).toEqual([]);
  });
});
