import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { totpCodeAt } from '../../backend/modules/accounts/totp.ts';
import type { TestApi } from './api.ts';
import { openAs } from './browser.ts';
import { KeyboardHands, pointerHands, type Hands } from './journey-hands.ts';
import type { TestPerson } from './people.ts';
import { secretsIn } from './secrets.ts';

/** A page that has not done what it should by then will not do it. */
const STEP_MS = 45_000;

export type HandKind = 'pointer' | 'keyboard';

/** One person with one device in a journey, and what their browser did. */
export interface Walker {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly hands: Hands;
  readonly foreign: string[];
  readonly complaints: string[];
  /** Every address that was asked for, was told as the one come from, or stood in the address bar. */
  readonly urls: string[];
  /** Presses of a mouse or finger that the pages saw. */
  readonly presses: string[];
}

export interface WalkerOptions {
  width?: 390 | 1280;
  hands?: HandKind;
}

/** A device on which nobody is signed in yet, on the day of the office's clock. */
export async function openWalker(
  browser: Browser,
  api: TestApi,
  { width = 1280, hands = 'pointer' }: WalkerOptions = {},
): Promise<Walker> {
  const { context, page, foreign, complaints } = await openAs(browser, api.url, width);
  const urls: string[] = [];
  const presses: string[] = [];
  context.on('request', (request) => {
    urls.push(request.url());
    const from = request.headers().referer;
    if (from) urls.push(from);
  });
  // Also where no request is made: a filter or a step within the page changes the address by script alone.
  const watchBar = (one: Page) => one.on('framenavigated', (frame) => urls.push(frame.url()));
  watchBar(page);
  context.on('page', watchBar);
  context.setDefaultTimeout(STEP_MS);
  await context.clock.setFixedTime(api.p.time.now());
  await context.exposeFunction('pressSeen', (kind: string) => presses.push(kind));
  await context.addInitScript(() => {
    const seen = (window as unknown as { pressSeen(kind: string): void }).pressSeen;
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      window.addEventListener(kind, () => seen(kind), { capture: true });
  });
  const made = hands === 'keyboard' ? new KeyboardHands(page) : pointerHands(page);
  return { page, context, hands: made, foreign, complaints, urls, presses };
}

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

/** Signs in by the page: phone or login name, password, and for staff the code of their authenticator. */
export async function signIn(walker: Walker, api: TestApi, { account }: TestPerson): Promise<void> {
  const { page, hands } = walker;
  await page.goto('/sign-in');
  await heading(page, '登录');
  await hands.write(page.locator('#login'), account.loginName ?? account.phone);
  await hands.write(page.locator('#password'), account.password);
  await hands.press(page.getByRole('button', { name: '登录', exact: true }));
  if (account.totpSecret) {
    await page.locator('#code').waitFor();
    await hands.write(page.locator('#code'), totpCodeAt(account.totpSecret, api.p.time.now()));
    await hands.press(page.getByRole('button', { name: '验证', exact: true }));
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** What must hold for every journey, whatever it did. */
export function expectDiscreet(walkers: readonly Walker[], people: readonly TestPerson[]): void {
  const secrets = people.flatMap(({ account }) => [account.idNumber, account.phone]);
  const all = walkers.flatMap(({ urls }) => urls);
  expect(all.length, 'the addresses were watched').toBeGreaterThan(20);
  expect(secretsIn(all, secrets), 'ID numbers or phones in an address').toEqual([]);
  expect(
    walkers.flatMap(({ foreign }) => foreign),
    'requests to other hosts',
  ).toEqual([]);
  expect(
    walkers.flatMap(({ complaints }) => complaints),
    'uncaught errors and broken content policy',
  ).toEqual([]);
}

export function expectKeyboardOnly(walkers: readonly Walker[]): void {
  expect(
    walkers.flatMap(({ presses }) => presses),
    'presses of a mouse or finger',
  ).toEqual([]);
}

/** The beginning of the file behind a link, fetched as the person would. */
export async function openedFile(walker: Walker, link: Locator): Promise<string> {
  const href = (await link.first().getAttribute('href')) ?? '';
  const answer = await walker.context.request.get(href);
  expect(answer.status(), href).toBe(200);
  return (await answer.body()).subarray(0, 8).toString('latin1');
}
