import type { Collection } from 'mongodb';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillHistory, HISTORY } from '../backend/appointments/statistics-history.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { createStaff } from '../support/people.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

/** 预约统计 at the page. It is Friday 2026-10-09 10:30; the halls' past is made up. */
describe('the figures of the halls, in the browser', () => {
  let api: TestApi;
  let browser: Browser;
  const seats: Seat[] = [];
  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ publicDirectory: PORTAL }), launchBrowser()]);
    await fillHistory((name) => api.p.database.connection.collection(name) as unknown as Collection);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });
  const open = async (person: Awaited<ReturnType<typeof createStaff>>) => {
    const one = await seat(browser, api, person);
    seats.push(one);
    return one.page;
  };

  it('a leader reads one sentence, the charts and the table, for the days and the hall that are chosen', async () => {
    const page = await open(await createStaff(api, { roles: ['leader'] }));
    await page.goto('/desk');
    await page.getByRole('link', { name: '预约统计' }).click();
    await page.getByRole('heading', { level: 1, name: '预约统计' }).waitFor();
    await page.getByText(/号源约满 .+，爽约 .+；一半人取号后 \d+ 分钟内叫到/).waitFor();
    await look(page, 'statistics-month');

    await page.getByLabel('从', { exact: true }).fill('2026-09-20');
    await page.getByLabel('到', { exact: true }).fill('2026-09-01');
    await page.getByRole('button', { name: '看这段时间' }).click();
    await page.getByText('开始日期晚于结束日期').waitFor();
    await page.getByLabel('从', { exact: true }).fill(HISTORY.from);
    await page.getByLabel('到', { exact: true }).fill(HISTORY.to);
    await page.getByLabel('大厅', { exact: true }).selectOption('yanggu');
    await page.getByRole('button', { name: '看这段时间' }).click();
    await page.waitForURL(/hall=yanggu/);
    await page.getByRole('img', { name: /最满：.*约了/ }).waitFor();
    // The table says what the API says.
    const query = new URLSearchParams({ from: HISTORY.from, to: HISTORY.to, hall: 'yanggu', by: 'hour' });
    const answer = await page.request.get(`/api/appointment-statistics?${query}`);
    const { total } = (await answer.json()) as { total: { offered: number; taken: number } };
    await page
      .getByRole('row', { name: /合计/ })
      .getByText(`已约 ${total.taken} / 号源 ${total.offered}`)
      .waitFor();

    for (const [by, heading] of [
      ['星期', /最满：.*约了/],
      ['业务', /约的人最多/],
      ['事项', /约的人最多/],
      ['大厅', /最满：.*约了/],
    ] as const) {
      await page.getByRole('navigation', { name: '按什么分' }).getByRole('link', { name: by }).click();
      await page.getByRole('heading', { level: 2, name: heading }).first().waitFor();
      await page.getByRole('columnheader', { name: by, exact: true }).waitFor();
      await look(page, `statistics-${by}`);
    }
    const link = page.getByRole('link', { name: '导出 Excel 表' });
    const file = await page.request.get((await link.getAttribute('href')) ?? '');
    expect([file.status(), (await file.body()).subarray(0, 2).toString('latin1')]).toEqual([200, 'PK']);
  });

  it('a head of section sees the own hall and has none to choose', async () => {
    const page = await open(await createStaff(api, { roles: ['sectionHead'], officeId: 'yanggu' }));
    await page.goto(`/desk/statistics?from=${HISTORY.from}&to=${HISTORY.to}&by=hall`);
    await page.getByRole('img', { name: /阳谷/ }).first().waitFor();
    expect(await page.getByLabel('大厅', { exact: true }).count()).toBe(0);
    await page.goto('/desk/statistics?from=2026-10-20&to=2026-10-20');
    await page.getByText('这段时间还没有预约和取号').waitFor();
    await look(page, 'statistics-empty');
  });

  it('left no complaint in the console of any page', () => {
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
