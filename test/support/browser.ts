import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Keeps Chromium from talking to anybody but the page's own server. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where journeys find the portal that `npm run build` made. */
export const PUBLIC_DIRECTORY = new URL('../../.build/public', import.meta.url).pathname;

export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find(existsSync);
  if (!executablePath)
    throw new Error('no Chromium: run the tests by `npm test`, which finds or installs one');
  return chromium.launch({ executablePath, args: [...QUIET, ...more] });
}

export interface PersonInBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Requests that left for another host: the portal must make none. */
  readonly foreign: string[];
  /** Errors that the page's scripts did not catch, and broken content policy. */
  readonly complaints: string[];
}

/** One person at one device: cookies of their own, Chinese, a phone or a desk. */
export async function openAs(
  browser: Browser,
  url: string,
  width: 390 | 1280 = 1280,
): Promise<PersonInBrowser> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height: width === 390 ? 844 : 900 },
    hasTouch: width === 390,
  });
  const page = await context.newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.origin !== new URL(url).origin)
      foreign.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, foreign, complaints };
}

/** axe with the rules of WCAG 2.2 A and AA on the page as it stands: none may be broken. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found, what).toEqual([]);
}

/** Nothing on the page is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess, `${what} scrolls sideways by ${excess} px`).toBeLessThanOrEqual(0);
}
