import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { heading, type Walker } from './journey.ts';

/** Clerks' side of a journey: from the work list to the decision. */

const decisions = (page: Page): Locator => page.getByRole('region', { name: '决定' });

/** Finds the case in the list of what nobody has taken, opens it and takes it. */
export async function takeCase({ page, hands }: Walker, no: string): Promise<void> {
  await page.goto('/desk');
  await hands.press(page.getByRole('button', { name: /^\s*可领取/ }));
  await hands.press(page.getByRole('link', { name: no }));
  await page.waitForURL(`**/desk/cases/${no}`);
  await heading(page, /登记/);
  await hands.shortcut('c', decisions(page).getByRole('button', { name: /领取/ }));
  await said(page, '领取');
}

/** Finds every row the same that the machine left open. Resolves with how many rows were judged by hand. */
export async function checkAll({ page, hands }: Walker): Promise<number> {
  const open = page.locator('[id^="check-"]').filter({ hasText: '待核对' });
  await page.getByText(/已核 \d+ 项/).waitFor();
  const all = await open.count();
  for (let left = all; left > 0; left -= 1) {
    const row = open.first();
    // A row that is not the current one is opened by its name.
    const name = row.locator('h3 button');
    if ((await name.count()) > 0) await hands.press(name);
    await hands.shortcut('1', row.getByRole('radio', { name: /^\s*一致/ }));
    await expect.poll(() => open.count()).toBe(left - 1);
  }
  return all;
}

/** The main decision of the step: 受理, 通过, 核定通过, 登簿, 归档. Waits for the desk to say that it is done. */
export async function decide({ page, hands }: Walker, name: string): Promise<void> {
  const button = decisions(page).getByRole('button', { name: new RegExp(`^${name}`) });
  await hands.shortcut('a', button);
  const dialog = page.getByRole('dialog');
  await hands.confirm(dialog.getByRole('button', { name }));
  await said(page, name);
}

/** What the desk says after an act. */
export async function said(page: Page, act: string): Promise<void> {
  await page
    .getByRole('status')
    .filter({ hasText: `已办：${act}` })
    .first()
    .waitFor();
}
