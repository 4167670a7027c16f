import { describe, expect, it } from 'vitest';
import type { FeeRuleKey } from '../../../backend/modules/catalogue/contract.ts';
import { feeFor, type FeeFacts } from '../../../backend/modules/catalogue/fees.ts';
import { CODES, readType } from './support.ts';

function withRule(rule: FeeRuleKey, smallEnterprise: string | null = null) {
  const { fee } = readType('ZY02');
  return { fee: { ...fee, rule, payer: rule === 'F0' ? null : 'buyer', smallEnterprise } };
}

describe('registration fees (domain.md §7)', () => {
  it.each([
    ['F0 is free', 'F0', { houseUse: '10' }, 0],
    ['F10 is the cost of one certificate', 'F10', { houseUse: '10' }, 10_00],
    ['F80 for a home', 'F80', { houseUse: '10' }, 80_00],
    ['F550 otherwise', 'F550', { houseUse: '30' }, 550_00],
    ['by use: a home', 'F80/F550', { houseUse: '11' }, 80_00],
    ['by use: a shop', 'F80/F550', { houseUse: '31' }, 550_00],
    ['by use: a parking space pays as a home', 'F80/F550', { houseUse: '91' }, 80_00],
    ['by use: a storeroom too', 'F80/F550', { houseUse: '92' }, 80_00],
    ['by use: land without a house', 'F80/F550', { houseUse: null }, 550_00],
    ['half of it: a home', 'FH', { houseUse: '10' }, 40_00],
    ['half of it: a factory', 'FH', { houseUse: '21' }, 275_00],
    ['two pieces', 'F80/F550', { houseUse: '10', pieces: 2 }, 160_00],
    ['one more certificate for a co-owner', 'F80/F550', { houseUse: '10', extraCertificates: 1 }, 90_00],
    ['two more, of a free registration', 'F0', { houseUse: '10', extraCertificates: 2 }, 20_00],
  ] as [string, FeeRuleKey, FeeFacts, number][])('%s', (_sentence, rule, facts, totalFen) => {
    const fee = feeFor(withRule(rule), facts);
    expect(fee.totalFen).toBe(totalFen);
    expect(fee.lines.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(totalFen);
    expect(fee.payer === null).toBe(totalFen === 0 || rule === 'F0');
  });

  it('small enterprises pay nothing where the type says so, and only there', () => {
    const facts = { houseUse: '30', smallEnterprise: true };
    expect(feeFor(withRule('F80/F550', '/smallEnterprise'), facts)).toMatchObject({
      totalFen: 0,
      payer: null,
      exemption: { zh: '小微企业（含个体工商户）免收登记费' },
    });
    expect(feeFor(withRule('F80/F550', null), facts)).toMatchObject({ totalFen: 550_00, exemption: null });
  });

  it.each([
    ['ZY02', '10', 80_00, 'buyer'],
    ['ZY02', '60', 550_00, 'buyer'],
    ['DY01', '10', 80_00, 'mortgagee'],
    ['DY06', '10', 0, null],
    ['BG01', '10', 0, null],
    ['CF01', '10', 0, null],
    ['CF04', '10', 0, null],
    ['CF06', '10', 0, null],
  ])('%s of a house of use %s: %i fen, paid by %s', (code, houseUse, totalFen, payer) => {
    expect(feeFor(readType(code), { houseUse })).toMatchObject({ totalFen, payer });
  });

  it('every type names the ground of its fee', () => {
    for (const code of CODES) expect(readType(code).fee.basis.zh).toMatch(/号/);
  });
});
