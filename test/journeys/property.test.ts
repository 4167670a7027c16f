import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCertificates } from '../../backend/modules/certificates/index.ts';
import { findUnitsByCodes } from '../../backend/modules/register/index.ts';
import {
  accepted,
  attachAll,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  personOrder,
  type Home,
  type Office,
} from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  stranger,
  type TestPerson,
} from '../support/people.ts';
import { look, PORTAL, seating } from './see.ts';

/** An owner in the browser: who looked, a permission given, used, seen and taken back, an alert, a complaint and its answer. */
describe('my property', () => {
  let office: Office;
  let browser: Browser;
  let home: Home;
  let coOwner: TestPerson;
  let supervisor: TestPerson;
  const MORTGAGE = '鲁(2021)聊城市不动产证明第0007701号';
  const seats = seating(() => ({ browser, api: office.api }));
  const HALF = { numerator: 1, denominator: 2 };

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    coOwner = await createCitizen(office.api, { name: '钱静' });
    supervisor = await createStaff(office.api, { name: '高明', roles: ['supervisor'] });
    home = await office.home({
      holders: [personOrder(office.seller, HALF), personOrder(coOwner, HALF)],
      encumbrances: [mortgageOf(office.bank, MORTGAGE)],
    });
    await importCertificates(office.api.p, await findUnitsByCodes(office.api.p, [home.code]));
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const open = async (person: TestPerson | null, path: string): Promise<Page> => {
    const page = await seats.open(person);
    await page.goto(path);
    return page;
  };

  it('is told at once when somebody applies on it', async () => {
    const { client, organisation, account } = office.bank;
    const draft = await createDraft(client, 'DY06', {
      unitCode: home.code,
      certificateNo: MORTGAGE,
      mortgagees: [
        {
          name: organisation.name,
          partyKind: 'organisation',
          idKind: '7',
          idNumber: organisation.creditCode,
          representative: account.name,
        },
      ],
      cause: 'debtPaid',
      causeOn: '2026-10-08',
      inquiryOwnWill: true,
      statementTrue: true,
      statementElectronicSignature: true,
    });
    const { revision } = await attachAll(client, draft.id, 'M14');
    const { id } = await ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
    await office.api.settle();
    const page = await open(office.seller, '/notifications');
    await page.getByText('有人就您的房子提出了申请').waitFor();
    await look(page, 'property-alert');
    await accepted(office, id);
    await page.getByRole('link', { name: '看这套房子' }).first().click();
    await page.getByRole('heading', { name: '正在办的申请' }).waitFor();
    await page.getByText('还清贷款，解除抵押').waitFor();
    await page.getByText('不是您同意办的？').waitFor();
  });

  it('shows a clerk’s look, and takes a complaint about it to its answer', async () => {
    const clerk = await createStaff(office.api, {
      name: '周敏',
      roles: ['acceptance'],
      officeId: 'liaocheng-centre',
    });
    await ok(clerk.client.get(`/api/register/units/${home.code}`));
    const { certificateNo: number } = home;
    await ok(stranger(office.api).post('/api/certificates/verify', { number, holderName: '赵明远' }));
    const page = await open(office.seller, '/me');
    await page.getByRole('link', { name: '谁查过我' }).click();
    const row = page.getByRole('listitem').filter({ hasText: '受理岗 周*' }).first();
    await row.getByText('不动产登记信息').waitFor();
    await page.getByText('没有登录的人', { exact: true }).waitFor();
    await look(page, 'access-log');
    await row.getByRole('button', { name: /有疑问，反映/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '提交反映' }).click();
    await dialog.getByText('请写几个字，说说哪里不对').first().waitFor();
    await dialog.getByLabel(/您想问什么/).fill('我没有在这个大厅办过事，为什么看我的房子？');
    await look(page, 'access-log-complain');
    await dialog.getByRole('button', { name: '提交反映' }).click();
    await row.getByText(/您已反映/).waitFor();

    const desk = await open(supervisor, '/desk/look-complaints');
    await desk.getByText('我没有在这个大厅办过事').waitFor();
    await desk.getByText('周敏').waitFor();
    await look(desk, 'look-complaints');
    await desk.getByRole('button', { name: /^答复/ }).click();
    await desk.getByLabel('查看有依据').check();
    await desk
      .getByLabel(/给反映人的答复/)
      .fill('周敏在办理您这套房子的抵押注销，依据《不动产登记暂行条例》查阅登记簿。');
    await look(desk, 'look-complaint-answer');
    await desk.getByRole('button', { name: '发出答复' }).click();
    await desk.getByText('没有等答复的反映').waitFor();

    await office.api.settle();
    await page.goto('/notifications');
    await page.getByText('您反映的查看有答复了').waitFor();
    await page.getByRole('link', { name: '看答复' }).first().click();
    await page.getByText('答复：查看有依据').waitFor();
  });

  it('lets a bank look, sees that it did, and takes the permission back', async () => {
    const page = await open(office.seller, '/property');
    await page.getByRole('heading', { name: '我的不动产' }).waitFor();
    await look(page, 'properties');
    await page.goto(`/property/${home.code}`);
    await page.getByRole('button', { name: '让别人看' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '生成链接' }).click();
    await dialog.getByRole('link', { name: '请写给谁看' }).waitFor();
    await look(page, 'grant-errors');
    await dialog.getByLabel(/^给谁看/).fill('农业银行 王经理');
    await dialog.getByLabel('办贷款、抵押').check();
    await dialog.getByRole('button', { name: '生成链接' }).click();
    await page.getByRole('heading', { name: '把这个发给对方' }).waitFor();
    await page.getByRole('img', { name: '授权查看的二维码' }).waitFor();
    await look(page, 'grant-link');
    const link = await page.getByRole('dialog').locator('.link').innerText();
    const { pathname, hash } = new URL(link);
    await page.getByRole('button', { name: '发好了' }).click();
    await page.getByText('农业银行 王经理').first().waitFor();
    await look(page, 'property');

    const other = await createOrganisation(office.api, 'bank', { name: '农业银行聊城分行' });
    const bank = await open(other, `${pathname}${hash}`);
    await bank.getByRole('heading', { name: '凭授权查看' }).waitFor();
    await look(bank, 'authorised-before');
    await bank.getByRole('button', { name: '查看' }).click();
    await bank.getByText('办贷款、抵押').waitFor();
    await bank.getByText('赵明远').first().waitFor();
    expect(await bank.getByText('钱静').count()).toBe(0);
    await look(bank, 'authorised');

    await office.api.settle();
    for (const owner of [office.seller, coOwner]) {
      const inbox = await open(owner, '/notifications');
      await inbox.getByText('有人凭授权看了您的房子').waitFor();
    }
    await page.goto(`/me/access-log?unit=${home.code}`);
    await page.getByText('农业银行聊城分行（经办人').first().waitFor();
    await page.goto(`/property/${home.code}`);
    await page.getByText('1 次，最多 5 次').waitFor();
    await page.getByRole('button', { name: /^收回/ }).click();
    await look(page, 'grant-revoke');
    await page.getByRole('button', { name: '收回授权' }).click();
    await page.getByText('现在没有给出的授权').waitFor();

    await bank.reload();
    await bank.getByRole('button', { name: '查看' }).click();
    await bank.getByText(/这个授权不能用/).waitFor();
    expect(await bank.getByText('赵明远').count()).toBe(0);
    await look(bank, 'authorised-over');
  });

  it('is read at 30 px in the elder view', async () => {
    const page = await seats.open(office.seller);
    const view = { mode: 'elder', size: 'largest' };
    await page
      .context()
      .addInitScript((choice) => localStorage.setItem('view', JSON.stringify(choice)), view);
    await page.goto(`/property/${home.code}`);
    await page.getByText('聊城测试银行').first().waitFor();
    await look(page, 'elder-property');
    await page.getByRole('button', { name: '让别人看' }).click();
    await look(page, 'elder-grant');
    await page.goto('/me/access-log');
    await page.getByText('核验证书真伪').first().waitFor();
    await look(page, 'elder-access-log');
  });

  it('gives and takes back a permission by keyboard alone', async () => {
    const page = await open(office.seller, `/property/${home.code}`);
    await page.getByRole('button', { name: '让别人看' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^给谁看/).focus();
    await page.keyboard.type('租客 小李');
    await page.keyboard.press('Tab');
    for (const _ of [1, 2]) await page.keyboard.press('ArrowDown');
    expect(await dialog.getByLabel('租这套房子').isChecked()).toBe(true);
    await dialog.getByRole('button', { name: '生成链接' }).press('Enter');
    await page.getByRole('heading', { name: '把这个发给对方' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '收回 ：租客 小李' }).press('Enter');
    await page.getByRole('button', { name: '收回授权' }).press('Enter');
    await page.getByText('现在没有给出的授权').waitFor();
  });

  it('delays a notice by two persons at the desk', async () => {
    const police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
    const leader = await createStaff(office.api, { name: '许国栋', roles: ['leader'] });
    supervisor.client.confirmWith?.();
    const desk = await open(supervisor, '/desk/look-delays');
    await desk.getByRole('button', { name: '登记一件' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('当事人证件号码').fill(coOwner.account.idNumber);
    await dialog.getByLabel('机关的统一社会信用代码').fill(police.organisation.creditCode);
    await dialog.getByLabel('侦查犯罪').check();
    await dialog.getByLabel('文书号').fill('聊公经侦〔2026〕18号');
    await dialog.getByLabel('理由').fill('正在侦查一起合同诈骗案');
    await dialog.getByLabel(/暂缓到/).fill('2026-11-30');
    await look(desk, 'delay-ask');
    await dialog.getByRole('button', { name: '提交领导决定' }).click();
    await desk.getByText('等决定').waitFor();
    // Friday morning and three working days on, the make-up Saturday among them.
    await desk.getByText('2026年10月13日 前；没有决定的，过后照常告知').waitFor();
    await look(desk, 'delays-asked');
    const other = await open(leader, '/desk/look-delays');
    await other.getByRole('button', { name: '同意暂缓' }).click();
    await other.getByText('暂缓中').waitFor();
    await look(other, 'delays');
  });

  it('complains of nothing to the console', () => {
    expect(seats.complaints()).toEqual([]);
  });
});
