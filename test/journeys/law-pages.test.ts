import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  act,
  attachAll,
  claimed,
  createDraft,
  mortgageOf,
  ok,
  openOffice,
  renameAnswers,
  saleAnswers,
  submittedSale,
  type Office,
} from '../backend/applications/scenario.ts';
import { TERMS } from '../backend/register/units.ts';
import { launchBrowser } from '../support/browser.ts';
import { signInAs, type TestPerson } from '../support/people.ts';
import { look, PORTAL, seat } from './see.ts';

/** Rules of law that people have to be able to read: who else must sign and why, what a notice says, how late a case is. */
describe('the law in words, in the browser', () => {
  let office: Office;
  let browser: Browser;
  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });
  const open = async (person: TestPerson, path: string): Promise<Page> => {
    const { page } = await seat(browser, office.api, person);
    await page.goto(path);
    return page;
  };

  it('民法典406: says on both sides that the mortgagee has to sign, and why', async () => {
    const home = await office.home({
      encumbrances: [
        {
          ...mortgageOf(office.bank, '鲁(2025)聊城市不动产证明第0000801号'),
          mortgage: { ...TERMS, transferRestricted: true },
        },
      ],
    });
    const { client } = office.seller;
    const { id } = await createDraft(client, 'ZY02', saleAnswers(office, home));
    const { revision } = await attachAll(client, id, 'M05', 'M06');
    const tasks = await open(office.seller, `/applications/${id}`);
    await tasks.getByText('抵押权人也要一起申请、签名').waitFor();
    await look(tasks, 'three-parties-tasks');
    await tasks.getByRole('link', { name: /对方确认和签名/ }).click();
    await tasks.getByText(/三方一起申请，缺一方签名都不能办/).waitFor();
    await look(tasks, 'three-parties-consent');
    await ok(client.post(`/api/applications/${id}/request-consent`, { revision }));
    const bank = await open(office.bank, `/consents/${id}`);
    await bank.getByRole('heading', { name: '一起申请的第三方' }).waitFor();
    expect(await bank.getByText(/依据：民法典第四百零六条/).count()).toBe(1);
    await look(bank, 'three-parties-sign');
  });

  it('条例22: shows the notice of a refusal with its article before it goes out', async () => {
    const { id, no } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const page = await open(office.clerks.firstReview, `/desk/cases/${no}`);
    await page.getByText(/已核 \d+ 项/).waitFor();
    await page.keyboard.press('x');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('选好理由后，这里显示告知书全文').waitFor();
    await dialog.getByLabel('法定理由').selectOption('ownershipDispute');
    await dialog.getByText('不动产登记暂行条例第二十二条（二）').waitFor();
    await dialog.getByLabel(/事实（写给申请人/).fill('法院已受理确权之诉，案号(2026)鲁1502民初3321号');
    await dialog.locator('dd', { hasText: '民初3321号' }).waitFor();
    await look(page, 'notice-refuse');
  });

  it('says in the list why a case is paused and until when', async () => {
    const { id, no } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const body = { reason: 'waitTax', note: '等税务部门更正', plannedEndOn: '2026-10-20' };
    await ok(act(office.clerks.firstReview, id, 'pause', body));
    const page = await open(office.clerks.firstReview, '/desk?view=all');
    await page
      .getByRole('row', { name: new RegExp(no) })
      .getByText('待缴税，预计 10月20日（周二）恢复')
      .waitFor();
    await look(page, 'list-paused');
  });

  it('shows the desk a former number beside the register', async () => {
    const home = await office.home();
    const { account, client } = office.buyer;
    const draft = await createDraft(
      client,
      'BG01',
      renameAnswers(office, home, {
        holders: [
          { name: account.name, partyKind: 'person', idKind: '1', idNumber: office.seller.account.idNumber },
        ],
        changeKind: 'idNumber',
        newName: undefined,
        newIdKind: '1',
        newIdNumber: account.idNumber,
      }),
    );
    const { revision } = await attachAll(client, draft.id, 'M21');
    const { no } = await ok(client.post(`/api/applications/${draft.id}/submit`, { revision }));
    await claimed(office.clerks.acceptance, draft.id);
    const page = await open(office.clerks.acceptance, `/desk/cases/${no}`);
    await page.getByText('与登记簿不一致：不能登记，请核对变更证明').waitFor();
    await look(page, 'former-number');
  });

  it('goes on to today on the strip of a late case', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    office.api.setNow(new Date('2026-10-16T10:00:00+08:00'));
    const { account } = office.seller;
    const late: TestPerson = { account, client: await signInAs(office.api, account) };
    const page = await open(late, `/cases/${id}`);
    await page.getByText('已超期 3 个工作日').first().waitFor();
    await look(page, 'late-strip');
    await page.goto(`/cases/${id}/deadline`);
    await page
      .getByText(/已超期第 3 个工作日/)
      .first()
      .waitFor();
    await look(page, 'late-sheet');
  });
});
