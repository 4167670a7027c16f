/** Shares of co-owners (按份共有): exact fractions, as they must sum to 1 and a third is no decimal. */

export interface Fraction {
  numerator: number;
  denominator: number;
}

/** Denominators of the register stay below this; a sum over them stays an exact integer in BigInt. */
const LARGEST = 1_000_000;

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** `1/3`, `33.5%`, `33.5` (percent) or `三分之一`-free plain numbers; null for anything else. */
export function parseShare(text: string): Fraction | null {
  const plain = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  const fraction = /^(\d{1,6})[/∕⁄](\d{1,6})$/.exec(plain);
  if (fraction) return simplify(BigInt(fraction[1]!), BigInt(fraction[2]!));
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))?%?$/.exec(plain);
  if (!percent) return null;
  const decimals = percent[2] ?? '';
  return simplify(BigInt(percent[1]! + decimals), 100n * 10n ** BigInt(decimals.length));
}

function simplify(numerator: bigint, denominator: bigint): Fraction | null {
  if (denominator === 0n || numerator === 0n) return null;
  const common = gcd(numerator, denominator);
  const small = { numerator: Number(numerator / common), denominator: Number(denominator / common) };
  return small.denominator > LARGEST || small.numerator > small.denominator ? null : small;
}

/** The exact sum minus 1, as a fraction with sign; 0 when the shares fill the whole. */
export function overOrUnder(shares: readonly Fraction[]): { sign: -1 | 0 | 1; by: Fraction } {
  let numerator = 0n;
  let denominator = 1n;
  for (const share of shares) {
    numerator = numerator * BigInt(share.denominator) + BigInt(share.numerator) * denominator;
    denominator *= BigInt(share.denominator);
    const common = gcd(numerator, denominator);
    numerator /= common;
    denominator /= common;
  }
  const rest = numerator - denominator;
  const sign = rest < 0n ? -1 : rest > 0n ? 1 : 0;
  const size = rest < 0n ? -rest : rest;
  const common = size === 0n ? 1n : gcd(size, denominator);
  return { sign, by: { numerator: Number(size / common), denominator: Number(denominator / common) } };
}

/** `50%` when that is exact with two decimals, else `1/3`. */
export function showShare({ numerator, denominator }: Fraction): string {
  const hundredths = (numerator * 10_000) / denominator;
  return Number.isInteger(hundredths) ? `${hundredths / 100}%` : `${numerator}/${denominator}`;
}
