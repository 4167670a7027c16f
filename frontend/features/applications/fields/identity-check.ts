/**
 * Check digits, so that a slip of the finger is caught before anything is sent. The server checks again
 * (accounts/identity-numbers.ts); the browser may not import it, as only contracts cross over.
 */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export type NumberFault = 'length' | 'characters' | 'birthday' | 'checkDigit';

/** GB 11643-1999, ISO 7064 MOD 11-2. `code` is tidied. */
export function faultOfResidentId(code: string): NumberFault | null {
  if (code.length !== 18) return 'length';
  if (!/^\d{17}[\dX]$/.test(code)) return 'characters';
  const [year, month, day] = [code.slice(6, 10), code.slice(10, 12), code.slice(12, 14)];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== `${year}-${month}-${day}`)
    return 'birthday';
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return '10X98765432'[sum % 11] === code[17] ? null : 'checkDigit';
}

/** GB 32100-2015, weights 3^i modulo 31. `code` is tidied. */
export function faultOfCreditCode(code: string): NumberFault | null {
  if (code.length !== 18) return 'length';
  if ([...code].some((character) => !CREDIT_ALPHABET.includes(character))) return 'characters';
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    sum += weight * CREDIT_ALPHABET.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === code[17] ? null : 'checkDigit';
}

/** Shape only: 6 区划, 3+3 地籍区/子区, 2 宗地特征码, 5 顺序号, 1 定着物特征码, 8 顺序号. */
export function faultOfUnitCode(code: string): NumberFault | null {
  if (code.length !== 28) return 'length';
  return /^\d{12}[GJZ][A-HSXYW]\d{5}[FLQW]\d{8}$/.test(code) ? null : 'characters';
}
