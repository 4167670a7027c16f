import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCodeAt } from '../../backend/modules/accounts/totp.ts';
import {
  accepted,
  attach,
  claimed,
  ok,
  openOffice,
  submittedRename,
  type Office,
} from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import { said } from '../support/journey-desk.ts';
import { createStaff, TEST_PASSWORD } from '../support/people.ts';
import { look, PORTAL, seat } from './see.ts';

/** What goes wrong while a clerk decides: nothing typed is lost, and nothing is decided on a stale page. */
describe('mishaps at the desk', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const open = async (page: Page, no: string, name: RegExp): Promise<void> => {
    await page.goto(`/desk/cases/${no}`);
    await page.getByRole('button', { name }).waitFor();
  };

  it('keeps an opinion through the end of the session, and sends it after signing in again', async () => {
    const { id, no } = await submittedRename(office);
    const person = await createStaff(office.api, { name: '钱进', roles: ['acceptance'] });
    await claimed(person, id);
    const { page, context } = await seat(browser, office.api, person);
    await open(page, no, /^受理/);
    // A due day on a weekend says why.
    await page
      .getByText(/10月10日（周六，调休上班）17:00/)
      .first()
      .waitFor();
    await page.keyboard.press('a');
    await page.getByLabel(/备注|说明/).fill('原件已核对');
    await context.clearCookies();
    await page.getByRole('dialog').getByRole('button', { name: '受理' }).click();
    await page.locator('#again-password').waitFor();
    await look(page, 'desk-session-ended');
    await page.locator('#again-login').fill(person.account.loginName ?? '');
    await page.locator('#again-password').fill(TEST_PASSWORD);
    await page.keyboard.press('Enter');
    await page
      .locator('#again-code')
      .fill(totpCodeAt(person.account.totpSecret ?? '', office.api.p.time.now()));
    await page.keyboard.press('Enter');
    await said(page, '受理');
    const { timeline } = await ok(person.client.get(`/api/work-items/${id}`));
    expect(JSON.stringify(timeline)).toContain('accepted');
  });

  it('does nothing under the name of who signed in meanwhile in another window', async () => {
    const { id, no } = await submittedRename(office);
    const clerk = await createStaff(office.api, { name: '钱进', roles: ['acceptance'] });
    const { page, context } = await seat(browser, office.api, clerk);
    await open(page, no, /^领取/);
    const other = await createStaff(office.api, { name: '孟祥瑞', roles: ['acceptance'] });
    await context.clearCookies();
    await context.addCookies(
      [...other.client.cookies].map(([name, value]) => ({ name, value, url: office.api.url })),
    );
    await page.keyboard.press('c');
    await page
      .getByText(/这个窗口是用另一个账号打开的/)
      .first()
      .waitFor();
    await look(page, 'desk-other-account');
    expect((await ok(other.client.get(`/api/work-items/${id}`))).handler).toBeNull();
  });

  it('says who took the case meanwhile, and shows it as it now is', async () => {
    const { id, no } = await submittedRename(office);
    const { page } = await seat(browser, office.api, office.clerks.acceptance);
    await open(page, no, /^领取/);
    const other = await createStaff(office.api, { name: '孟祥瑞', roles: ['acceptance'] });
    await claimed(other, id);
    await page.keyboard.press('c');
    await page
      .getByText(/孟祥瑞 已经领取/)
      .first()
      .waitFor();
    await page.getByText('经办 孟祥瑞').waitFor();
    expect(await page.getByRole('button', { name: /^领取/ }).count()).toBe(0);
  });

  it('does not accept papers that came after the page was opened, and shows them', async () => {
    const { id, no } = await submittedRename(office);
    const clerk = office.clerks.acceptance;
    await claimed(clerk, id);
    const { page } = await seat(browser, office.api, clerk);
    await open(page, no, /^受理/);
    const defects = [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }];
    await ok(
      clerk.client.post(`/api/applications/${id}/request-correction`, { defects, dueOn: '2026-10-20' }),
    );
    const { revision } = await ok(attach(office.seller.client, id, 'M21', 'clear'));
    await ok(office.seller.client.post(`/api/applications/${id}/answer-correction`, { revision }));
    await clerk.client.post(`/api/applications/${id}/claim`, {});
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('申请人改过内容或换过材料').waitFor();
    await look(page, 'desk-old-filing');
    const anew = page.waitForResponse((answer) => answer.url().endsWith(`/api/work-items/${no}`));
    await page.keyboard.press('Escape');
    await anew;
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await said(page, '受理');
  });

  it('sends a decision once the network is back, once', async () => {
    const { id, no } = await submittedRename(office);
    await accepted(office, id);
    const { registrar, firstReview } = office.clerks;
    const first = await ok(registrar.client.get(`/api/work-items/${id}`));
    const person =
      first.steps.find(({ state }: { state: string }) => state === 'current').role === 'registrar'
        ? registrar
        : firstReview;
    await claimed(person, id);
    const { page, context } = await seat(browser, office.api, person);
    await open(page, no, /^中止/);
    await page.keyboard.press('z');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio').first().check();
    await page.getByLabel('写给申请人的说明').fill('到现场看一下');
    await page.getByLabel('预计哪天恢复').fill('2026-10-14');
    await context.setOffline(true);
    await page.getByRole('button', { name: '暂停办理时间' }).click();
    await dialog.getByText(/还不确定/).waitFor();
    await look(page, 'desk-offline');
    expect(await page.getByLabel('写给申请人的说明').inputValue()).toBe('到现场看一下');
    await context.setOffline(false);
    await page.getByRole('button', { name: '暂停办理时间' }).click();
    await said(page, '中止');
    const { pauses } = await ok(person.client.get(`/api/work-items/${id}`));
    expect(pauses).toHaveLength(1);
  });
});
