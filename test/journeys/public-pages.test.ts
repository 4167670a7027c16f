import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../support/api.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  PUBLIC_DIRECTORY,
} from '../support/browser.ts';
import { look, seat, type Seat } from './see.ts';

/** Every page that needs no sign-in, in each of its states and in each view, on the real server with its policy. */
const PAGES = [
  ['/', 'home'],
  ['/services', 'services'],
  ['/services?q=还清房贷', 'services-found'],
  ['/services?q=护照', 'services-none'],
  ['/services/ZY02', 'guide'],
  ['/services/DY06', 'guide-instant'],
  ['/services/ZY02/check', 'check'],
  ['/promises', 'promises'],
  ['/offices', 'offices'],
  ['/appointments/new', 'appointments-new'],
  ['/appointments/new?service=transfer', 'appointments-hall'],
  ['/appointments/new?service=transfer&hall=yanggu', 'appointments-day'],
  ['/appointments/new?service=transfer&hall=yanggu&day=2026-10-12', 'appointments-window'],
  ['/offices/yanggu/screen', 'hall-screen'],
  ['/verify', 'verify'],
  ['/sign-in', 'sign-in'],
  ['/sign-in/second-factor', 'second-factor'],
  ['/sign-up', 'sign-up'],
  ['/sign-up/organisation', 'sign-up-organisation'],
  ['/enrol', 'enrol'],
  ['/help', 'help'],
  ['/accessibility', 'accessibility'],
  ['/privacy', 'privacy'],
  ['/status', 'status'],
  ['/ledger', 'ledger'],
  ['/no/such/page', 'not-found'],
] as const;

/** One page of each kind, for views that change colours and words but not the layout. */
const FORMS = PAGES.filter(([, name]) =>
  ['home', 'guide', 'verify', 'sign-up', 'help', 'promises', 'not-found'].includes(name),
);

/** Pages that are readable before any script. */
const WRITTEN = [
  '/',
  '/services',
  '/services/ZY02',
  '/promises',
  '/verify',
  '/help',
  '/accessibility',
  '/privacy',
] as const;

async function arrive(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.locator('main h1').waitFor();
}

describe('the public pages', () => {
  let api: TestApi;
  let browser: Browser;
  let visitor: Seat;
  const titles = new Set<string>();

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ publicDirectory: PUBLIC_DIRECTORY }), launchBrowser()]);
    await generateSlots(api.p);
    visitor = await seat(browser, api, null);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  it.each(PAGES)('%s is accessible and never wider than the screen', async (path, name) => {
    await arrive(visitor.page, path);
    if (!path.includes('?')) titles.add(await visitor.page.title());
    await look(visitor.page, name);
    expect(await visitor.page.locator('h1').count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('has a title of its own on every page', () => {
    expect(titles.size).toBe(PAGES.filter(([path]) => !path.includes('?')).length);
  });

  describe.each([
    ['长辈版 at its largest', { mode: 'elder', size: 'largest' }, 'light', 'zh-CN', PAGES],
    ['the dark view', {}, 'dark', 'zh-CN', FORMS],
    ['English', {}, 'light', 'en', FORMS],
  ] as const)('in %s', (_, view, colorScheme, language, pages) => {
    let context: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      context = await browser.newContext({
        baseURL: api.url,
        colorScheme,
        viewport: { width: 320, height: 700 },
      });
      await context.addInitScript((choice) => localStorage.setItem('view', JSON.stringify(choice)), view);
      if (language === 'en') await context.addCookies([{ name: 'lang', value: 'en', url: api.url }]);
      page = await context.newPage();
    });
    afterAll(() => context.close());

    it.each(pages)('%s is accessible at 320 px', async (path, name) => {
      await arrive(page, path);
      await expectNoSidewaysScroll(page, name);
      await expectAccessible(page, name);
      if (language === 'en') expect(await page.locator('html').getAttribute('lang')).toBe('en');
    });
  });

  describe('without scripts', () => {
    it.each(WRITTEN)('%s can be read', async (path) => {
      const context = await browser.newContext({ baseURL: api.url, javaScriptEnabled: false });
      const page = await context.newPage();
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      expect(await page.locator('main h1').innerText()).not.toBe('');
      expect(await page.locator('noscript').innerText()).toContain('12345');
      if (path === '/services/ZY02')
        expect(await page.locator('main').innerText()).toContain('申请人身份证明');
      await context.close();
    });
  });

  describe('by keyboard', () => {
    const focused = () =>
      visitor.page.evaluate(
        () => `${document.activeElement?.tagName} ${document.activeElement?.textContent?.trim() ?? ''}`,
      );

    it('skips to the content first', async () => {
      const { page } = visitor;
      await arrive(page, '/services');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('A 跳到正文');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    });

    it('puts the focus on the heading of the next page, and Back returns to the place', async () => {
      const { page } = visitor;
      await arrive(page, '/services/ZY02');
      await page.evaluate(() => window.scrollTo(0, 1200));
      await page.locator('footer').getByRole('link', { name: '帮助' }).focus();
      const left = await page.evaluate(() => window.scrollY);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '帮助' }).waitFor();
      await expect.poll(focused).toBe('H1 帮助');
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: /存量房/ }).waitFor();
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(left);
    });

    it('finds out whether a case can be brought, in at most three questions', async () => {
      const { page } = visitor;
      await arrive(page, '/services/ZY02/check');
      for (let question = 0; question < 3; question++) {
        const asked = await page.locator('main h1').innerText();
        await page.locator('input[type=radio]').first().focus();
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await expect.poll(() => page.locator('main h1').innerText()).not.toBe(asked);
      }
      await page.getByRole('heading', { level: 1, name: '可以办' }).waitFor();
      expect(await focused()).toMatch(/可以办$/);
      await look(page, 'check-yes');
    });

    it('says what is missing before verifying, and the verdict after', async () => {
      const { page } = visitor;
      await arrive(page, '/verify');
      await page.getByLabel('证号').focus();
      await page.keyboard.press('Enter');
      await expect.poll(focused).toMatch(/请改正 2 处后再继续/);
      await look(page, 'verify-errors');
      await page.getByLabel('证号').fill('鲁(2021)聊城市不动产权第9999999号');
      await page.getByLabel('权利人姓名或单位全称').fill('查无此人');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '不一致', exact: true }).waitFor();
      await look(page, 'verify-no-match');
    });
  });
});
