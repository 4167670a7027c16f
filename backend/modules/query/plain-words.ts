import { registerFormat } from '../../platform/http/ajv.ts';

/**
 * Words of a person that come to stand beside words of the office, on a signed document or before whoever decides. What does not show as
 * it was typed is refused: a line break or a mark of direction makes a row that looks like the office's own. Pure.
 */

/**
 * Control and format characters (Cf: marks of direction, zero width), separators of lines, lone surrogates. Private use stays: names
 * entered under the old GB 18030 mapping live there.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const SET_OUT = /\r?\n|\t/gu;

/** Runs of spaces become one, so that nobody can push words to where another row would begin. */
export const foldSpaces = (text: string): string => text.trim().replace(/\s+/gu, ' ');

/** As what somebody said, for a paper of the office: inner quotes cannot end it. Holds for records of before, too. */
export function quoted(text: string): string {
  const plain = [...foldSpaces(text)].filter((one) => !HIDDEN.test(one)).join('');
  return `“${plain.replace(/“/gu, '‘').replace(/”/gu, '’')}”`;
}

export function registerQueryFormats(): void {
  registerFormat('oneLine', (value) => !HIDDEN.test(value), {
    zh: '请写成一行普通文字，不要换行，不要带看不见的符号。',
    en: 'Write one line of plain words, without line breaks or hidden characters.',
  });
  registerFormat('plainText', (value) => !HIDDEN.test(value.replace(SET_OUT, '')), {
    zh: '里面有看不见的符号，请删掉后重新输入这一段。',
    en: 'It holds hidden characters; remove them and type it again.',
  });
}
