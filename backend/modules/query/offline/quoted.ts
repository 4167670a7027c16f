/**
 * Words of a person that come to stand beside words of the office. Control and format characters (Cf: marks of direction, zero width),
 * separators of lines, lone surrogates are hidden; private use stays: names entered under the old GB 18030 mapping live there.
 */
export const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Runs of spaces become one, so that nobody can push words to where another row would begin. */
export const foldSpaces = (text: string): string => text.trim().replace(/\s+/gu, ' ');

/** What no eye sees, though it counts as a letter: fillers (U+3164 and the like), and the blank of Braille. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** How many letters and digits of a text can be read. */
export const readable = (text: string): number =>
  text.replace(BLANK, '').match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** As what somebody said, for a paper of the office: inner quotes cannot end it. Holds for records of before, too. */
export function quoted(text: string): string {
  const plain = [...foldSpaces(text)].filter((one) => !HIDDEN.test(one)).join('');
  return `“${plain.replace(/“/gu, '‘').replace(/”/gu, '’')}”`;
}
