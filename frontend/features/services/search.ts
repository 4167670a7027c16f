import type { BusinessTypeSummary } from '../../../backend/modules/catalogue/contract.ts';

/** What a type can be found by, best first: each hit earns its weight. */
function fields(type: BusinessTypeSummary): readonly [string, number][] {
  return [
    [type.plainName.zh, 6],
    [type.plainName.en.toLowerCase(), 6],
    [type.keywords.join(' ').toLowerCase(), 5],
    [type.name.zh, 4],
    [type.name.en.toLowerCase(), 4],
    [type.code.toLowerCase(), 4],
    [type.summary.zh, 1],
    [type.summary.en.toLowerCase(), 1],
  ];
}

/** Chinese has no spaces between words: overlapping pairs of characters find “房贷还清了” in “还清房贷”. */
function pieces(words: string): readonly string[] {
  const found = new Set<string>();
  for (const word of words
    .toLowerCase()
    .split(/[\s,，。、；;？?！!]+/)
    .filter(Boolean)) {
    if (/^[\x20-\x7e]+$/.test(word) || word.length <= 2) found.add(word);
    else for (let i = 0; i < word.length - 1; i++) found.add(word.slice(i, i + 2));
  }
  return [...found];
}

/** Types that fit what was typed, best first; all of them for empty words. */
export function searchTypes(
  types: readonly BusinessTypeSummary[],
  words: string,
): readonly BusinessTypeSummary[] {
  const wanted = pieces(words);
  if (wanted.length === 0) return types;
  return types
    .map((type) => ({
      type,
      score: wanted.reduce(
        (sum, piece) =>
          sum +
          fields(type).reduce(
            (best, [text, weight]) => (text.includes(piece) ? Math.max(best, weight) : best),
            0,
          ),
        0,
      ),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ type }) => type);
}
