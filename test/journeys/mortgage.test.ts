import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../backend/applications/scenario.ts';
import { expectDiscreet, expectKeyboardOnly, heading, type Walker } from '../support/journey.ts';
import { askConsent, fillDraft, giveConsent, submit } from '../support/journey-filing.ts';
import { approveAtDesk, openJourney, recordAtDesk, type JourneyOffice } from '../support/journey-office.ts';
import { TEST_PASSWORD } from '../support/people.ts';

/** 一般抵押首次 and 抵押注销: a bank takes a home as security, and gives it back when the loan is paid; by keyboard alone. */
describe('a mortgage, set and discharged', { timeout: 300_000 }, () => {
  let office: JourneyOffice;
  let home: Home;
  let bank: Walker;
  let certification = '';

  beforeAll(async () => {
    office = await openJourney('keyboard');
    home = await office.home();
  });
  afterAll(() => office?.close());

  const bankAnswer = () => ({
    name: office.bank.organisation.name,
    partyKind: 'organisation',
    idKind: '7',
    idNumber: office.bank.organisation.creditCode,
    phone: office.bank.account.phone,
    representative: office.bank.account.name,
  });
  const ownerAnswer = () => ({
    name: office.seller.account.name,
    partyKind: 'person',
    idKind: '1',
    idNumber: office.seller.account.idNumber,
    phone: office.seller.account.phone,
  });

  /** What a clerk reads in the register about the unit. */
  async function register(): Promise<string> {
    const { page } = await office.clerk('registrar');
    await page.goto(`/desk/units/${home.code}`);
    await heading(page, /登记簿/);
    return page.getByRole('main').innerText();
  }

  async function certificationOf(walker: Walker, no: string): Promise<string> {
    const link = walker.page.getByRole('link', { name: /不动产证明第/ });
    await expect
      .poll(
        async () => {
          await walker.page.goto(`/cases/${no}`);
          await walker.page.getByText('实际办结').first().waitFor();
          return link.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    return /鲁.*号/.exec(await link.innerText())?.[0] ?? '';
  }

  it('is filed by the bank and signed by the owner', async () => {
    bank = await office.walkIn(office.bank);
    const id = await fillDraft(bank, 'DY01', {
      unitCode: home.code,
      certificateNo: home.certificateNo,
      mortgagors: [ownerAnswer()],
      mortgagees: [bankAnswer()],
      debtor: office.seller.account.name,
      contractNo: 'LC-DY-2026-0088',
      contractSignedOn: '2026-10-08',
      amountYuan: '600000',
      debtFrom: '2026-10-08',
      debtUntil: '2046-10-07',
      scope: '主债权及利息、违约金、实现抵押权的费用',
      transferRestricted: false,
      inquiryOwnWill: true,
      inquiryCoOwnersAgree: true,
      inquiryBurdensKnown: true,
      inquiryNoDispute: true,
      statementTrue: true,
      statementElectronicSignature: true,
    });
    await askConsent(bank);
    const owner = await office.walkIn(office.seller, { width: 390 });
    await giveConsent(owner, TEST_PASSWORD);
    const no = await submit(bank, id);
    await approveAtDesk(office, no, ['firstReview']);
    expect(await register()).not.toContain('600,000');
    const registrar = await office.clerk('registrar');
    await registrar.page.goto(`/desk/cases/${no}`);
    await recordAtDesk(office);
    certification = await certificationOf(bank, no);
    expect(certification).toMatch(/^鲁\(2026\)聊城市不动产证明第\d{7}号$/);
  });

  it('stands in the register with its amount', async () => {
    const text = await register();
    expect(text).toMatch(/抵押\s*现势/);
    expect(text).toContain(certification);
    expect(text).toContain(office.bank.organisation.name);
    expect(text).toContain('600,000');
  });

  it('is discharged by the bank alone', async () => {
    const id = await fillDraft(bank, 'DY06', {
      unitCode: home.code,
      certificateNo: certification,
      mortgagees: [bankAnswer()],
      cause: 'debtPaid',
      causeOn: '2026-10-09',
      inquiryOwnWill: true,
      statementTrue: true,
      statementElectronicSignature: true,
    });
    const no = await submit(bank, id);
    await approveAtDesk(office, no, ['firstReview']);
    await recordAtDesk(office);
  });

  it('is history in the register, and its certification verifies as cancelled', async () => {
    const text = await register();
    expect(text).toMatch(/抵押\s*历史/);
    expect(text).not.toMatch(/抵押\s*现势/);
    const { page, hands } = await office.walkIn(null);
    await expect
      .poll(
        async () => {
          await page.goto('/verify');
          await hands.write(page.getByLabel('证号'), certification);
          await hands.write(page.getByLabel('权利人姓名或单位全称'), office.bank.organisation.name);
          await hands.press(page.getByRole('button', { name: '核验', exact: true }));
          return page.locator('#verdict-title').innerText();
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBe('真实，但已注销');
    expectDiscreet(office.walkers, office.everybody());
    expectKeyboardOnly(office.walkers);
  });
});
