import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saleAnswers } from '../backend/applications/scenario.ts';
import { expectDiscreet, expectKeyboardOnly, heading, type Walker } from '../support/journey.ts';
import { checkAll, decide, takeCase } from '../support/journey-desk.ts';
import { askConsent, fillDraft, giveConsent, submit } from '../support/journey-filing.ts';
import { type KeyboardHands } from '../support/journey-hands.ts';
import { openJourney, type JourneyOffice } from '../support/journey-office.ts';
import { TEST_PASSWORD } from '../support/people.ts';

/** portal.md §5.20. Taking the case and coming back to the list are not part of the review. */
const MOST_KEYS_OF_A_REVIEW = 12;

/** A sale by keyboard alone: Tab, Enter, Space, arrows, letters; a control that Tab does not reach fails the journey. */
describe('a sale by keyboard alone', { timeout: 300_000 }, () => {
  let office: JourneyOffice;
  let no = '';
  const keysOf = ({ hands }: Walker): number => (hands as KeyboardHands).keys;

  beforeAll(async () => {
    office = await openJourney('keyboard');
  });
  afterAll(() => office?.close());

  it('is filled in, signed and filed', async () => {
    const seller = await office.walkIn(office.seller);
    const id = await fillDraft(seller, 'ZY02', saleAnswers(office, await office.home()));
    await askConsent(seller);
    const buyer = await office.walkIn(office.buyer);
    await giveConsent(buyer, TEST_PASSWORD);
    no = await submit(seller, id);
    expect(no).toMatch(/^\d{13}$/);
  });

  it('is accepted by two keys', async () => {
    const clerk = await office.clerk('acceptance');
    await takeCase(clerk, no);
    const before = keysOf(clerk);
    await decide(clerk, '受理');
    expect(keysOf(clerk) - before).toBe(2);
  });

  it.each([
    ['firstReview', '通过初审'],
    ['secondReview', '通过复审'],
    ['registrar', '核定通过'],
  ] as const)('is reviewed as %s in twelve keys at most', async (post, name) => {
    const clerk = await office.clerk(post);
    await takeCase(clerk, no);
    const before = keysOf(clerk);
    await checkAll(clerk);
    await decide(clerk, name);
    expect(keysOf(clerk) - before).toBeLessThanOrEqual(MOST_KEYS_OF_A_REVIEW);
  });

  it('is recorded, and the list is two keys away', async () => {
    const clerk = await office.clerk('registrar');
    await decide(clerk, '登簿');
    await clerk.page.keyboard.press('g');
    await clerk.page.keyboard.press('d');
    await heading(clerk.page, /今天|超期/);
  });

  it('never touched a mouse, and a mouse would have been seen', async () => {
    expectDiscreet(office.walkers, office.everybody());
    expectKeyboardOnly(office.walkers);
    const { page, presses } = await office.clerk('registrar');
    await page.getByRole('heading', { level: 1 }).click();
    await expect.poll(() => presses.length).toBeGreaterThan(0);
  });

  it('fails for a control that Tab does not reach', async () => {
    const { page, hands } = await office.walkIn(null);
    await page.goto('/verify');
    await heading(page, /核验/);
    await page.locator('#holderName').evaluate((field) => field.setAttribute('tabindex', '-1'));
    await expect(hands.write(page.locator('#holderName'), '孙晓岚')).rejects.toThrow('Tab does not reach');
  });
});
