import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalMobile,
  checkCreditCode,
  checkResidentId,
  creditCheckCharacter,
  residentCheckDigit,
} from '../../../backend/modules/accounts/identity-numbers.ts';

/**
 * Oracles written another way, from the standards' text: ISO 7064 MOD 11-2 by its recursion, birth dates by Date, and
 * GB 32100 with the powers of 3 as big integers.
 */
function oracleResidentId(text: string): boolean {
  const match = /^(\d{2})\d{4}(\d{4})(\d{2})(\d{2})\d{3}([\dX])$/.exec(text);
  if (!match) return false;
  const [, province, year, month, day, check] = match;
  const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])$/;
  if (!provinces.test(province!)) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number(year) < 1850 || date.toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return false;
  let state = 0;
  for (const digit of text.slice(0, 17)) state = ((state + Number(digit)) * 2) % 11;
  return (state + (check === 'X' ? 10 : Number(check))) % 11 === 1;
}

function oracleCreditCode(text: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const values = [...text].map((character) => alphabet.indexOf(character));
  if (values.length !== 18 || values.includes(-1)) return false;
  const sum = values.slice(0, 17).reduce((total, value, i) => total + BigInt(value) * 3n ** BigInt(i), 0n);
  return (sum + BigInt(values[17]!)) % 31n === 0n;
}

describe('resident identity numbers (GB 11643)', () => {
  it.each(['11010519491231002X', '440524188001010014', '371502199003070019', '371581198503150024'])(
    'accepts %s',
    (number) => expect(checkResidentId(number)).toMatchObject({ valid: true, canonical: number }),
  );

  it.each([
    ['lower-case x', '11010519491231002x'],
    ['full-width digits and X', '１１０１０５１９４９１２３１００２Ｘ'],
    ['spaces in groups', ' 110105 19491231 002X '],
    ['an ideographic space and a zero-width one', '110105\u300019491231\u200b002X'],
    ['dashes', '110105-19491231-002X'],
  ])('folds %s', (_case, typed) => {
    expect(checkResidentId(typed)).toMatchObject({ valid: true, canonical: '11010519491231002X' });
  });

  it.each([
    ['a 15-digit number of before 1999', '110105491231002', 'legacy'],
    ['17 characters', '37150219900307001', 'length'],
    ['nothing', '', 'length'],
    ['a letter within', '37150219900307A019', 'characters'],
    ['X before the end', '3715021990030700X9', 'characters'],
    ['a Chinese character', '三71502199003070019', 'characters'],
    ['no such province', '991502199003070019', 'province'],
    ['30 February', '371502199002300011', 'birthDate'],
    ['29 February of a common year', '371502190002290010', 'birthDate'],
    ['month 13', '371502199013070019', 'birthDate'],
    ['the year 0000', '371502000001010010', 'birthDate'],
    ['a wrong last digit', '371502199003070018', 'checkDigit'],
  ])('refuses %s', (_case, number, problem) => {
    expect(checkResidentId(number)).toEqual({ valid: false, problem });
  });

  it('reads the birth date and sex, 29 February included', () => {
    const first17 = '37150220000229002';
    expect(checkResidentId(first17 + residentCheckDigit(first17))).toMatchObject({
      bornOn: '2000-02-29',
      sex: 'female',
    });
  });

  it('refuses someone born after today, and accepts one born today', () => {
    const number = '371502199003070019';
    expect(checkResidentId(number, '1990-03-06')).toEqual({ valid: false, problem: 'birthDate' });
    expect(checkResidentId(number, '1990-03-07').valid).toBe(true);
  });

  it('agrees with an independent oracle on 100,000 random numbers, near misses included', () => {
    const digits = fc.stringMatching(/^[0-9]{14}[0-9]{3}$/);
    const plausible = fc
      .tuple(
        fc.constantFrom('371502', '110105', '440524', '810000', '991502', '161502'),
        fc.integer({ min: 1840, max: 2030 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([region, year, month, day, serial]) =>
        [
          region,
          year,
          String(month).padStart(2, '0'),
          String(day).padStart(2, '0'),
          String(serial).padStart(3, '0'),
        ].join(''),
      );
    let valid = 0;
    fc.assert(
      fc.property(
        fc.oneof(digits, plausible, plausible),
        fc.constantFrom(...'0123456789X'),
        fc.boolean(),
        (first17, last, right) => {
          const number = first17 + (right ? residentCheckDigit(first17) : last);
          const { valid: verdict } = checkResidentId(number);
          if (verdict) valid += 1;
          return verdict === oracleResidentId(number);
        },
      ),
      { numRuns: 100_000 },
    );
    // A run in which hardly anything is valid would prove nothing.
    expect(valid).toBeGreaterThan(15_000);
  });

  it('catches every single wrong digit and every swap of neighbours', () => {
    const number = '371502199003070019';
    for (let i = 0; i < 18; i += 1) {
      for (const digit of '0123456789') {
        if (digit === number[i]) continue;
        expect(checkResidentId(number.slice(0, i) + digit + number.slice(i + 1)).valid).toBe(false);
      }
      if (i < 17 && number[i] !== number[i + 1]) {
        const swapped = number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2);
        expect(checkResidentId(swapped).valid).toBe(false);
      }
    }
  });

  it('answers four times 100,000 hostile characters within 200 ms', () => {
    const startedAt = performance.now();
    for (const hostile of [
      '1'.repeat(100_000),
      ' '.repeat(100_000),
      '-'.repeat(100_000),
      'Ｘ'.repeat(100_000),
    ]) {
      expect(checkResidentId(hostile).valid).toBe(false);
    }
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('unified social credit codes (GB 32100)', () => {
  it.each(['91350100M000100Y43', '91371500MA3C00011K'])('accepts %s', (code) => {
    expect(checkCreditCode(code)).toEqual({ valid: true, canonical: code });
  });

  it.each([
    ['lower case', '91350100m000100y43'],
    ['full width', '９１３５０１００Ｍ０００１００Ｙ４３'],
  ])('folds %s', (_case, typed) => {
    expect(checkCreditCode(typed)).toEqual({ valid: true, canonical: '91350100M000100Y43' });
  });

  it.each([
    ['17 characters', '91350100M000100Y4', 'length'],
    ['the letter I', '9I350100M000100Y43', 'characters'],
    ['the letter O', '91350100MO00100Y43', 'characters'],
    ['a wrong last character', '91350100M000100Y44', 'checkDigit'],
  ])('refuses %s', (_case, code, problem) => {
    expect(checkCreditCode(code)).toEqual({ valid: false, problem });
  });

  it('agrees with an independent oracle on 100,000 random codes', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY');
    const any = fc.oneof(
      { weight: 60, arbitrary: character },
      { weight: 1, arbitrary: fc.constantFrom(...'IOSVZ') },
    );
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 17, maxLength: 17 }),
        character,
        fc.boolean(),
        (list, last, right) => {
          const first17 = list.join('');
          const code = first17 + (right ? creditCheckCharacter(first17) : last);
          return checkCreditCode(code).valid === oracleCreditCode(code);
        },
      ),
      { numRuns: 100_000 },
    );
  });
});

describe('mainland mobile numbers', () => {
  it.each([
    ['13800001234', '13800001234'],
    ['+86 138-0000-1234', '13800001234'],
    ['008613800001234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['12800001234', null],
    ['1380000123', null],
    ['138000012345', null],
    ['0635-8220000', null],
    ['', null],
  ])('%s → %s', (typed, canonical) => expect(canonicalMobile(typed)).toBe(canonical));
});
