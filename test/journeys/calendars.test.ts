import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationsModule } from '../../backend/modules/applications/index.ts';
import {
  accepted,
  claimed,
  ok,
  openOffice,
  submittedRename,
  submittedSale,
  type Office,
} from '../backend/applications/scenario.ts';
import { launchBrowser } from '../support/browser.ts';
import { createStaff, type TestPerson } from '../support/people.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

/** A new calendar is imported and dates move; a handler asks for more time and another person decides. */
describe('dates that move, in the browser', () => {
  let office: Office;
  let browser: Browser;
  let administrator: TestPerson;
  let supervisor: TestPerson;
  const seats: Seat[] = [];

  beforeAll(async () => {
    [office, browser] = await Promise.all([openOffice({ publicDirectory: PORTAL }), launchBrowser()]);
    administrator = await createStaff(office.api, { name: '管理员', roles: ['administrator'] });
    supervisor = await createStaff(office.api, { name: '高建国', roles: ['supervisor'] });
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  async function open(person: TestPerson): Promise<Page> {
    const one = await seat(browser, office.api, person);
    seats.push(one);
    return one.page;
  }
  async function inEnglish(page: Page, name: string, heading: string): Promise<void> {
    const lang = { name: 'lang', url: office.api.url };
    await page.context().addCookies([{ ...lang, value: 'en' }]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await look(page, `${name}-en`);
    await page.context().addCookies([{ ...lang, value: 'zh-CN' }]);
  }

  it('imports a calendar, shows what it moves, and publishes it; the applicant is told', async () => {
    const { id } = await submittedRename(office);
    const before = await accepted(office, id);
    const page = await open(administrator);
    await page.goto('/admin/calendars');
    await page.getByRole('heading', { level: 1, name: '工作日历' }).waitFor();
    await look(page, 'calendars');
    const { years } = await ok(administrator.client.get('/api/admin/calendars'));
    const { version: _version, ...year } = years.find((one: { year: number }) => one.year === 2026);
    const makeUp = year.makeUp.filter((one: { on: string }) => one.on !== '2026-10-10');
    const notice = { title: '关于调整调休的通知', number: '国办发明电〔2026〕99号' };
    const file = { ...year, makeUp, notice, publishedOn: '2026-10-09' };
    await page.getByLabel('日历文件（JSON）').setInputFiles({
      name: '2026.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await page.getByRole('button', { name: '看影响' }).click();
    await page.getByText('1 件的办结日期会变').waitFor();
    await look(page, 'calendars-effect');
    await page.getByRole('button', { name: '发布并通知受影响的人' }).click();
    await page.getByText('还有 1 件在办的正在后台重新算').waitFor();
    await inEnglish(page, 'calendars', 'Working calendars');

    const job = applicationsModule.jobs!.find(({ name }) => name === 'applications.rules')!;
    await job.run(office.api.p, office.api.p.time.now());
    await office.api.settle();
    const seller = await open(office.seller);
    await seller.goto('/notifications');
    await seller.getByText('原来 10月10日（周六），现在 10月12日（周一）').waitFor();
    await seller.goto(`/cases/${before.no}`);
    await seller.getByText('10月12日').first().waitFor();
  });

  it('says at its field what is wrong with a calendar', async () => {
    const page = await open(administrator);
    await page.goto('/admin/calendars');
    await page.getByRole('button', { name: '自己填' }).click();
    await page.getByLabel('年份').fill('2027');
    await page.getByLabel('通知名称').fill('通知');
    await page.getByLabel('通知文号').fill('1号');
    await page.getByRole('button', { name: '看影响' }).click();
    await page.getByRole('alert').getByText('请选春节放假的第一天').waitFor();
    await look(page, 'calendars-wrong');
  });

  it('shows what an extension and a pause would do before they are confirmed; another person decides', async () => {
    const { id } = await submittedSale(office);
    const { no } = await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const page = await open(office.clerks.firstReview);
    await page.goto(`/desk/cases/${no}`);
    await page.getByRole('button', { name: /^中止/ }).click();
    await page.getByRole('radio', { name: /待缴税/ }).check();
    await page.getByLabel('预计哪天恢复').fill('2026-10-20');
    await page.getByText(/到期日从.+变到.+/).waitFor();
    await look(page, 'pause-effect');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^申请延长/ }).click();
    await page.getByLabel('延长几个工作日').fill('2');
    await page.getByText(/推后 ?2 ?个工作日/).waitFor();
    await look(page, 'extension-ask');
    await page.getByLabel(/^理由/).fill('要到现场核对门牌');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('申请延长 2 个工作日，等批准').waitFor();

    const head = await open(supervisor);
    await head.goto(`/desk/cases/${no}`);
    await head.getByRole('button', { name: /^批延长/ }).click();
    await head.getByText(/推后 ?2 ?个工作日/).waitFor();
    await look(head, 'extension-decide');
    await head.getByRole('radio', { name: '同意延长' }).check();
    await head.getByLabel('意见').fill('同意');
    await head.getByRole('button', { name: '确认决定' }).click();
    await head.getByText('已延长 2 个工作日').waitFor();
    await look(head, 'extension-done');
  });

  it('left no complaint in the console of any page', () => {
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
