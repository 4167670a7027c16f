/**
 * What people paste into number fields: full-width digits, spaces, dashes, invisible marks, small letters.
 * Numbers are compared and sent without them, and echoed in groups so that a slip can be seen.
 */

/** Half-width, upper case, without spaces, dashes and invisible characters. */
export function tidyCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}_.]/gu, '')
    .toUpperCase();
}

/** Trimmed, full-width digits and invisible marks removed; inner single spaces of a name stay. */
export function tidyText(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function inGroups(code: string, sizes: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const size of sizes) {
    if (from >= code.length) break;
    parts.push(code.slice(from, from + size));
    from += size;
  }
  if (from < code.length) parts.push(code.slice(from));
  return parts.join(' ');
}

/** 不动产单元号, 28 characters (GB/T 37346): `371502 001001 GB00001 F00010001`. */
export const groupUnitCode = (code: string): string => inGroups(tidyCode(code), [6, 6, 7, 9]);

/** 公民身份号码, 18 characters: region, birthday, serial. */
export const groupIdNumber = (code: string): string => inGroups(tidyCode(code), [6, 8, 4]);

export const groupPhone = (code: string): string => inGroups(tidyCode(code), [3, 4, 4]);

/** 统一社会信用代码, 18 characters. */
export const groupCreditCode = (code: string): string => inGroups(tidyCode(code), [2, 6, 9, 1]);

/** Brackets of a certificate number are typed half-width or full-width alike; the register keeps half-width. */
export function tidyCertificateNo(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[〔［【]/g, '(')
    .replace(/[〕］】]/g, ')');
}
