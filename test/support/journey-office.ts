import type { Browser } from 'playwright-core';
import { openOffice, type Office } from '../backend/applications/scenario.ts';
import { launchBrowser, PUBLIC_DIRECTORY } from './browser.ts';
import { openWalker, signIn, type HandKind, type Walker, type WalkerOptions } from './journey.ts';
import { checkAll, decide, takeCase } from './journey-desk.ts';
import type { TestPerson } from './people.ts';

/** The office of a journey: the real app with its jobs running, a browser, and everybody who walked in. */
export interface JourneyOffice extends Office {
  readonly walkers: Walker[];
  /** A person at a device of their own, signed in by the page; `null` is anybody. */
  walkIn(person: TestPerson | null, options?: WalkerOptions): Promise<Walker>;
  /** The clerk of a post, signed in with password and code; one device for the whole journey. */
  clerk(post: keyof Office['clerks']): Promise<Walker>;
  everybody(): TestPerson[];
}

export async function openJourney(hands: HandKind): Promise<JourneyOffice> {
  const [office, browser]: [Office, Browser] = await Promise.all([
    openOffice({ publicDirectory: PUBLIC_DIRECTORY, timers: true }),
    launchBrowser(),
  ]);
  const walkers: Walker[] = [];
  const atDesk = new Map<string, Walker>();
  async function walkIn(person: TestPerson | null, options: WalkerOptions = {}): Promise<Walker> {
    const walker = await openWalker(browser, office.api, { hands, ...options });
    walkers.push(walker);
    if (person) await signIn(walker, office.api, person);
    return walker;
  }
  return {
    ...office,
    walkers,
    walkIn,
    async clerk(post) {
      const found = atDesk.get(post) ?? (await walkIn(office.clerks[post]));
      atDesk.set(post, found);
      return found;
    },
    everybody: () => [
      office.seller,
      office.buyer,
      office.bank,
      office.court,
      ...Object.values(office.clerks),
    ],
    async close() {
      await browser.close();
      await office.close();
    },
  };
}

/** Acceptance, every review of the type, and the registrar's approval, each by the clerk of the post at the page. */
export async function approveAtDesk(
  office: JourneyOffice,
  no: string,
  reviews: readonly ('firstReview' | 'secondReview')[],
): Promise<void> {
  const acceptance = await office.clerk('acceptance');
  await takeCase(acceptance, no);
  await decide(acceptance, '受理');
  const names = { firstReview: '通过初审', secondReview: '通过复审' };
  for (const post of reviews) {
    const clerk = await office.clerk(post);
    await takeCase(clerk, no);
    await checkAll(clerk);
    await decide(clerk, names[post]);
  }
  const registrar = await office.clerk('registrar');
  await takeCase(registrar, no);
  await checkAll(registrar);
  await decide(registrar, '核定通过');
}

/** 登簿, until the case on the desk stands as registered. */
export async function recordAtDesk(office: JourneyOffice): Promise<void> {
  const registrar = await office.clerk('registrar');
  await decide(registrar, '登簿');
  await registrar.page
    .getByRole('main')
    .getByText(/^(已登记|可领证|已办结|已发证)/)
    .first()
    .waitFor();
}
