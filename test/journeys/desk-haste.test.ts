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
import { PORTAL, seat } from './see.ts';

/** A clerk presses keys faster than the page draws: none of them may be swallowed. */
describe('a clerk in haste', () => {
  let office: Office;
  let browser: Browser;
  let page: Page;
  let sale: { id: string; no: string };

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    sale = await submittedSale(office);
    ({ page } = await seat(browser, office.api, office.clerks.acceptance));
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const dialog = (name: RegExp | string) => page.getByRole('dialog').getByRole('heading', { name, level: 2 });

  /** All keys wait in the browser's queue while the page is busy, as on a slow machine. */
  async function inOneBreath(...keys: string[]): Promise<void> {
    const busy = page.evaluate(() => {
      const until = performance.now() + 150;
      while (performance.now() < until);
    });
    await Promise.all([busy, ...keys.map((key) => page.keyboard.press(key))]);
  }

  it('goes from one decision straight to another, and to the same one again', async () => {
    await claimed(office.clerks.acceptance, sale.id);
    await page.goto(`/desk/cases/${sale.no}`);
    await page.getByRole('button', { name: /^受理/ }).waitFor();
    for (const [first, second, heading] of [
      ['x', 'a', /^受理/],
      ['b', 'x', /^不予受理/],
      ['a', 'a', /^受理/],
      ['a', 'b', /补正/],
    ] as const) {
      await page.keyboard.press(first);
      await page.getByRole('dialog').waitFor();
      await inOneBreath('Escape', second);
      await dialog(heading).waitFor();
      // Nothing that is still on its way closes it again.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      expect(await dialog(heading).count(), `${first}, Escape, ${second}`).toBe(1);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  });

  it('loses nothing of what was typed by Esc or a reload', async () => {
    const { id, no } = await submittedSale(office);
    await claimed(office.clerks.acceptance, id);
    await page.goto(`/desk/cases/${no}`);
    await page.getByRole('button', { name: /^发补正通知/ }).waitFor();
    await page.keyboard.press('b');
    await page.getByLabel('哪里不对').fill('合同第 2 页没有签名');
    await page.getByLabel('怎么改').fill('请双方签名后重新上传');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('x');
    await page.getByLabel('不动产不在本市登记范围内').check();
    await page.reload();
    await page.getByRole('button', { name: /^发补正通知/ }).waitFor();
    await page.keyboard.press('b');
    expect(await page.getByLabel('哪里不对').inputValue()).toBe('合同第 2 页没有签名');
    await page.getByRole('button', { name: '再加一样' }).click();
    await page.getByLabel('哪里不对').nth(1).fill('身份证照片看不清');
    expect(await page.getByLabel('怎么改').first().inputValue()).toBe('请双方签名后重新上传');
  });

  it('judges one row by a key that is held down', async () => {
    const { id, no } = await submittedSale(office);
    await accepted(office, id);
    const { firstReview } = office.clerks;
    await claimed(firstReview, id);
    const reviewer = await seat(browser, office.api, firstReview);
    await reviewer.page.goto(`/desk/cases/${no}`);
    const done = () => reviewer.page.getByText(/已核 \d+ 项/).innerText();
    await reviewer.page.getByText(/已核 \d+ 项/).waitFor();
    const before = Number(/\d+/.exec(await done())?.[0]);
    // Every press without a release in between is one of the keyboard's own repetitions.
    for (let held = 0; held < 5; held += 1) await reviewer.page.keyboard.down('1');
    await reviewer.page.keyboard.up('1');
    expect(Number(/\d+/.exec(await done())?.[0])).toBe(before + 1);
  });
});
