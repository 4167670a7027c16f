import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { totpCodeAt } from '../../backend/modules/accounts/totp.ts';
import { accepted, approved, submittedRename } from '../backend/applications/scenario.ts';
import { said } from '../support/journey-desk.ts';
import { openJourney, type JourneyOffice } from '../support/journey-office.ts';
import { TEST_TOTP_SECRET } from '../support/people.ts';
import { heading } from '../support/journey.ts';

let office: JourneyOffice;
beforeAll(async () => {
  office = await openJourney('keyboard');
});
afterAll(() => office.close());

/** A registrar decides to record, six minutes after the last code. */
async function decideLate(): Promise<Page> {
  const filed = await submittedRename(office);
  await accepted(office, filed.id);
  await approved(office, filed.id);
  const { page, hands } = await office.clerk('registrar');
  await page.goto(`/desk/cases/${filed.no}`);
  await heading(page, /登记/);
  office.api.advance(6 * 60_000);
  const decisions = page.getByRole('region', { name: '决定' });
  await hands.shortcut('a', decisions.getByRole('button', { name: /^登簿/ }));
  await hands.confirm(page.getByRole('dialog').getByRole('button', { name: '登簿' }));
  return page;
}

it('records after one code, asked for over the decision, by keys alone', async () => {
  const page = await decideLate();
  const asked = page.getByRole('dialog', { name: '再确认一次是您本人' });
  await asked.waitFor();
  // The field has the focus: a code and Enter, nothing else.
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await asked.getByText(/验证码不对|不正确|不对/).waitFor();
  await expect.poll(() => asked.locator('input').inputValue()).toBe('');
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/factor-${width}.png` });
  }
  await page.keyboard.type(totpCodeAt(TEST_TOTP_SECRET, office.api.p.time.now()));
  await page.keyboard.press('Enter');
  await said(page, '登簿');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('leaves the decision as it was where nobody confirms', async () => {
  const page = await decideLate();
  await page.getByRole('dialog', { name: '再确认一次是您本人' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('还没有办').first().waitFor();
  await expect
    .poll(() =>
      page
        .getByRole('region', { name: '决定' })
        .or(page.getByRole('dialog'))
        .getByRole('button', { name: /登簿/ })
        .count(),
    )
    .toBeGreaterThan(0);
});
