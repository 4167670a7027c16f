import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, claimed, ok, submittedRename, submittedSale } from '../backend/applications/scenario.ts';
import { storedCase } from '../support/open-cases.ts';
import type { TestPerson } from '../support/people.ts';
import { at, lookAt, openBureau, travel, type Bureau } from '../backend/supervision/bureau.ts';
import { launchBrowser } from '../support/browser.ts';
import { TEST_NOW } from '../support/api.ts';
import { look, PORTAL, seat, type Seat } from './see.ts';

/** A case grows old on a moved clock; a pause waits for another person; a promise changes, and a longer one takes a decision. */
describe('time limits, in the browser', () => {
  let bureau: Bureau;
  let browser: Browser;
  const seats: Seat[] = [];

  beforeAll(async () => {
    [bureau, browser] = await Promise.all([openBureau({ publicDirectory: PORTAL }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  async function open(person: TestPerson): Promise<Page> {
    const one = await seat(browser, bureau.api, person);
    seats.push(one);
    return one.page;
  }
  async function inEnglish(page: Page, name: string, heading: string | RegExp): Promise<void> {
    const lang = { name: 'lang', url: bureau.api.url };
    await page.context().addCookies([{ ...lang, value: 'en' }]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await look(page, `${name}-en`);
    await page.context().addCookies([{ ...lang, value: 'zh-CN' }]);
  }
  /** Messages about a case in somebody's inbox, as the page shows them. */
  async function toldOnPage(person: TestPerson, no: string): Promise<string[]> {
    await bureau.api.settle();
    const page = await open(person);
    await page.goto('/notifications');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(no).first().waitFor();
    const texts = await page.getByText(no).allInnerTexts();
    await page.context().close();
    return texts;
  }

  it('turns yellow, red and black, and the right people are told once', async () => {
    const { id, no } = await submittedRename(bureau);
    await accepted(bureau, id);
    await claimed(bureau.clerks.firstReview, id);
    const { statutoryDueAt } = (await storedCase(bureau.api.p, id)).work;
    const shown = async (word: string) => {
      const page = await open(bureau.clerks.firstReview);
      await page.goto('/desk');
      await page.getByRole('row').filter({ hasText: no }).filter({ hasText: word }).waitFor();
      await page.context().close();
    };
    await lookAt(bureau, at('2026-10-10', '14:40'));
    await shown('临期');
    expect(await toldOnPage(bureau.clerks.firstReview, no)).toHaveLength(1);
    await lookAt(bureau, at('2026-10-10', '17:01'));
    await lookAt(bureau, at('2026-10-10', '17:02'));
    await shown('超期');
    for (const person of [bureau.head, bureau.supervisor]) {
      const told = await toldOnPage(person, no);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('超期');
    }
    await lookAt(bureau, new Date(statutoryDueAt!.getTime() + 60_000));
    await lookAt(bureau, new Date(statutoryDueAt!.getTime() + 120_000));
    await shown('法定');
    const told = await toldOnPage(bureau.supervisor, no);
    expect(told.filter((text) => text.includes('法定'))).toHaveLength(1);
    expect(told).toHaveLength(2);
  });

  it('asks another person for a pause, and keeps the mark of one that was entered later', async () => {
    await travel(bureau, TEST_NOW);
    const { id } = await submittedSale(bureau);
    const { no } = await accepted(bureau, id);
    await claimed(bureau.clerks.firstReview, id);
    await travel(bureau, at('2026-10-12', '10:00'));
    const page = await open(bureau.clerks.firstReview);
    await page.goto(`/desk/cases/${no}`);
    await page.getByRole('button', { name: /^中止/ }).click();
    await page
      .getByRole('radio', { name: /外调/ })
      .or(page.getByRole('radio', { name: /核查/ }))
      .first()
      .check();
    await page.getByLabel(/^写给申请人的说明/).fill('当时已发函，没有记');
    await page.getByRole('radio', { name: '更早就停了，现在补记' }).check();
    await page.getByLabel('什么时候开始的').fill('2026-10-10T09:00');
    await page.getByRole('radio', { name: '已经结束' }).check();
    await page.getByLabel('什么时候结束的').fill('2026-10-09T18:00');
    await look(page, 'pause-later');
    await page.getByRole('button', { name: '申请暂停' }).click();
    await page.getByText('结束时间要晚于开始时间').first().waitFor();
    await look(page, 'pause-later-wrong');
    // The heading of the dialog stays where it is while the fields below it are scrolled to the first error.
    const above = await page
      .getByRole('dialog')
      .evaluate(
        (dialog) =>
          dialog.getBoundingClientRect().top - dialog.querySelector('h2')!.getBoundingClientRect().top,
      );
    expect(above).toBeLessThan(0);
    await page.getByLabel('什么时候结束的').fill('2026-10-10T18:00');
    await page.getByRole('button', { name: '申请暂停' }).click();
    await page
      .getByText(/申请暂停：.+等批准/)
      .first()
      .waitFor();

    const desk = await open(bureau.supervisor);
    await desk.goto('/supervision');
    await desk.getByRole('heading', { name: '等批准（1 件）' }).waitFor();
    await look(desk, 'supervision-approvals');
    await desk.getByRole('link', { name: no, exact: true }).first().click();
    await desk.getByRole('button', { name: /^批暂停/ }).click();
    await desk.getByText(/补记：从/).waitFor();
    await look(desk, 'pause-decide');
    await desk.getByRole('radio', { name: '同意暂停' }).check();
    await desk.getByLabel('意见').fill('函件日期属实');
    await desk.getByRole('button', { name: '确认决定' }).click();
    await desk.getByText(/补记（.+方静 批准）/).waitFor();
    await look(desk, 'pause-marked');
  });

  it('changes a promise after a look at what it moves; a leader decides on a longer one', async () => {
    await travel(bureau, TEST_NOW);
    const { id } = await submittedSale(bureau);
    const { no } = await accepted(bureau, id);
    const page = await open(bureau.supervisor);
    await page.goto('/admin/limits');
    await page.getByRole('heading', { level: 1, name: '承诺时限' }).waitFor();
    await look(page, 'limits');
    await page.getByRole('button', { name: /^改承诺.*过户/ }).click();
    await page.getByRole('button', { name: '看影响' }).click();
    await page.getByText('请填新的承诺，至少 1').first().waitFor();
    await look(page, 'limits-wrong');
    await page.getByLabel('新的承诺').fill('9');
    await page.getByLabel('公布的文件').fill('关于调整承诺时限的通知');
    await page.getByLabel('文号').fill('聊自资规发〔2026〕7号');
    await page.getByLabel('为什么改').fill('测绘系统停机');
    await page.getByRole('button', { name: '看影响' }).click();
    await page.getByText(/都不受影响/).waitFor();
    await look(page, 'limits-effect');
    await page.getByRole('button', { name: '发布承诺' }).click();
    await page
      .getByText(/聊自资规发〔2026〕7号/)
      .first()
      .waitFor();
    await inEnglish(page, 'limits', 'Promised time limits');

    const leader = await open(bureau.leader);
    await leader.goto('/admin/limits');
    await leader.getByLabel('业务').selectOption({ index: 1 });
    await leader.getByLabel('办件编号').fill(no);
    await leader.getByLabel(/^理由/).fill('测绘系统停机，已和申请人说好');
    await look(leader, 'limits-decide');
    await leader.getByRole('button', { name: '决定并通知申请人' }).click();
    await leader.getByText('已决定，1 件的办结日期推后').waitFor();
    const { clocks } = await ok(bureau.seller.client.get(`/api/applications/${id}?view=case`));
    expect(clocks.promised.limit).toEqual({ amount: 9, unit: 'workingDay' });
  });

  it('left no complaint in the console of any page', () => {
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
