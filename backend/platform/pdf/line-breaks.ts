/**
 * Lines of Chinese text (禁则): a line never begins with closing punctuation nor ends with an opening bracket; Latin
 * words and numbers stay whole where they fit. Pure: `widthOf` measures, so any font will do.
 */

const NO_START = /^[，。、；：！？）》」』】〕”’％%㎡℃·…,.;:!?)\]}]/u;
const NO_END = /[（《「『【〔“‘(\[{]$/u;
const TOKENS = /[\p{Script=Latin}\p{Nd}@#&+\-_/.,:=?'"%]+|[\s\S]/gu;

/** Pieces that must stay together. Han characters stand alone; punctuation sticks to its neighbour. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const token of text.match(TOKENS) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && (NO_START.test(token) || NO_END.test(last))) {
      pieces[pieces.length - 1] = last + token;
    } else pieces.push(token);
  }
  return pieces;
}

/** Lines no wider than `width`. A piece that is too wide by itself is cut between characters. */
export function breakLines(text: string, width: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, widthOf));
}

function breakParagraph(paragraph: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const close = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const piece of piecesOf(paragraph)) {
    const size = widthOf(piece);
    if (size > width) {
      for (const character of piece) {
        const one = widthOf(character);
        if (used + one > width && line !== '') close();
        line += character;
        used += one;
      }
      continue;
    }
    if (used + size > width && line !== '') close();
    if (line === '' && piece.trim() === '' && lines.length > 0) continue;
    line += piece;
    used += size;
  }
  if (line !== '' || lines.length === 0) close();
  return lines;
}
