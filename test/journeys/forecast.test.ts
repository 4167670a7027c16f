import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastRuns } from '../../backend/modules/supervision/forecast/forecast.model.ts';
import { foldDirtyDays } from '../../backend/modules/supervision/fold-days.ts';
import { loadSomeOfYear, loadYear } from '../../seeds/demo/year/load.ts';
import { openBureau, type Bureau } from '../backend/supervision/bureau.ts';
import { launchBrowser } from '../support/browser.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

const score = (named: number, caught: number, broken: number) => ({
  cases: 900,
  broken,
  named,
  caught,
  precision: caught / named,
  recall: caught / broken,
  brier: 0.1,
});
/** Figures of a long history, which this short one does not have. */
const BACK_TEST = {
  fitDays: 27,
  testDays: 18,
  ours: score(120, 68, 130),
  rivals: [
    { name: 'dueAndNotLast', score: score(260, 25, 130) },
    { name: 'lessThanMedian', score: score(6, 4, 130) },
  ],
};

describe('what may be late, and what another promise would do, in the browser', () => {
  let bureau: Bureau;
  let browser: Browser;
  const seats: Seat[] = [];

  beforeAll(async () => {
    [bureau, browser] = await Promise.all([openBureau({ publicDirectory: PORTAL }), launchBrowser()]);
    await loadSomeOfYear(bureau.api.p, { count: 600, runMs: 1 });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  async function open(person: Bureau['supervisor']): Promise<Page> {
    const one = await seat(browser, bureau.api, person);
    seats.push(one);
    return one.page;
  }

  it('says over every figure that earlier cases are still coming in', async () => {
    const { app } = bureau.api;
    await app.scheduler.runNow('supervision.open');
    const page = await open(bureau.supervisor);
    await page.goto('/supervision');
    await page.getByText(/以前的办件还在迁入，已迁入 \d+ 件，共 600 件/).waitFor();
    await look(page, 'supervision-filling');
    await page.goto('/promises');
    await page.getByText(/以前的办件还在迁入/).waitFor();
    await loadYear(bureau.api.p);
    while ((await foldDirtyDays(bureau.api.p)).length > 0);
    await app.scheduler.runNow('supervision.open');
    await page.goto('/supervision');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(/在办 \d+ 件/).waitFor();
    expect(await page.getByText(/还在迁入/).count()).toBe(0);
  }, 120_000);

  it('lists what is likely to be late, why, and how often that was right', async () => {
    await bureau.api.app.scheduler.runNow('supervision.forecast');
    const run = forecastRuns(bureau.api.p).collection;
    await run.updateOne({ _id: 'latest' as never }, { $set: { backTest: BACK_TEST as never } });
    const page = await open(bureau.supervisor);
    await page.goto('/supervision');
    await page.getByRole('link', { name: '预测' }).click();
    await page.waitForURL('**/supervision/forecast');
    await page.getByText(/共点名 120 件，其中 68 件真的超期；实际超期 130 件/).waitFor();
    await look(page, 'supervision-forecast');
    await page.getByRole('link', { name: /^全部在办/ }).click();
    await page.waitForURL('**/supervision/forecast?show=all');
    await page
      .getByText(/照近 10 个工作日每天办/)
      .first()
      .waitFor();
    await look(page, 'supervision-forecast-all');
    await page
      .getByLabel('大厅')
      .selectOption({ label: '临清市不动产登记大厅' })
      .catch(async () => {
        await page.getByLabel('大厅').selectOption({ index: 2 });
      });
    await page.waitForURL(/office=/);
    await page.locator('ol a.code').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/supervision/cases/*');
    await page.getByText(/用时最多的是|还没有用掉办公时间/).waitFor();
  });

  it('tries another promise on the cases that were done', async () => {
    const page = await open(bureau.supervisor);
    await page.goto('/supervision/what-if');
    await page.getByRole('button', { name: '试算' }).click();
    await page.getByRole('alert').getByText('请选择事项').waitFor();
    await look(page, 'supervision-what-if-wrong');
    await page.getByLabel('事项').selectOption('ZY02');
    await page.getByLabel('承诺时限', { exact: true }).fill('1');
    await page.getByLabel('办公小时').check();
    await page.getByLabel('承诺时限', { exact: true }).press('Enter');
    await page.getByRole('heading', { level: 2, name: /会多出 \d+ 件超期/ }).waitFor();
    await look(page, 'supervision-what-if');
    await page.getByLabel('承诺时限', { exact: true }).fill('999');
    await page.getByLabel('工作日').check();
    await page.getByRole('button', { name: '试算' }).click();
    await page.getByRole('alert').getByText('这个时限比法定期限还长').waitFor();
  });

  it('says the same in English, and keeps both pages to supervisors', async () => {
    const page = await open(bureau.supervisor);
    await page.context().addCookies([{ name: 'lang', value: 'en', url: bureau.api.url }]);
    await page.goto('/supervision/forecast?show=all');
    await page
      .getByText(/At the pace of the last 10 working days/)
      .first()
      .waitFor();
    await look(page, 'supervision-forecast-en');
    await page.goto('/supervision/what-if?type=ZY02&amount=1&unit=workingHour');
    await page.getByRole('heading', { level: 2, name: /more cases? would be late/ }).waitFor();
    await look(page, 'supervision-what-if-en');
    const clerk = await open(bureau.clerks.firstReview);
    await clerk.goto('/supervision/forecast');
    await clerk.getByRole('alert').waitFor();
    expect(await clerk.locator('ol a.code').count()).toBe(0);
  });

  it('left no complaint in the console of any page', () => {
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
