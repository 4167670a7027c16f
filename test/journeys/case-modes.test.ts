import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  claimed,
  openOffice,
  submittedSale,
  type Office,
} from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import { look, PORTAL, seat } from './see.ts';

/** The same pages for people who need them otherwise: large type, a dark screen, English, paper. */
describe('case pages in other modes', () => {
  let office: Office;
  let browser: Browser;
  let no = '';
  let id = '';

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    ({ no, id } = await submittedSale(office));
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  async function open(view: Record<string, string>, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const { page, context } = await seat(browser, office.api, office.buyer);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await context.addInitScript((choice) => localStorage.setItem('view', JSON.stringify(choice)), view);
    return page;
  }
  async function ready(page: Page, path: string, words: string) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
  }

  it('is read at 30 px in the elder view', async () => {
    const page = await open({ mode: 'elder', size: 'largest' });
    await ready(page, `/cases/${no}`, '承诺办结');
    await look(page, 'elder-case');
    await ready(page, '/cases', '正在办');
    await look(page, 'elder-cases');
    await ready(page, '/applications/new/ZY02', '开始填写');
    await page.getByRole('button', { name: '开始填写' }).click();
    await page.getByText('已完成 0 项').waitFor();
    await look(page, 'elder-tasks');
    await page.getByRole('link', { name: '买卖双方', exact: true }).click();
    await page.getByText('证件号码').first().waitFor();
    await look(page, 'elder-parties');
  });

  it('is dark for those who want it', async () => {
    const page = await open({}, 'dark');
    await ready(page, `/cases/${no}`, '承诺办结');
    await look(page, 'dark-case');
    const { page: desk } = await seat(browser, office.api, office.clerks.firstReview);
    await desk.emulateMedia({ colorScheme: 'dark' });
    await ready(desk, `/desk/cases/${no}`, '已核');
    await look(desk, 'dark-workspace');
  });

  it('speaks English', async () => {
    const page = await open({});
    await page.context().addCookies([{ name: 'lang', value: 'en', url: office.api.url }]);
    await ready(page, `/cases/${no}`, 'Promised by');
    await look(page, 'english-case');
    await ready(page, '/applications/new/ZY02', 'What you need');
    await look(page, 'english-new');
    const { page: desk, context } = await seat(browser, office.api, office.clerks.firstReview);
    await context.addCookies([{ name: 'lang', value: 'en', url: office.api.url }]);
    await ready(desk, `/desk/cases/${no}`, 'Checks');
    await look(desk, 'english-workspace');
  });

  it('prints the day-by-day sheet with both clocks', async () => {
    const page = await open({});
    await ready(page, `/cases/${no}/deadline`, '逐日说明');
    await page.emulateMedia({ media: 'print' });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(10_000);
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/print-deadline.png`, fullPage: true });
  });
});
