import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importUnits, recordChange } from '../../backend/modules/register/index.ts';
import { codeOf, recordOrder, unitImport } from '../backend/register/units.ts';
import { startApi, type TestApi } from '../support/api.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  PUBLIC_DIRECTORY,
} from '../support/browser.ts';
import { look } from './see.ts';

/** The page of the log: a visitor who comes again, a log that grew, one that was exchanged, and one that is broken. */
describe('the public page of the log', () => {
  let api: TestApi;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    api = await startApi({ publicDirectory: PUBLIC_DIRECTORY });
    browser = await launchBrowser();
    context = await browser.newContext({
      baseURL: api.url,
      locale: 'zh-CN',
      viewport: { width: 390, height: 844 },
    });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });
  const open = async () => {
    await page.goto('/ledger', { waitUntil: 'networkidle' });
    await expectNoSidewaysScroll(page, 'ledger');
    await expectAccessible(page, 'ledger');
    return page.locator('main').innerText();
  };

  it('says that the log is empty', async () => {
    expect(await open()).toContain('日志还没有内容');
  });

  it('remembers the log at the first visit and finds it grown at the next', async () => {
    await importUnits(
      api.p,
      Array.from({ length: 5 }, (_, n) => unitImport(codeOf(n + 1))),
    );
    await api.settle();
    expect(await open()).toContain('第一次看这本日志');
    expect(await open()).toContain('就是这 5 笔');
    await recordChange(api.p, recordOrder({ unitCode: codeOf(1) }));
    await api.settle();
    const text = await open();
    expect(text).toContain('对得上，只添了新的');
    expect(text).toContain('看到 5 笔，现在 6 笔');
    await look(page, 'ledger-grown');
  });

  it('is reached from the foot of every page, without a reload', async () => {
    await page.goto('/help', { waitUntil: 'networkidle' });
    await page.getByRole('contentinfo').getByRole('link', { name: '登记簿日志' }).click();
    await page.getByRole('heading', { level: 1, name: '登记簿有没有被偷偷改过' }).waitFor();
  });

  it('shows a log that was exchanged in red, keeps what it saw, and gives the evidence', async () => {
    const other = await startApi();
    try {
      await importUnits(
        other.p,
        Array.from({ length: 9 }, (_, n) => unitImport(codeOf(n + 100))),
      );
      await other.settle();
      await context.route(/\/api\/ledger/, async (route) => {
        const url = new URL(route.request().url());
        const reply = await other.fetch(url.pathname + url.search);
        await route.fulfill({
          status: reply.status,
          contentType: 'application/json',
          body: await reply.text(),
        });
      });
      const text = await open();
      expect(text).toContain('对不上：日志被改过');
      expect(text).toContain('看到 6 笔');
      expect(await page.getByRole('alert').count()).toBeGreaterThan(0);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: '保存证据' }).click();
      expect((await download).suggestedFilename()).toBe('ledger-evidence.json');
      await look(page, 'ledger-fork');
      expect(await open(), 'what it saw before is not forgotten').toContain('对不上：日志被改过');
    } finally {
      await context.unroute(/\/api\/ledger/);
      await other.close();
    }
    expect(await open()).toContain('就是这 6 笔');
  });

  it('says that a broken log is being examined', async () => {
    const { openBreak } = await import('../../backend/modules/ledger/breaks.ts');
    await openBreak(api.p, 'entry 3 is altered');
    expect(await open()).toContain('日志和签过的对不上，正在查');
    await look(page, 'ledger-broken');
  });
});
