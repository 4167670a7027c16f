import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, encumbrance, half, party, TERMS, unitImport, WHOLE } from '../backend/register/units.ts';
import { acceptAs, register } from '../backend/query/asking.ts';
import { jpeg } from '../backend/files/samples.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { createCitizen, createOrganisation, createStaff, type TestPerson } from '../support/people.ts';
import { look, PORTAL, seating } from './see.ts';

/** Asking the register, from the first question to the document that somebody else verifies. */
describe('queries in the browser', () => {
  let api: TestApi;
  let browser: Browser;
  let owner: TestPerson;
  let homeless: TestPerson;
  let clerk: TestPerson;
  const seats = seating(() => ({ browser, api }));
  const HOME = codeOf(1);
  const BURDENED = codeOf(2);
  let verifyPath = '';

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ publicDirectory: PORTAL }), launchBrowser()]);
    owner = await createCitizen(api, { name: '赵明远' });
    homeless = await createCitizen(api, { name: '孙晓岚' });
    clerk = await createStaff(api, { roles: ['acceptance', 'archivist'], name: '周敏' });
    const partner = party('周雨', '371502198806150028', half());
    const { holders: _holders, ...mortgage } = encumbrance('mortgage', { mortgage: TERMS });
    const { holders: _none, ...seizure } = encumbrance('seizure');
    await register(api, [
      unitImport(HOME, [party('赵明远', owner.account.idNumber, WHOLE)]),
      unitImport(
        BURDENED,
        [party('赵明远', owner.account.idNumber, half()), partner],
        [
          {
            ...mortgage,
            holders: [
              {
                ...party('聊城农商银行', '91371500MA3C00011K'),
                partyKind: 'organisation',
                idKind: 'creditCode',
              },
            ],
          },
          { ...seizure, holders: [] },
        ],
      ),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name }).waitFor();
  const go = (page: Page) => page.getByRole('button', { name: '继续' }).click();

  it('says what can be asked, before anybody signs in', async () => {
    const page = await seats.open(null);
    await page.goto('/query');
    await heading(page, '查询登记');
    await look(page, 'query-stranger');
    await page.goto('/');
    await page
      .getByRole('link', { name: /^查询登记/ })
      .first()
      .waitFor();
    await look(page, 'home-with-query');
  });

  it('one’s own: a purpose if one likes, result, paper', async () => {
    const page = await seats.open(owner);
    await page.goto('/query');
    await look(page, 'query');
    await page.getByRole('link', { name: /^我名下的全部房产/ }).click();
    await heading(page, '用来做什么？');
    await look(page, 'query-purpose');
    await page.getByLabel('申请贷款').check();
    await go(page);
    await heading(page, '核对后提交');
    await look(page, 'query-check');
    await page.getByRole('button', { name: '提交，马上看结果' }).click();
    await heading(page, '您名下有 2 处房产');
    await page.getByText('聊城农商银行').waitFor();
    await look(page, 'query-own');
    const href = await page.getByRole('link', { name: /下载查询结果证明/ }).getAttribute('href');
    const answer = await page.context().request.get(href ?? '');
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const view = await page.context().request.get((href ?? '').replace('/pdf', ''));
    verifyPath = new URL(((await view.json()) as { result: { verifyUrl: string } }).result.verifyUrl)
      .pathname;
    await page.goto('/me/queries');
    await heading(page, '我的查询');
    // Until when papers and answer are kept (个保法17, 19).
    await page
      .getByText(/保存到 \d{4}/)
      .first()
      .waitFor();
    await look(page, 'query-mine');
  });

  it('is verified on another machine by its QR', async () => {
    const page = await seats.open(null);
    await page.goto(verifyPath);
    await page.getByText('文书是真的').waitFor();
    await page.getByText('赵*远').waitFor();
    await look(page, 'query-verified');
    await page.goto(`${verifyPath.slice(0, -2)}xx`);
    await page.getByText('查不到这份文书').waitFor();
    await look(page, 'query-not-verified');
  });

  it('of nothing is a certificate of none', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query/new/own');
    await page.getByLabel('孩子上学').check();
    await go(page);
    await page.getByRole('button', { name: '提交，马上看结果' }).click();
    await heading(page, '登记簿上没有登记在您名下的房产');
    await page.getByRole('link', { name: /下载无房证明/ }).waitFor();
    await look(page, 'query-none');
  });

  it('a look before buying names nobody', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query/new/status');
    await heading(page, '查哪一处？');
    await look(page, 'query-target');
    await page.locator('#target').fill('鲁（2026）聊城市不动产权第0000777号');
    await go(page);
    await page.getByLabel('买房').check();
    await go(page);
    await page.getByLabel(/我承诺/).check();
    await page.getByRole('button', { name: '提交，马上看结果' }).click();
    await page
      .getByText(/登记簿里没有这处不动产/)
      .first()
      .waitFor();
    await look(page, 'query-not-found');
    await page.locator('#target').fill('鲁（2026）聊城市不动产权第0000002号');
    await go(page);
    await go(page);
    await page.getByRole('button', { name: '提交，马上看结果' }).click();
    await heading(page, '查到了');
    await page.getByText('被法院等机关查封，不能过户').waitFor();
    expect(await page.getByText('赵明远').count()).toBe(0);
    await look(page, 'query-status');
  });

  it('an interested party hands in a contract', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query/new/interested');
    await page.locator('#target').fill(BURDENED);
    await go(page);
    await page.getByLabel('买房').check();
    await go(page);
    await heading(page, '上传证明材料');
    await go(page);
    await page.getByText('还缺：合同').first().waitFor();
    await page
      .locator('[data-upload="m-contract"]')
      .setInputFiles({ name: '合同.jpg', mimeType: 'image/jpeg', buffer: await jpeg(600, 800) });
    await page.getByText('已上传', { exact: true }).waitFor();
    await look(page, 'query-papers');
    await go(page);
    await page.getByLabel(/我承诺/).check();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await heading(page, '已提交，等工作人员核对');
    await look(page, 'query-waiting');
  });

  it('a clerk decides it by keyboard, and the answer is there', async () => {
    const desk = await seats.open(clerk);
    await desk.goto('/desk/queries');
    await heading(desk, '登记资料查询');
    await desk.getByRole('link', { name: /^CX/ }).waitFor();
    await look(desk, 'desk-queries');
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: '同意后，对方会看到' }).waitFor();
    await look(desk, 'desk-query');
    await desk.keyboard.press('x');
    await desk.getByRole('button', { name: '出具不予查询告知书' }).waitFor();
    await look(desk, 'desk-query-refuse');
    await desk.keyboard.press('Escape');
    await desk.getByRole('dialog').waitFor({ state: 'hidden' });
    for (const key of ['1', '2', '3', 'a']) await desk.keyboard.press(key);
    await desk.getByText('没有等着办的查询').waitFor();
    await look(desk, 'desk-queries-empty');

    const page = await seats.open(homeless);
    await page.goto('/me/queries');
    await page
      .getByRole('link', { name: /^我有合同/ })
      .first()
      .click();
    await heading(page, '查到了');
    await page.getByText('赵明远').first().waitFor();
    await look(page, 'query-interested');
  });

  it('an organ asks by person with the number of its letter, and lets the owner know when it may', async () => {
    const police = await createOrganisation(api, 'organ', { name: '聊城市公安局' });
    const page = await seats.open(police);
    await page.goto('/query');
    await page.getByRole('link', { name: /^按人查/ }).click();
    await heading(page, '查谁名下的？');
    await look(page, 'query-person');
    await page.locator('#personName').fill('赵明远');
    await page.locator('#personNumber').fill(owner.account.idNumber);
    await go(page);
    await page.getByLabel('调查案件').check();
    await page.locator('#purposeText').fill('侦查一起合同诈骗案');
    await go(page);
    await page.getByText('请填文号，2 到 60 个字').first().waitFor();
    await look(page, 'query-letter');
    await page.locator('#letterNo').fill('聊公经侦〔2026〕18号');
    await go(page);
    await heading(page, '为什么暂不告知当事人？');
    await go(page);
    await page.getByText('请选情形').first().waitFor();
    await page.getByLabel('紧急保护人身和财产').check();
    await page.getByText(/最长 7 天/).waitFor();
    await page.getByLabel('侦查犯罪').check();
    await page.getByText(/最长 180 天/).waitFor();
    await look(page, 'query-silence-step');
    await go(page);
    for (const paper of ['officialLetter', 'officialCard'])
      await page
        .locator(`[data-upload="m-${paper}"]`)
        .setInputFiles({ name: `${paper}.jpg`, mimeType: 'image/jpeg', buffer: await jpeg(600, 800) });
    await page.getByText('已上传', { exact: true }).nth(1).waitFor();
    await go(page);
    await heading(page, '核对后提交');
    await page.getByText('聊公经侦〔2026〕18号').waitFor();
    await page
      .getByText(/侦查犯罪；到 .+ 为止/)
      .first()
      .waitFor();
    await look(page, 'query-check-organ');
    await page.getByLabel(/我承诺/).check();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await heading(page, '已提交，等工作人员核对');
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect((await acceptAs(clerk, id)).status).toBe(200);

    await page.goto('/me/queries');
    await page.getByText(/^到 .+ 为止，当事人不会得知$/).waitFor();
    await look(page, 'query-mine-organ');
    await page.getByRole('button', { name: /^改日期/ }).click();
    await page.getByLabel('最后一天').fill('2020-01-01');
    await page.getByRole('button', { name: '保存日期' }).click();
    await page
      .getByText(/暂缓告知要在今天之后/)
      .first()
      .waitFor();
    await look(page, 'query-silence-day');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^现在告知/ }).click();
    await page.getByRole('heading', { name: '现在就让当事人得知？' }).waitFor();
    await look(page, 'query-silence-end');
    await page.getByRole('dialog').getByRole('button', { name: '现在告知' }).click();
    await page.getByText(/起，当事人能看到这次查询$/).waitFor();
    expect(await page.getByRole('button', { name: /^现在告知/ }).count()).toBe(0);
    const told = await seats.open(owner);
    await told.goto('/me/access-log');
    await told.getByText('聊公经侦〔2026〕18号').first().waitFor();
    await look(told, 'access-log-organ');
  });

  /** Asks as one page after the other, and hands in what is asked for. */
  const handIn = async (page: Page, code: string) => {
    await page
      .locator(`[data-upload="m-${code}"]`)
      .setInputFiles({ name: '材料.jpg', mimeType: 'image/jpeg', buffer: await jpeg(600, 800) });
  };
  const send = async (page: Page) => {
    await go(page);
    await page.getByLabel(/我承诺/).check();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await heading(page, '已提交，等工作人员核对');
  };

  it('an heir who knows no unit names the deceased', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query');
    await page.getByRole('link', { name: /^亲人去世了/ }).click();
    await heading(page, '您知道是哪处房子吗？');
    await go(page);
    await page.getByText('请选一项').first().waitFor();
    await look(page, 'query-heir-by');
    await page.getByLabel('不知道，或者想查全').check();
    await go(page);
    await heading(page, '去世的人是谁？');
    await go(page);
    await page.getByText('请填证件号码').first().waitFor();
    await page.getByLabel('去世的人的姓名').fill('赵明远');
    await page.getByLabel('去世的人的身份证号').fill(owner.account.idNumber);
    await look(page, 'query-deceased');
    await go(page);
    await heading(page, '上传证明材料');
    await handIn(page, 'inheritanceProof');
    await page.getByText('已上传', { exact: true }).waitFor();
    await send(page);

    const desk = await seats.open(clerk);
    await desk.goto('/desk/queries');
    await desk.getByRole('link', { name: /^CX/ }).first().click();
    await desk.getByText(/能证明与被查询人的关系/).waitFor();
    await look(desk, 'desk-query-heir');
    for (const key of ['1', '2', '3', 'a']) await desk.keyboard.press(key);
    await desk.getByText('没有等着办的查询').waitFor();
    await page.reload();
    await heading(page, '登记在被查询人名下的不动产 2 处');
    await look(page, 'query-heir-found');
  });

  it('a lawyer with an order says for whom, and is asked for it', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query/new/lawyer');
    await page.locator('#target').fill(HOME);
    await go(page);
    await heading(page, '受谁委托？');
    await page.getByLabel('委托人的姓名或单位名称').fill('冯委托');
    await page.getByRole('radio', { name: /^没有/ }).check();
    await go(page);
    await page.getByText('请填要核对的姓名或名称').first().waitFor();
    await page.getByRole('radio', { name: /^有/ }).check();
    await look(page, 'query-lawyer');
    await go(page);
    await heading(page, '用来做什么？');
    expect(await page.getByRole('radio').count()).toBe(2);
    await page.getByLabel('打官司').check();
    await go(page);
    for (const code of ['lawyerCard', 'lawFirmLetter', 'inquiryOrder']) {
      await handIn(page, code);
      await page.locator(`#m-${code}`).getByText('已上传', { exact: true }).waitFor();
    }
    await go(page);
    await page.getByText('冯委托').waitFor();
    await page.getByText('权利人的姓名和份额').waitFor();
    await look(page, 'query-lawyer-check');
  });

  it('whoever looks after property for another is asked for whom', async () => {
    const page = await seats.open(homeless);
    await page.goto('/query/new/manager');
    await heading(page, '您替谁管财产？');
    await look(page, 'query-managed');
  });

  it('broke no policy and threw nothing', () => {
    expect(seats.complaints()).toEqual([]);
  });
});
