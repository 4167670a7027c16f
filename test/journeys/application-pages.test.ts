import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, saleAnswers, smallPdf, type Office } from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import { TEST_PASSWORD } from '../support/people.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

/** A sale filled in, confirmed, sent and followed by its two sides, each at a browser of their own. */
describe('an application in the browser', () => {
  let office: Office;
  let browser: Browser;
  let seller: Seat;
  let buyer: Seat;
  let id = '';
  let no = '';

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    seller = await seat(browser, office.api, office.seller);
    buyer = await seat(browser, office.api, office.buyer);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const goOn = (page: Page) => page.getByRole('button', { name: '继续' }).click();
  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name }).waitFor();

  it('says what it takes before the first question', async () => {
    const { page } = seller;
    await page.goto('/cases');
    await heading(page, '我的办件');
    await look(page, 'cases-empty');
    await page.goto('/applications/new/ZY02');
    await heading(page, /存量房买卖转移登记/);
    await look(page, 'new');
    await page.getByRole('button', { name: '开始填写' }).click();
    await page.getByText('已完成 0 项').waitFor();
    id = page.url().split('/').pop() ?? '';
    await look(page, 'task-list-new');
  });

  it('asks one question a page, and says everything wrong at once in the same words', async () => {
    const { page } = seller;
    const home = await office.home();
    await page.getByRole('link', { name: '房屋', exact: true }).click();
    await heading(page, /不动产单元号/);
    await goOn(page);
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toMatch(/^错误：/);
    await look(page, 'question-error');
    await page
      .getByLabel('不动产单元号')
      .fill(`${home.code.slice(0, 6)} ${home.code.slice(6)}`.toLowerCase());
    await goOn(page);
    await heading(page, /证书号/);
    await page.getByLabel('不动产权证书号').fill(home.certificateNo.replace('(', '（').replace(')', '）'));
    await goOn(page);
    await page.getByText('已完成 1 项').waitFor();
    await page.getByRole('link', { name: '买卖双方', exact: true }).click();
    await heading(page, /卖方是谁/);
    await look(page, 'parties-seller');
    await fillParty(page, 'sellers', office.seller.account);
    await goOn(page);
    await heading(page, /买方是谁/);
    await fillParty(page, 'buyers', office.buyer.account);
    await page.getByRole('button', { name: /再加一位/ }).click();
    await page.locator('#f-buyers-1-name').fill('李文浩');
    await page.locator('#f-buyers-1-idNumber').fill('371502199003070018');
    await page.locator('#f-buyers-1-phone').fill('1380635012');
    await goOn(page);
    await page.getByRole('alert').waitFor();
    await look(page, 'parties-errors');
    await page.getByRole('button', { name: '删除李文浩' }).click();
    await goOn(page);
    await page.getByText('已完成 2 项').waitFor();
    await look(page, 'task-list-half');
  });

  it('keeps what is typed, also when the network is gone', async () => {
    const { page, context } = seller;
    await page.getByRole('link', { name: '合同和价格', exact: true }).click();
    await heading(page, /网签合同编号/);
    await page.getByLabel('网签合同编号').fill('LC-2026-0001234');
    await goOn(page);
    await heading(page, /哪天签/);
    await page.getByLabel('合同签订日期').fill('2026-09-20');
    await goOn(page);
    await heading(page, /成交价格/);
    await context.setOffline(true);
    await page.getByLabel('成交价格').fill('1280000');
    await page.getByText('壹佰贰拾捌万元整').waitFor();
    await page.getByText('您填的内容已存在这台设备上').waitFor({ timeout: 20_000 });
    await look(page, 'question-offline');
    await context.setOffline(false);
    await page.reload();
    await heading(page, /成交价格/);
    await expect.poll(() => page.getByLabel('成交价格').inputValue()).toMatch(/1,?280,?000/);
    await look(page, 'question-money');
    await goOn(page);
    await heading(page, /怎么付款/);
    await look(page, 'question-choice');
    await page.getByLabel('一次付清').check();
    await goOn(page);
    await heading(page, /还有要说明的/);
    await goOn(page);
    await page.getByText('已完成 3 项').waitFor();
  });

  it('shows two tabs what differs instead of overwriting', async () => {
    const { page, context } = seller;
    const other = await context.newPage();
    await page.goto(`/applications/${id}/deal/contractNo`);
    await heading(page, /网签合同编号/);
    await other.goto(`/applications/${id}/deal/contractNo`);
    await heading(other, /网签合同编号/);
    await other.getByLabel('网签合同编号').fill('LC-2026-0009999');
    await other.getByText(/自动保存于/).waitFor();
    await expect
      .poll(async () => (await office.seller.client.get(`/api/applications/${id}`)).body.answers.contractNo)
      .toBe('LC-2026-0009999');
    await other.close();
    await page.getByLabel('网签合同编号').fill('LC-2026-0005555');
    await page.getByRole('heading', { name: /您在另一处改过这份草稿/ }).waitFor();
    await look(page, 'conflict');
    await page.getByRole('button', { name: '用这一份' }).click();
    await expect
      .poll(async () => (await office.seller.client.get(`/api/applications/${id}`)).body.answers.contractNo)
      .toBe('LC-2026-0005555');
  });

  it('takes materials, sends to the other side, is signed and filed', async () => {
    const { page } = seller;
    const { body: draft } = await office.seller.client.get(`/api/applications/${id}`);
    const rest = saleAnswers(office, { code: '', certificateNo: '' });
    for (const key of ['unitCode', 'certificateNo', 'sellers', 'buyers', 'coOwnership', 'contractNo'])
      delete rest[key];
    await office.seller.client.patch(`/api/applications/${id}`, { revision: draft.revision, answers: rest });
    await page.goto(`/applications/${id}/materials/list`);
    await heading(page, '材料');
    await look(page, 'materials');
    const rows = page.locator('section.row', { has: page.locator('input[type=file][data-upload]') });
    for (const row of await rows.all()) {
      await row.locator('input[type=file][data-upload]').setInputFiles({
        name: '网签合同.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from(smallPdf(`网签合同 ${id}`)),
      });
      await row.getByText('已收到', { exact: true }).waitFor();
    }
    await look(page, 'materials-received');
    await page.goto(`/applications/${id}/consent/parties`);
    await heading(page, '各方确认');
    await look(page, 'consent-sender');
    await page.getByRole('button', { name: '发给对方确认' }).click();
    await page
      .getByText(/待确认/)
      .first()
      .waitFor();
    await look(page, 'consent-sent');

    const other = buyer.page;
    await other.goto('/cases');
    await look(other, 'cases-to-sign');
    await other.getByRole('link', { name: /去看并签名/ }).click();
    await heading(other, /请您确认/);
    await look(other, 'consent-receiver');
    await other.getByRole('button', { name: '不同意' }).click();
    await other.getByRole('heading', { name: '不同意这件申请' }).waitFor();
    await look(other, 'consent-decline');
    await other.keyboard.press('Escape');
    await other.getByRole('dialog').waitFor({ state: 'hidden' });
    await other.getByLabel('登录密码').fill('错的密码错的密码');
    await other.getByRole('button', { name: '同意并签名' }).click();
    await other.locator('#factor-error').waitFor();
    await other.getByLabel('登录密码').fill(TEST_PASSWORD);
    await other.getByRole('button', { name: '同意并签名' }).click();
    await heading(other, '您已签名');
    await look(other, 'consent-signed');

    await page.goto(`/applications/${id}/check`);
    await heading(page, '核对并提交');
    await page.getByRole('button', { name: '提交申请' }).waitFor();
    await look(page, 'check');
    await page.getByRole('button', { name: '提交申请' }).dblclick();
    await heading(page, '已提交');
    await look(page, 'done');
    no = page.url().split('/').at(-2) ?? '';
    expect(no).toMatch(/^20261009\d{5}$/);
    await page.goBack({ waitUntil: 'networkidle' });
    await page.locator('main h1').waitFor();
    expect(page.url()).not.toContain('/check');
  });

  it('shows the case, its clock and its documents to both', async () => {
    const { page } = buyer;
    await page.goto(`/cases/${no}`);
    await page.getByText('最迟').first().waitFor();
    await look(page, 'case-submitted');
    const { acceptance, firstReview } = office.clerks;
    await acceptance.client.post(`/api/applications/${id}/claim`, {});
    await acceptance.client.post(`/api/applications/${id}/accept`, {});
    await page.getByText('承诺办结').waitFor({ timeout: 15_000 });
    await look(page, 'case-accepted');
    await page.getByText('为什么是这一天').click();
    await look(page, 'case-table');
    await page.getByRole('button', { name: /受理/ }).first().click();
    await page.getByRole('dialog').getByText('编号', { exact: false }).first().waitFor();
    await look(page, 'case-document');
    await page.keyboard.press('Escape');
    await page.goto(`/cases/${no}/deadline`);
    await heading(page, '办理期限逐日说明');
    await look(page, 'deadline');
    await firstReview.client.post(`/api/applications/${id}/claim`, {});
    await firstReview.client.post(`/api/applications/${id}/request-correction`, {
      defects: [{ target: { materialCode: 'M05' }, defect: '第 2 页看不清', remedy: '请重新拍照上传' }],
      dueOn: '2026-10-23',
    });
    await seller.page.goto(`/cases/${no}`);
    await seller.page.getByRole('heading', { name: /请补 1 样/ }).waitFor();
    await look(seller.page, 'case-correction');
    await seller.page.getByRole('link', { name: '去补材料' }).first().click();
    await seller.page.getByText('第 2 页看不清').first().waitFor();
    await look(seller.page, 'task-list-correction');
    await page.goto(`/cases/${no}`);
    await page.getByRole('button', { name: '撤回申请' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'case-withdraw');
    await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click();
    await page.getByText(/您.*提出撤回/).waitFor();
    await seller.page.goto(`/cases/${no}`);
    await seller.page.getByText(/对方.*提出撤回/).waitFor();
    await look(seller.page, 'case-withdrawal-asked');
    await seller.page.goto('/cases');
    await seller.page.getByRole('heading', { name: /等您处理/ }).waitFor();
    await look(seller.page, 'cases');
    expect([...seller.complaints, ...buyer.complaints]).toEqual([]);
  });

  async function fillParty(
    page: Page,
    key: string,
    account: { name: string; idNumber: string; phone: string },
  ) {
    await page.locator(`#f-${key}-0-name`).fill(account.name);
    await page.locator(`#f-${key}-0-idNumber`).fill(account.idNumber);
    await page.locator(`#f-${key}-0-phone`).fill(account.phone);
  }
});
