import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  claimed,
  openOffice,
  submittedRename,
  submittedSale,
  type Office,
} from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import { said } from '../support/journey-desk.ts';
import { createCitizen, createOrganisation, createStaff } from '../support/people.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

/** Clerks take a case from its number to the certificate, by keyboard; an administrator lets them in. */
describe('the desk in the browser', () => {
  let office: Office;
  let browser: Browser;
  const seats: Seat[] = [];
  let no = '';
  let id = '';

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    const sale = await submittedSale(office);
    ({ no, id } = sale);
    for (let i = 0; i < 3; i += 1) await accepted(office, (await submittedSale(office)).id);
    await accepted(office, (await submittedRename(office)).id);
    await submittedRename(office);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  async function clerk(person: Office['clerks']['acceptance']): Promise<Page> {
    const one = await seat(browser, office.api, person);
    seats.push(one);
    return one.page;
  }
  /** Rows that nobody, and not the comparison by machine, has judged. */
  const pending = (page: Page) => page.getByText('待核对', { exact: true }).count();
  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name }).waitFor();
  const escape = async (page: Page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  it('lists work by what is due and claims by a key', async () => {
    const page = await clerk(office.clerks.acceptance);
    await page.goto('/desk');
    await page.getByText('您手上没有件了').waitFor();
    await look(page, 'desk-empty');
    await page.getByRole('button', { name: '看可领取的' }).click();
    await page.getByRole('link', { name: no }).waitFor();
    await look(page, 'desk');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: '快捷键' }).waitFor();
    await look(page, 'desk-keys');
    await escape(page);
    await page.goto('/desk?view=all');
    await page.getByRole('link', { name: no }).waitFor();
    await look(page, 'desk-all');
  });

  it('accepts with the receipt in sight', async () => {
    const page = await clerk(office.clerks.acceptance);
    await page.goto(`/desk/cases/${no}`);
    await heading(page, /存量房买卖转移登记/);
    await look(page, 'workspace-unclaimed');
    await page.keyboard.press('c');
    await said(page, '领取');
    await look(page, 'workspace-submitted');
    await page.keyboard.press('x');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '不予受理' }).click();
    await look(page, 'dialog-decline');
    await escape(page);
    await page.keyboard.press('b');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-correct');
    await escape(page);
    await page.keyboard.press('a');
    await page
      .getByRole('dialog')
      .getByText(/承诺.*前办结/)
      .waitFor();
    await look(page, 'dialog-accept');
    await page.keyboard.press('Enter');
    await said(page, '受理');
  });

  it('reviews a clean case in twelve keys or fewer', async () => {
    await claimed(office.clerks.firstReview, id);
    const page = await clerk(office.clerks.firstReview);
    await page.goto(`/desk/cases/${no}`);
    await page.getByText(/已核 \d+ 项/).waitFor();
    await look(page, 'workspace-review');
    let keys = 0;
    const press = async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    };
    await page.keyboard.press('2');
    await page.keyboard.type('合同上是 98.26 平方米');
    await look(page, 'workspace-differs');
    await page.keyboard.press('Enter');
    await page.keyboard.press('k');
    await page.keyboard.press('1');
    keys = 1;
    for (let open = await pending(page); open > 0; open -= 1) await press('1');
    await page.getByText('项都核对一致').waitFor();
    await look(page, 'workspace-checked');
    await press('a');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-review');
    await press('Enter');
    await said(page, '通过初审');
    expect(keys).toBeLessThanOrEqual(12);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await heading(page, /今天|超期/);
  });

  it('pauses, refuses and resumes with reasons', async () => {
    await claimed(office.clerks.secondReview, id);
    const page = await clerk(office.clerks.secondReview);
    await page.goto(`/desk/cases/${no}`);
    await page.getByText(/已核 \d+ 项/).waitFor();
    await page.keyboard.press('x');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-refuse');
    await escape(page);
    await page.keyboard.press('z');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-pause');
    // 实地查看 would have to be approved by somebody else first.
    await page.getByRole('dialog').getByRole('radio', { name: '核查' }).check();
    await page.getByLabel('写给申请人的说明').fill('向公安核实姓名');
    await page.getByLabel('预计哪天恢复').fill('2026-10-14');
    await page.getByRole('button', { name: '暂停办理时间' }).click();
    await said(page, '中止');
    await look(page, 'workspace-paused');
    await page.keyboard.press('r');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-resume');
    await page.keyboard.press('Enter');
    await said(page, '恢复计时');
    for (let open = await pending(page); open > 0; open -= 1) await page.keyboard.press('1');
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await said(page, '通过复审');
  });

  it('records and issues', async () => {
    await claimed(office.clerks.registrar, id);
    const page = await clerk(office.clerks.registrar);
    await page.goto(`/desk/cases/${no}`);
    await page.getByRole('button', { name: /核定通过/ }).waitFor();
    for (let open = await pending(page); open > 0; open -= 1) await page.keyboard.press('1');
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /登簿/ }).waitFor();
    await look(page, 'workspace-approved');
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await look(page, 'dialog-record');
    await page.keyboard.press('Enter');
    await said(page, '登簿');
    await office.api.settle();
    await page.reload();
    await page
      .getByText(/已登记|可领证/)
      .first()
      .waitFor();
    await look(page, 'workspace-registered');
    const buyer = await seat(browser, office.api, office.buyer);
    seats.push(buyer);
    await buyer.page.goto(`/cases/${no}`);
    await buyer.page.getByText('实际办结').waitFor();
    await look(buyer.page, 'case-registered');
    await buyer.page.goto(`/cases/${no}/deadline`);
    await heading(buyer.page, '办理期限逐日说明');
    await look(buyer.page, 'deadline-done');
    await page.getByRole('link', { name: '登记簿全文' }).click();
    await heading(page, /登记簿/);
    await look(page, 'unit');
  });

  it('confirms an identity at the counter', async () => {
    const citizen = await createCitizen(office.api, { name: '李文浩', nameVerified: false });
    const { body } = await citizen.client.post('/api/me/counter-code', {});
    const page = await clerk(office.clerks.acceptance);
    await page.goto('/desk/people');
    await heading(page, /核验身份证/);
    await page.getByRole('button', { name: '登记核验' }).click();
    await page.getByRole('alert').waitFor();
    await look(page, 'people-errors');
    await page.getByLabel('证件上的姓名').fill('李文浩');
    await page.getByLabel('身份证号', { exact: true }).fill(citizen.account.idNumber);
    await page.getByLabel('本人手机上的核验码').fill(body.code);
    await page.getByLabel(/我已当面核对/).check();
    await page.getByRole('button', { name: '登记核验' }).click();
    await heading(page, '李文浩 已核验');
    await look(page, 'people-done');
  });

  it('lets an administrator keep staff, organisations and halls', async () => {
    const administrator = await createStaff(office.api, { name: '何静', roles: ['administrator'] });
    await createOrganisation(office.api, 'developer', { confirmed: false, name: '聊城湖畔置业有限公司' });
    const page = await clerk(administrator);
    await page.goto('/admin/staff');
    await page.getByText('周敏').first().waitFor();
    await look(page, 'admin-staff');
    await page.getByRole('button', { name: '新建工作人员' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '建立账号' }).click();
    await page.getByRole('alert').waitFor();
    await look(page, 'admin-staff-new');
    await page.getByLabel('登录名').fill('lina.zhang');
    await page.getByLabel('姓名', { exact: true }).fill('张丽娜');
    await page.getByLabel('身份证号').fill('11010519491231002X');
    await page.getByLabel('手机号').fill('13806350199');
    await page.getByLabel('受理').check();
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByRole('heading', { name: '把这个链接交给 张丽娜' }).waitFor();
    await look(page, 'admin-staff-link');
    await page.getByRole('button', { name: '我已交给本人' }).click();
    await page.goto('/admin/organisations');
    await page.getByText('聊城湖畔置业有限公司').first().waitFor();
    await look(page, 'admin-organisations');
    await page.getByRole('button', { name: /^确认/ }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'admin-confirm');
    await page.getByRole('button', { name: '已核对，确认' }).click();
    await page.getByText('这里没有单位').waitFor();
    await page.goto('/admin/offices');
    await heading(page, '登记大厅');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await look(page, 'admin-offices');
    expect(seats.flatMap((one) => one.complaints)).toEqual([]);
  });
});
