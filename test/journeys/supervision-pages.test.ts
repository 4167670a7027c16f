import type { Browser, Page } from 'playwright-core';
import readSpreadsheet from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, claimed, submittedRename } from '../backend/applications/scenario.ts';
import { at, lookAt, openBureau, type Bureau } from '../backend/supervision/bureau.ts';
import { launchBrowser } from '../support/browser.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

const REASON = '过了承诺时间还没有办，请说明原因和办完的时间';

/** From a figure to the cases behind it, to the cause; an order from its reason to its closing opinion. */
describe('the supervisor’s pages, in the browser', () => {
  let bureau: Bureau;
  let browser: Browser;
  let no: string;
  const seats: Seat[] = [];

  beforeAll(async () => {
    [bureau, browser] = await Promise.all([openBureau({ publicDirectory: PORTAL }), launchBrowser()]);
    const filed = await submittedRename(bureau);
    await accepted(bureau, filed.id);
    await claimed(bureau.clerks.firstReview, filed.id);
    no = filed.no;
    await lookAt(bureau, at('2026-10-13', '10:00'));
    await bureau.api.app.scheduler.runNow('supervision.open');
  });
  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  async function open(person: Bureau['supervisor']): Promise<Page> {
    const one = await seat(browser, bureau.api, person);
    seats.push(one);
    return one.page;
  }
  const orderCard = (page: Page) => page.getByRole('article').filter({ hasText: REASON });

  it('leads from a light to its cases, to the case, to the cause, in two clicks', async () => {
    const page = await open(bureau.supervisor);
    await page.goto('/supervision');
    await page.getByRole('heading', { level: 1, name: /1 件已超期/ }).waitFor();
    await look(page, 'supervision');
    await page
      .getByRole('navigation', { name: '在办件，按时限灯' })
      .getByRole('link', { name: /^\s*超期/ })
      .click();
    await page.waitForURL('**/supervision/cases?light=red');
    await page.getByText('共 1 件').waitFor();
    await look(page, 'supervision-cases');
    await page.getByRole('link', { name: no, exact: true }).click();
    await page.waitForURL(`**/supervision/cases/${no}`);
    await page.getByText(/用时最多的是/).waitFor();
    expect(await page.getByRole('table').first().innerText()).toContain('郭立新');
    await look(page, 'supervision-cause');
  });

  it('gives the rows of the screen as files', async () => {
    const page = await open(bureau.supervisor);
    await page.goto('/supervision/cases?light=red');
    await page.getByText('共 1 件').waitFor();
    const shown = await page.locator('tbody a.code').allInnerTexts();
    const file = async (name: string): Promise<Buffer> => {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      return (await page.context().request.get(href ?? '')).body();
    };
    const csv = (await file('导出 CSV')).toString('utf8').trim().split(/\r?\n/).slice(1);
    expect(csv.map((line) => /\d{13,16}/.exec(line)?.[0])).toEqual(shown);
    // Read by a library that opens spreadsheets, as whoever works with the file would.
    const [{ data: [headings, ...rows] = [] } = {}] = await readSpreadsheet(await file('导出 Excel 表'));
    expect(headings?.[0]).toBe('受理编号');
    expect(rows.map((row) => String(row[0]))).toEqual(shown);
    const screenRow = await page.locator('tbody tr').first().innerText();
    const [row = []] = rows;
    for (const heading of ['事项', '经办', '灯']) {
      const cell = String(row[headings?.indexOf(heading) ?? -1]);
      expect(screenRow, `${heading} ${cell}`).toContain(cell);
    }
    expect(shown).toEqual([no]);
  });

  it('carries an order from its reason to its closing opinion', async () => {
    const page = await open(bureau.supervisor);
    await page.goto(`/supervision/cases/${no}`);
    await page.getByRole('link', { name: '发督办单' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '发督办单' }).click();
    await dialog.getByRole('alert').getByText('请写督办事由，至少 4 个字').waitFor();
    await look(page, 'supervision-order-wrong');
    await dialog.getByLabel('督办事由').fill(REASON);
    await dialog.getByRole('button', { name: '发督办单' }).click();
    await orderCard(page).getByText('待回复').waitFor();
    await look(page, 'supervision-orders');

    const clerk = await open(bureau.clerks.firstReview);
    await clerk.goto('/supervision/orders');
    await clerk.getByRole('heading', { level: 1, name: '发给我的督办单' }).waitFor();
    await orderCard(clerk).getByRole('button', { name: /^回复/ }).click();
    await clerk.getByLabel('回复内容').fill('等公安核验，今天下午办完');
    await look(clerk, 'supervision-reply');
    await clerk.getByRole('dialog').getByRole('button', { name: '回复', exact: true }).click();
    await orderCard(clerk).getByText('待办结').waitFor();

    await page.goto('/supervision/orders?state=replied');
    await orderCard(page).getByText('等公安核验，今天下午办完').waitFor();
    await orderCard(page).getByRole('button', { name: /^办结/ }).click();
    await page.getByLabel('办结意见').fill('原因清楚，下不为例');
    await page.getByRole('dialog').getByRole('button', { name: '办结', exact: true }).click();
    await page.getByText('没有这样的督办单').waitFor();
    await page.goto('/supervision/orders?state=closed');
    await orderCard(page).getByText('原因清楚，下不为例').waitFor();
    await look(page, 'supervision-closed');
  });

  it('reads again when it is looked at, and leaves focus and place alone', async () => {
    const page = await open(bureau.supervisor);
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.goto('/supervision/cases');
    await page.getByText('共 1 件').waitFor();
    const link = page.getByRole('link', { name: no, exact: true });
    await link.focus();
    await page.evaluate(() => window.scrollTo(0, 100));
    const filed = await submittedRename(bureau);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('共 2 件').waitFor();
    expect(filed.no).not.toBe(no);
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => window.scrollY)).toBe(100);
  });

  it('shows what is worth a look, and refuses the figures to others', async () => {
    const page = await open(bureau.supervisor);
    await page.goto('/supervision/findings');
    await page.getByRole('heading', { level: 1, name: '要看一看的做法' }).waitFor();
    await look(page, 'supervision-findings');
    await page.goto('/supervision');
    await page.getByRole('link', { name: '时限预警' }).click();
    await page.getByRole('heading', { level: 1, name: '时限预警' }).waitFor();
    await page.getByText('告诉了').first().waitFor();
    await look(page, 'supervision-alarms');
    await page.getByRole('link', { name: '视为受理' }).click();
    await page.getByText('没有这样的预警').waitFor();
    await page.context().addCookies([{ name: 'lang', value: 'en', url: bureau.api.url }]);
    await page.goto('/supervision');
    await page.getByRole('heading', { level: 1, name: /1 case is overdue/ }).waitFor();
    await look(page, 'supervision-en');
    const clerk = await open(bureau.clerks.firstReview);
    await clerk.goto('/supervision');
    await clerk.getByRole('alert').waitFor();
    expect(await clerk.getByRole('navigation', { name: '在办件，按时限灯' }).count()).toBe(0);
  });

  it('left no complaint in the console of any page', () => {
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
