/** Words of a person as they stand on a paper of the office. Pure. */

/**
 * Control and format characters (Cf: marks of direction, zero width), separators of lines, lone surrogates. Private use stays: names
 * entered under the old GB 18030 mapping live there.
 */
export const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Runs of spaces become one, so that nobody can push words to where another row would begin. */
export const foldSpaces = (text: string): string => text.trim().replace(/\s+/gu, ' ');

/** As what somebody said, for a paper of the office: inner quotes cannot end it. Holds for records of before, too. */
export function quoted(text: string): string {
  const plain = [...foldSpaces(text)].filter((one) => !HIDDEN.test(one)).join('');
  return `“${plain.replace(/“/gu, '‘').replace(/”/gu, '’')}”`;
}
