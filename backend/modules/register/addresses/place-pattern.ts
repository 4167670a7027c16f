import { districtNamed, districtShortNamed, isPartOfDistrictName } from '../city.ts';
import { foldPlace, segmentsOf } from './fold-address.ts';
import { TOKEN_LENGTH } from './place-tokens.ts';

/** How a place is looked for: one token leads to candidates, the patterns say which of them fit. */
export interface PlacePattern {
  /** Six digits, where what was typed begins with a district's full name. */
  district: string | null;
  /** Prefix of a token, two characters at least. */
  token: string;
  /** Prefixes of other tokens that every place that fits has, too: whoever finds too much by the first may try these. */
  others: string[];
  /** Regular expressions over the folded place; all must match. Only characters that `plainAddress` leaves. */
  patterns: string[];
  /** Every place with such a token fits: nothing is left to verify. */
  exact: boolean;
}

const han = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0;
const lengthOf = (text: string) => [...text].length;
const tokenOf = (segment: string) => [...segment].slice(0, TOKEN_LENGTH).join('');

const MOST_OTHERS = 3;
/** 8号 also fits where a place has 88号, and 东昌 its district: neither begins a token there. */
const isLead = (segment: string) => /^\p{Script=Han}{2}/u.test(segment) && !isPartOfDistrictName(segment);

/**
 * The pattern for what was typed of a place (as `plainAddress` gives it, words apart by `|`, in any order); null where it says too little.
 * `whole`: it ends with the building, since a door was typed after it. Pure.
 */
export function placePattern(place: string, { whole = false } = {}): PlacePattern | null {
  const named = districtNamed(place);
  const rest = named ? place.slice(named.name.length) : place;
  const terms = rest.split('|').map(foldTyped(whole)).filter(Boolean);
  const cut = terms.map(segmentsOfTerm);
  const segments = cut.flat();
  // The longest name leads: an estate is found at once, a street by the thousand. Of equals the later, which is the narrower.
  const own = segments.filter((segment) => !isPartOfDistrictName(segment));
  const lead = (own.length > 0 ? own : segments)
    .reduce((best, one) => (han(one) >= han(best) ? one : best), '')
    .replace(/^[#-]+/, '');
  if (lengthOf(lead) < 2) return null;
  const patterns = cut.map((parts) => parts.map(escaped).join('.*'));
  if (whole && patterns.length > 0) patterns[patterns.length - 1] += '$';
  const token = tokenOf(lead);
  return {
    district: named?.code ?? null,
    token,
    others: segments
      .filter(isLead)
      .map(tokenOf)
      .filter((one) => one !== token)
      .slice(0, MOST_OTHERS),
    patterns,
    exact: !whole && segments.length === 1 && token === lead,
  };
}

/** 八十 may go on to 八十八: as long as it is the end, it is its first digit. */
const foldTyped = (whole: boolean) => (term: string) =>
  foldPlace(whole ? term : term.replace(/([一二三四五六七八九]?)十$/u, (_, tens: string) => tens || '一'));

/** 茌平铝城小区: a short name of a district stands apart from what follows, as the place has 区 between. */
function segmentsOfTerm(term: string): string[] {
  const short = districtShortNamed(term);
  const rest = short ? term.slice(short.length) : term;
  return short && lengthOf(rest) > 1 ? [short, ...segmentsOf(rest)] : segmentsOf(term);
}

const escaped = (text: string) => text.replace(/[^\p{Script=Han}〇0-9A-Z#-]/gu, '\\$&');
