/**
 * Whether a text can't be a certificate number of any known form, so that it is no matter for the register yet. Only the
 * form in use since 2015, 省(年)市县不动产权第七位号, is known to the last digit; numbers of older papers have many.
 */
const WHOLE = /^[\u4e00-\u9fa5]\(\d{4}\)[\u4e00-\u9fa5]{2,12}不动产(?:权|证明)(?:第|NO\.?)?\d{7}号?$/iu;
const BEGUN = /不动产|^[\u4e00-\u9fa5]\(20(?:1[5-9]|[2-9]\d)/u;

export function isIncompleteNumber(typed: string): boolean {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\u200b]/gu, '')
    .replace(/[〔［【〈《[{]/gu, '(')
    .replace(/[〕］】〉》\]}]/gu, ')');
  if (!/\d/.test(plain)) return true;
  return BEGUN.test(plain) && !WHOLE.test(plain);
}
