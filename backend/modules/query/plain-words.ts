import { registerFormat } from '../../platform/http/ajv.ts';
import { HIDDEN } from './offline/quoted.ts';

export { foldSpaces } from './offline/quoted.ts';

/**
 * Words of a person that come to stand beside words of the office, on a signed document or before whoever decides. What does not show as
 * it was typed is refused: a line break or a mark of direction makes a row that looks like the office's own. Pure.
 */

const SET_OUT = /\r?\n|\t/gu;

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
