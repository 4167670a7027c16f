/** Which words of two values differ, so that the eye need not look for them. */

export interface Piece {
  text: string;
  differs: boolean;
}

/** Words: runs of letters and digits, single Han characters joined by what stands between separators. */
const WORD = /[^\s，。；、,;:：（）()]+|[\s，。；、,;:：（）()]+/gu;
const SEPARATOR = /^[\s，。；、,;:：（）()]+$/u;

/** `371502********0019` says the same as the number it hides. */
function isMaskOf(masked: string, whole: string): boolean {
  if (!masked.includes('*') || masked.length !== whole.length) return false;
  return [...masked].every((character, place) => character === '*' || character === whole[place]);
}

function isIn(word: string, others: ReadonlySet<string>): boolean {
  return others.has(word) || [...others].some((other) => isMaskOf(word, other) || isMaskOf(other, word));
}

/** Shorter values are not compared word by word. */
const SHORTEST = 3;

/** A whole share goes without saying on the other side. */
const WHOLE = '1/1';

function pieces(text: string, others: ReadonlySet<string>): Piece[] {
  return (text.match(WORD) ?? []).map((word) => ({
    text: word,
    differs: !SEPARATOR.test(word) && word !== WHOLE && !isIn(word, others),
  }));
}

const wordsOf = (text: string): Set<string> => new Set(text.normalize('NFKC').match(WORD) ?? []);

/** `plain`: nothing is marked. Marked only where both sides have a value: a missing one is no difference of words. */
export function markDifferences(
  left: string | null,
  right: string | null,
  plain = false,
): { left: Piece[]; right: Piece[] } {
  const whole = (text: string | null): Piece[] => (text ? [{ text, differs: false }] : []);
  // “无” beside “是” are two ways of saying something, not a slip of the pen.
  const tooShort = Math.min(left?.length ?? 0, right?.length ?? 0) < SHORTEST;
  if (!left || !right || left === right || tooShort || plain)
    return { left: whole(left), right: whole(right) };
  return { left: pieces(left, wordsOf(right)), right: pieces(right, wordsOf(left)) };
}
