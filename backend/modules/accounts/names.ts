/**
 * Legal names. They are stored as the exact code points that were given: Unicode normalisation rewrites CJK
 * compatibility ideographs (U+F9D8 becomes U+5F8B), which makes another name of it (trust.md, finding 3). Only the
 * derived search key is folded. 民委发〔2016〕33号: the interpunct of names is U+00B7, and at least 50 characters fit.
 */

export const NAME_MAX_CODE_POINTS = 100;

export type NameProblem = 'empty' | 'tooLong' | 'characters';

export type NameCheck = { valid: true; exact: string } | { valid: false; problem: NameProblem };

/**
 * Control (Cc), format (Cf: bidi and zero-width), line and paragraph separators, lone surrogates, and U+FFFD, the mark of
 * text that was already broken. Private use stays allowed: names entered under the old GB 18030 mapping live there.
 */
const REFUSED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD\p{Noncharacter_Code_Point}]/u;

/** Checks a name as typed; spaces around it are dropped, everything within it is kept. */
export function checkName(text: string): NameCheck {
  const exact = text.replace(/^[ \u3000]+|[ \u3000]+$/g, '');
  if (exact === '') return { valid: false, problem: 'empty' };
  if (REFUSED.test(exact)) return { valid: false, problem: 'characters' };
  // A name of marks or punctuation alone shows as nothing.
  if (!/[\p{L}\p{N}\p{Co}\p{So}\p{Cn}]/u.test(exact)) return { valid: false, problem: 'characters' };
  if ([...exact].length > NAME_MAX_CODE_POINTS) return { valid: false, problem: 'tooLong' };
  return { valid: true, exact };
}

/**
 * The key by which names are searched or loosely compared, never shown: width, compatibility forms, case, variation
 * selectors, spaces and the several dots that stand for the interpunct are all folded.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu, '')
    .replace(/[·•‧∙⋅・･․.]/gu, '·')
    .replace(/\s+/gu, '')
    .toLowerCase();
}
