import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUnit } from '../../backend/modules/register/index.ts';
import {
  act,
  claimed,
  reviewed,
  accepted,
  seizureAnswers,
  submittedSale,
  type Home,
} from '../backend/applications/scenario.ts';
import { expectAccessible } from '../support/browser.ts';
import { expectDiscreet, expectKeyboardOnly, type Walker } from '../support/journey.ts';
import { fillDraft, submit } from '../support/journey-filing.ts';
import { approveAtDesk, openJourney, recordAtDesk, type JourneyOffice } from '../support/journey-office.ts';

/** 查封 in the middle of a sale: the register hears the court, and the sale stops with its reason; by keyboard alone. */
describe('a court seizes a home in mid-sale', { timeout: 300_000 }, () => {
  let office: JourneyOffice;
  let home: Home;
  let registrar: Walker;
  let sale: { id: string; no: string };

  beforeAll(async () => {
    office = await openJourney('keyboard');
    home = await office.home();
    sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    await reviewed(office, sale.id);
    await claimed(office.clerks.registrar, sale.id);
  });
  afterAll(() => office?.close());

  const passing = () => registrar.page.getByRole('button', { name: /^核定通过/ });

  it('finds the sale one decision before its end', async () => {
    registrar = await office.clerk('registrar');
    await registrar.page.goto(`/desk/cases/${sale.no}`);
    await passing().waitFor();
  });

  it('is entrusted by the court and recorded by the clerks, ahead of the sale', async () => {
    const court = await office.walkIn(office.court);
    const id = await fillDraft(court, 'CF01', seizureAnswers(office, home));
    const no = await submit(court, id);
    await approveAtDesk(office, no, ['firstReview']);
    await recordAtDesk(office);
    const unit = await findUnit(office.api.p, home.code);
    expect(unit!.encumbrances).toMatchObject([{ kind: 'seizure', status: 'current' }]);
  });

  it('stops the sale and tells seller and buyer why, in words', async () => {
    for (const person of [office.seller, office.buyer]) {
      const { page } = await office.walkIn(person, { width: 390 });
      await expect
        .poll(
          async () => {
            await page.goto(`/cases/${sale.no}`);
            await page.locator('#timeline').waitFor();
            return page.getByRole('main').innerText();
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toMatch(/查封/);
      const words = await page.getByRole('main').innerText();
      expect(words).toMatch(/暂停|中止/);
      expect(words).not.toMatch(/suspendedByLaw|interrupt|undefined/);
      await expectAccessible(page, 'the case that a seizure stopped');
    }
  });

  it('leaves the clerk no way to approve or record it', async () => {
    const { page } = registrar;
    await page.goto(`/desk/cases/${sale.no}`);
    await page.getByText(/查封/).first().waitFor();
    const open = passing().and(page.locator(':not([aria-disabled="true"])'));
    expect(await open.count()).toBe(0);
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    for (const name of ['approve', 'record']) {
      const { status, body } = await act(
        office.clerks.registrar,
        sale.id,
        name,
        name === 'approve' ? { opinion: '同意' } : {},
      );
      expect(status, name).toBe(409);
      expect(body.error.message.length, name).toBeGreaterThan(4);
    }
    const view = await office.clerks.registrar.client.get(`/api/work-items/${sale.id}`);
    expect(['registering', 'registered', 'issued']).not.toContain(view.body.status);
    expectDiscreet(office.walkers, office.everybody());
    expectKeyboardOnly(office.walkers);
  });
});
