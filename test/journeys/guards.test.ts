import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, submittedSale, type Office } from '../backend/applications/scenario.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  PUBLIC_DIRECTORY,
} from '../support/browser.ts';
import { openWalker, type Walker } from '../support/journey.ts';
import type { TestPerson } from '../support/people.ts';
import { secretsIn } from '../support/secrets.ts';

/** Pages of people who are signed in, in each view; and that every watch of the journeys can see what it watches for. */
const VIEWS = [
  ['the plain view', {}, 'zh-CN'],
  ['长辈版 at its largest', { mode: 'elder', size: 'largest' }, 'zh-CN'],
  ['English', {}, 'en'],
] as const;

describe('pages of one’s own', () => {
  let office: Office;
  let browser: Browser;
  let no = '';

  beforeAll(async () => {
    [office, browser] = await Promise.all([
      openOffice({ publicDirectory: PUBLIC_DIRECTORY }),
      launchBrowser(),
    ]);
    ({ no } = await submittedSale(office));
    await office.api.settle();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const pagesOf = (): [TestPerson, string[]][] => [
    [
      office.seller,
      [
        '/',
        '/cases',
        `/cases/${no}`,
        `/applications/${no}/done`,
        '/notifications',
        '/me',
        '/applications/new/DY01',
        '/appointments',
        '/appointments/new',
      ],
    ],
    [office.bank, ['/me', '/me/members', '/cases', '/notifications']],
    [
      office.clerks.acceptance,
      [
        '/desk',
        '/desk?view=all',
        `/desk/cases/${no}`,
        '/desk/people',
        '/desk/reception',
        '/desk/counter',
        '/me',
      ],
    ],
  ];

  it.each(VIEWS)('are accessible and fit 320 px in %s', async (_, view, language) => {
    for (const [person, paths] of pagesOf()) {
      const walker = await openWalker(browser, office.api);
      const { page, context } = walker;
      const cookies = [...person.client.cookies].map(([name, value]) => ({
        name,
        value,
        url: office.api.url,
      }));
      await context.addCookies(cookies);
      await context.addCookies([{ name: 'lang', value: language, url: office.api.url }]);
      await context.addInitScript((choice) => {
        localStorage.setItem('signed-in', '1');
        localStorage.setItem('view', JSON.stringify(choice));
      }, view);
      await page.setViewportSize({ width: 320, height: 700 });
      for (const path of paths) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await page.locator('main h1').waitFor();
        expect(new URL(page.url()).pathname, `${path} as ${person.account.name}`).toBe(path.split('?')[0]);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        await expectNoSidewaysScroll(page, `${path} as ${person.account.name}`);
        await expectAccessible(page, `${path} as ${person.account.name}`);
      }
      expect([...walker.foreign, ...walker.complaints]).toEqual([]);
      await context.close();
    }
  });

  it('find a case by a party’s ID number and bring it back on return, and no address ever holds it', async () => {
    const { idNumber, phone } = office.buyer.account;
    const walker = await openWalker(browser, office.api);
    const { page, context } = walker;
    const { client } = office.clerks.acceptance;
    await context.addCookies(
      [...client.cookies].map(([name, value]) => ({ name, value, url: office.api.url })),
    );
    await context.addInitScript(() => localStorage.setItem('signed-in', '1'));
    await page.goto('/desk?view=all');
    const filter = page.locator('#filter');
    for (const typed of [phone, `${idNumber.slice(0, 6)} ${idNumber.slice(6)}`]) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/work-items/search'));
      await filter.fill(typed);
      expect((await answered).status()).toBe(200);
      await page.getByRole('link', { name: no }).waitFor();
    }
    await page.getByRole('link', { name: no }).click();
    await page.waitForURL(`**/desk/cases/${no}`);
    await page.goBack();
    await page.getByRole('link', { name: no }).waitFor();
    expect(await filter.inputValue()).toContain(idNumber.slice(6));
    expect(walker.urls).toContain(`${office.api.url}/desk?view=all`);
    expect(secretsIn([...walker.urls, ...office.api.requestUrls], [idNumber, phone])).toEqual([]);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(secretsIn([stored], [idNumber, phone])).toEqual([]);
    await context.close();
  });

  describe('a watch that must not sleep', () => {
    let walker: Walker;
    beforeAll(async () => {
      walker = await openWalker(browser, office.api);
      await walker.page.goto('/help', { waitUntil: 'networkidle' });
    });

    it('sees an ID number and a phone in an address, however they are written', async () => {
      const { idNumber, phone } = office.seller.account;
      expect(secretsIn(walker.urls, [idNumber, phone])).toEqual([]);
      const spaced = encodeURIComponent(`${idNumber.slice(0, 6)} ${idNumber.slice(6)}`);
      await walker.page.evaluate((text) => fetch(`/api/health/live?q=${text}`), spaced);
      await walker.page.evaluate((text) => fetch(`/api/health/live?q=${text}`), phone);
      await expect.poll(() => secretsIn(walker.urls, [idNumber, phone]).length).toBe(2);
      expect(secretsIn(office.api.requestUrls, [idNumber, phone])).toHaveLength(2);
    });

    it('sees a number that only ever stood in the address bar, put there by script and gone again', async () => {
      const { idNumber } = office.buyer.account;
      expect(secretsIn(walker.urls, [idNumber])).toEqual([]);
      await walker.page.evaluate((text) => {
        history.replaceState({}, '', `/help?text=${text}`);
        history.replaceState({}, '', '/help');
      }, idNumber);
      await expect.poll(() => secretsIn(walker.urls, [idNumber]).length).toBe(1);
      expect(secretsIn(office.api.requestUrls, [idNumber])).toEqual([]);
    });

    it('sees a request to another host and a broken content policy', async () => {
      expect([...walker.foreign, ...walker.complaints]).toEqual([]);
      await walker.page.evaluate(() => {
        const image = document.createElement('img');
        image.src = 'https://elsewhere.invalid/pixel.png';
        document.body.append(image);
        void fetch('https://elsewhere.invalid/track').catch(() => undefined);
      });
      await expect.poll(() => walker.foreign.length + walker.complaints.length).toBeGreaterThan(0);
    });

    it('sees an unlabelled field and a page that is too wide', async () => {
      await walker.page.evaluate(() => {
        const wide = document.createElement('div');
        wide.style.cssText = 'width:3000px;height:1px';
        document.body.append(document.createElement('input'), wide);
      });
      await expect(expectAccessible(walker.page, 'planted')).rejects.toThrow(/label/);
      await expect(expectNoSidewaysScroll(walker.page, 'planted')).rejects.toThrow(/scrolls sideways/);
    });
  });
});
