/**
 * Identity numbers of people and organisations. Pure; the sentences that go with each problem are in errors.ts.
 * Law and vectors: GB 11643 (居民身份证号, resident identity number) and GB 32100 (统一社会信用代码, unified social
 * credit code), domain.md §4.5.
 */

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const RESIDENT_CHECKS = '10X98765432';

/** First two digits: provinces and equals (GB/T 2260), 83 for residents of Taiwan, 81 and 82 for Hong Kong and Macao. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);

/** GB 32100 leaves out I O S V Z, which are easily misread. */
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

export type ResidentIdProblem = 'length' | 'legacy' | 'characters' | 'province' | 'birthDate' | 'checkDigit';

export type ResidentIdCheck =
  | { valid: true; canonical: string; bornOn: string; sex: 'female' | 'male' }
  | { valid: false; problem: ResidentIdProblem };

export type CreditCodeProblem = 'length' | 'characters' | 'checkDigit';

export type CreditCodeCheck =
  { valid: true; canonical: string } | { valid: false; problem: CreditCodeProblem };

/**
 * Full-width letters and digits become plain ones; spaces of any width, hyphens and invisible marks that come with
 * pasting are dropped. Letters are raised.
 */
export function foldNumber(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00AD\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\uFEFF-]/g, '')
    .toUpperCase();
}

/**
 * Checks a resident identity number, as typed. 15-digit numbers of before 1999 are told apart: they are refused
 * online (the holder has had an 18-digit one since 2013).
 *
 * @param today legal day; someone born after it does not exist yet. Left out, any date of the calendar will do.
 */
export function checkResidentId(text: string, today?: string): ResidentIdCheck {
  const canonical = foldNumber(text);
  if (/^\d{15}$/.test(canonical)) return { valid: false, problem: 'legacy' };
  if (!/^[0-9A-Z]*$/.test(canonical)) return { valid: false, problem: 'characters' };
  if (canonical.length !== 18) return { valid: false, problem: 'length' };
  if (!/^\d{17}[\dX]$/.test(canonical)) return { valid: false, problem: 'characters' };
  if (!PROVINCES.has(canonical.slice(0, 2))) return { valid: false, problem: 'province' };
  const bornOn = `${canonical.slice(6, 10)}-${canonical.slice(10, 12)}-${canonical.slice(12, 14)}`;
  if (!isCalendarDay(bornOn) || bornOn < '1850-01-01' || (today !== undefined && bornOn > today)) {
    return { valid: false, problem: 'birthDate' };
  }
  if (residentCheckDigit(canonical.slice(0, 17)) !== canonical[17])
    return { valid: false, problem: 'checkDigit' };
  return { valid: true, canonical, bornOn, sex: Number(canonical[16]) % 2 === 0 ? 'female' : 'male' };
}

/** The 18th character for 17 digits (ISO 7064 MOD 11-2). */
export function residentCheckDigit(first17: string): string {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return RESIDENT_CHECKS.charAt(sum % 11);
}

/** Checks a unified social credit code, as typed: only its own check character, not the one within (GB 11714). */
export function checkCreditCode(text: string): CreditCodeCheck {
  const canonical = foldNumber(text);
  if (canonical.length !== 18) return { valid: false, problem: 'length' };
  if (![...canonical].every((character) => CREDIT_ALPHABET.includes(character))) {
    return { valid: false, problem: 'characters' };
  }
  if (creditCheckCharacter(canonical.slice(0, 17)) !== canonical[17]) {
    return { valid: false, problem: 'checkDigit' };
  }
  return { valid: true, canonical };
}

/** The 18th character for 17 of the alphabet: (31 − Σ·3^i mod 31) mod 31. */
export function creditCheckCharacter(first17: string): string {
  const sum = CREDIT_WEIGHTS.reduce(
    (total, weight, i) => total + weight * CREDIT_ALPHABET.indexOf(first17.charAt(i)),
    0,
  );
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** A mainland mobile number, as typed: 11 digits from 13 to 19, `+86` dropped. Null when it is none. */
export function canonicalMobile(text: string): string | null {
  const digits = foldNumber(text).replace(/^(\+|00)86(?=1)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null;
}

/** The proleptic Gregorian calendar, without Date's rolling over of 30 February. */
function isCalendarDay(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  if (month < 1 || month > 12 || date < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return date <= lengths[month - 1]!;
}
