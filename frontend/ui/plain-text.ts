/** Cleaning of what people type: full-width characters of Chinese input, spaces, separators. */

/** Full-width letters, digits and signs to ASCII. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/** Codes and numbers of papers: no spaces or dashes, upper case. */
export function plainCode(text: string): string {
  return halfWidth(text)
    .replace(/[\s\-\u2010-\u2015\u2212]/g, '')
    .toUpperCase();
}

/** A number as typed, without spaces and thousands separators; other characters stay, so that the error can name them. */
export function plainNumber(text: string): string {
  return halfWidth(text)
    .replace(/[\s,，]/g, '')
    .replace(/。/g, '.');
}

/** `1,280,000.5` yuan → 128000050 fen; null when it is not an amount. Exact: no floating point. */
export function fenOf(text: string): number | null {
  const found = /^(\d{1,13})(?:\.(\d{0,2}))?$/.exec(plainNumber(text).replace(/元$/, ''));
  if (!found) return null;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return Number.isSafeInteger(fen) ? fen : null;
}
