import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCertificates } from '../../backend/modules/certificates/index.ts';
import { findUnit, findUnitsByCodes, liveRight } from '../../backend/modules/register/index.ts';
import { saleAnswers, type Home } from '../backend/applications/scenario.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/browser.ts';
import { expectDiscreet, heading, openedFile, type Walker } from '../support/journey.ts';
import { askConsent, fillDraft, giveConsent, submit } from '../support/journey-filing.ts';
import { approveAtDesk, openJourney, recordAtDesk, type JourneyOffice } from '../support/journey-office.ts';
import { TEST_PASSWORD } from '../support/people.ts';

/** 存量房买卖: a seller at a desk, a buyer at a phone and clerks of four posts, from the draft to the certificate. */
describe('a sale from draft to a verified certificate', { timeout: 300_000 }, () => {
  let office: JourneyOffice;
  let home: Home;
  let seller: Walker;
  let buyer: Walker;
  let id = '';
  let no = '';
  let certificate = '';

  beforeAll(async () => {
    office = await openJourney('pointer');
    home = await office.home();
    // The old certificate, signed as those taken over from paper are.
    await importCertificates(office.api.p, await findUnitsByCodes(office.api.p, [home.code]));
  });
  afterAll(() => office?.close());

  it('is filled in by the seller, page by page', async () => {
    seller = await office.walkIn(office.seller);
    id = await fillDraft(seller, 'ZY02', saleAnswers(office, home));
    await askConsent(seller);
  });

  it('is read and signed by the buyer at another device, with the password again', async () => {
    buyer = await office.walkIn(office.buyer, { width: 390 });
    await giveConsent(buyer, TEST_PASSWORD);
    await expectNoSidewaysScroll(buyer.page, 'what the buyer signed');
  });

  it('is filed by the seller, who gets a number and a receipt', async () => {
    no = await submit(seller, id);
    expect(no).toMatch(/^20261009\d{5}$/);
    await seller.page.getByText(no).first().waitFor();
    expect(await openedFile(seller, seller.page.getByRole('link', { name: /PDF/ }))).toMatch(/^%PDF-/);
  });

  it('is accepted by one clerk, reviewed by two more and recorded by a fourth', async () => {
    await approveAtDesk(office, no, ['firstReview', 'secondReview']);
    await buyer.page.goto(`/cases/${no}`);
    await buyer.page.getByText('承诺办结').first().waitFor();
    await recordAtDesk(office);
  });

  it('shows the buyer that it is done, with the certificate', async () => {
    const link: Locator = buyer.page.getByRole('link', { name: /不动产权第/ });
    await expect
      .poll(
        async () => {
          await buyer.page.goto(`/cases/${no}`);
          await buyer.page.locator('#timeline').waitFor();
          return link.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    certificate = /鲁.*号/.exec(await link.innerText())?.[0] ?? '';
    expect(certificate).toMatch(/^鲁\(2026\)聊城市不动产权第\d{7}号$/);
    expect(await openedFile(buyer, link)).toMatch(/^%PDF-/);
    await expectAccessible(buyer.page, 'the case that is done, at a phone');
    const unit = await findUnit(office.api.p, home.code);
    expect(liveRight(unit!)?.holders.map(({ name }) => name)).toEqual([office.buyer.account.name]);
  });

  it('lets anybody verify the new certificate, and see that the old one is superseded', async () => {
    const { page, hands } = await office.walkIn(null, { width: 390 });
    const verify = async (number: string, name: string): Promise<string> => {
      await page.goto('/verify');
      await heading(page, /核验/);
      await hands.write(page.getByLabel('证号'), number);
      await hands.write(page.getByLabel('权利人姓名或单位全称'), name);
      await hands.press(page.getByRole('button', { name: '核验', exact: true }));
      return page.locator('#verdict-title').innerText();
    };
    expect(await verify(certificate, office.buyer.account.name)).toBe('真实有效');
    expect(await verify(certificate, office.seller.account.name)).toBe('不一致');
    expect(await verify(home.certificateNo, office.seller.account.name)).toBe('真实，但已变更');
  });

  it('leaves no ID number or phone in an address or a log line, and talks to nobody else', () => {
    expectDiscreet(office.walkers, office.everybody());
    const numbers = office.everybody().flatMap(({ account }) => [account.idNumber, account.phone]);
    expect(office.api.logLines.length).toBeGreaterThan(20);
    expect(office.api.logLines.filter((line) => numbers.some((number) => line.includes(number)))).toEqual([]);
  });
});
