import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestApi } from '../support/api.ts';
import { expectAccessible, expectNoSidewaysScroll, PUBLIC_DIRECTORY } from '../support/browser.ts';
import type { TestPerson } from '../support/people.ts';

/** Where pictures of every page go, for a person to look at; none are taken without it. */
const SHOTS = process.env.SHOTS ?? '';

/** The built portal; a copy elsewhere while somebody else may be building. */
export const PORTAL = process.env.PORTAL ?? PUBLIC_DIRECTORY;

export interface Seat {
  context: BrowserContext;
  page: Page;
  /** Errors of scripts and of the content policy. */
  complaints: string[];
}

/** A signed-in person at a browser, on the day of the office's clock. */
export async function seat(browser: Browser, api: TestApi, person: TestPerson | null): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: api.url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.clock.setFixedTime(api.p.time.now());
  if (person) {
    const cookies = [...person.client.cookies].map(([name, value]) => ({ name, value, url: api.url }));
    await context.addCookies(cookies);
    await context.addInitScript(() => localStorage.setItem('signed-in', '1'));
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/**
 * Looks at a page as it stands: pictures at both widths, axe, and no sideways scroll down to 320 px; in English as well with SHOTS_EN=1,
 * which takes longer than some messages stay.
 */
export async function look(page: Page, name: string): Promise<void> {
  await lookInOneLanguage(page, name);
  const switchTo = async (language: string) => {
    // In header, footer or menu, shown at this width or not.
    const button = page.locator(`button[lang="${language}"]`).first();
    await button.evaluate((element: HTMLButtonElement) => element.click());
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  };
  if (!SHOTS || !process.env.SHOTS_EN || (await page.locator('button[lang="en"]').count()) === 0) return;
  const focused = await page.evaluateHandle(() => document.activeElement);
  await switchTo('en');
  await lookInOneLanguage(page, `${name}-en`);
  await switchTo('zh-CN');
  await focused.evaluate((element) => (element as HTMLElement | null)?.focus());
}

async function lookInOneLanguage(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280] as const) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    // Laid out anew, and observers of sizes have been told.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
    }
    await expectNoSidewaysScroll(page, `${name} at ${width}`);
  }
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page, `${name} at 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Who sat down at one portal, one after the other, and what their pages complained of. */
export function seating(at: () => { browser: Browser; api: TestApi }) {
  const seats: Seat[] = [];
  return {
    async open(person: TestPerson | null): Promise<Page> {
      const { browser, api } = at();
      const one = await seat(browser, api, person);
      seats.push(one);
      return one.page;
    },
    complaints: () => seats.flatMap(({ complaints }) => complaints),
  };
}
