import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importUnits, openAddressHit } from '../../backend/modules/register/index.ts';
import { codeOf, unitImport, ZHAO } from '../backend/register/units.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { createCitizen, type TestPerson } from '../support/people.ts';
import { look, seating } from './see.ts';

const HOUSE = '东昌府区湖滨路88号望湖苑6号楼2单元1102';

/** The part by itself, built as the portal is: which page it stands on is not what is tested here. */
async function buildPage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'address-page-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('../support/address-page', import.meta.url)),
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  });
  return outDir;
}

describe('the search by address in a browser', { timeout: 120_000 }, () => {
  let api: TestApi;
  let browser: Browser;
  let person: TestPerson;
  let page: Page;
  let folder: string;
  /** As an input method writes: what is composed, and what it becomes. */
  let method: CDPSession;
  const seats = seating(() => ({ browser, api }));
  const asked: string[] = [];

  beforeAll(async () => {
    folder = await buildPage();
    [api, browser] = await Promise.all([startApi({ publicDirectory: folder }), launchBrowser()]);
    person = await createCitizen(api, { name: '孙晓岚' });
    const addresses = [HOUSE, ...[1, 2, 3].map((n) => HOUSE.replace('6号楼', `${n}号楼`))];
    await importUnits(
      api.p,
      addresses.map((address, n) => ({ ...unitImport(codeOf(n + 1), [ZHAO]), address })),
    );
    page = await seats.open(person);
    page.on('request', (request) => {
      if (request.url().endsWith('/address-searches')) asked.push(request.postDataJSON().text);
    });
    await page.goto('/');
    method = await page.context().newCDPSession(page);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const field = () => page.getByRole('combobox');
  const options = () => page.getByRole('option');
  const compose = (text: string) =>
    method.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  /** A key that the input method takes for itself reaches the page as 229. */
  const methodKey = (key: string) =>
    method.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
  const longerThanThePause = () => page.waitForTimeout(500);

  it('asks nothing while pinyin is composed, and Enter that ends it takes no row', async () => {
    await field().focus();
    for (const text of ['w', 'wang', "wang'hu", "wang'hu'yuan"]) {
      await compose(text);
      await longerThanThePause();
    }
    expect(await field().inputValue()).toBe("wang'hu'yuan");
    expect(asked).toEqual([]);
    await methodKey('Enter');
    await method.send('Input.insertText', { text: '望湖苑' });
    await options().first().waitFor();
    expect(await field().inputValue()).toBe('望湖苑');
    expect(asked).toEqual(['望湖苑']);
    expect(await page.getByTestId('sent').textContent()).toBe('0');
    expect(await options().count()).toBe(4);
    await look(page, 'address-search-buildings');
  });

  it('keeps the list while more is composed, and lets arrows choose the words of the input method', async () => {
    await compose('liu');
    await methodKey('ArrowDown');
    expect(await field().getAttribute('aria-activedescendant')).toBeNull();
    await method.send('Input.insertText', { text: '6' });
    await expect.poll(() => options().count()).toBe(1);
    expect(asked).toEqual(['望湖苑', '望湖苑6']);
  });

  it('is used by the keyboard alone, building and then door', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field().inputValue()).toBe('东昌府区湖滨路88号望湖苑6号楼');
    await look(page, 'address-search-door');
    await field().focus();
    await page.keyboard.press('End');
    await page.keyboard.type('2-1102');
    await options().first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field().inputValue()).toBe(HOUSE);
    const hit = (await page.getByTestId('chosen').textContent()) ?? '';
    expect(openAddressHit(api.p, person.account.id, hit)).toBe(codeOf(1));
    expect(await page.getByTestId('sent').textContent()).toBe('0');
    await look(page, 'address-search-chosen');
    await field().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('sent').textContent()).toBe('1');
  });

  it('is used by touch: rows are large enough', async () => {
    await field().fill('望湖苑');
    await options().first().waitFor();
    for (const box of await Promise.all((await options().all()).map((option) => option.boundingBox()))) {
      expect(box!.height).toBeGreaterThanOrEqual(44);
    }
    await options().nth(1).click();
    expect(await field().inputValue()).toMatch(/号楼$/);
  });

  it('says what to do where nothing is found', async () => {
    await field().fill('南京路玄武小区');
    await page.getByText('没有找到“南京路玄武小区”').first().waitFor();
    await look(page, 'address-search-none');
    await field().fill('望湖苑6号楼9999');
    await options().first().waitFor();
    await look(page, 'address-search-door-missing');
  });

  it('complains of nothing', () => expect(seats.complaints()).toEqual([]));
});
