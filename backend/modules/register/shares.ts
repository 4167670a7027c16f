import type { Share } from './unit.model.ts';

/** Beyond this a share is a typing mistake: no register splits a home into a billion parts. */
const LARGEST = 1_000_000_000n;

interface Fraction {
  n: bigint;
  d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function toFraction(share: Share): Fraction {
  return { n: BigInt(share.numerator), d: BigInt(share.denominator) };
}

/** Reduced, or null when the value is not in (0, 1] or its terms are too large to be kept. */
function toShare({ n, d }: Fraction): Share | null {
  if (n <= 0n || n > d) return null;
  const divisor = gcd(n, d);
  const numerator = n / divisor;
  const denominator = d / divisor;
  return denominator > LARGEST ? null : { numerator: Number(numerator), denominator: Number(denominator) };
}

function sum(shares: readonly Share[]): Fraction {
  return shares.reduce<Fraction>(
    (total, share) => {
      const { n, d } = toFraction(share);
      return { n: total.n * d + n * total.d, d: total.d * d };
    },
    { n: 0n, d: 1n },
  );
}

export const WHOLE: Share = { numerator: 1, denominator: 1 };

/** A share in (0, 1] in lowest terms; null if it is none. */
export function reduceShare(share: Share): Share | null {
  const { numerator, denominator } = share;
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator < 1) return null;
  return toShare(toFraction(share));
}

/** Exact sum; null when it leaves (0, 1]. */
export function addShares(shares: readonly Share[]): Share | null {
  return toShare(sum(shares));
}

/** `whole - part`; null when nothing or less is left. Use `isSameShare` first to tell "nothing" apart. */
export function subtractShare(whole: Share, part: Share): Share | null {
  const a = toFraction(whole);
  const b = toFraction(part);
  return toShare({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
}

export function isSameShare(a: Share, b: Share): boolean {
  return BigInt(a.numerator) * BigInt(b.denominator) === BigInt(b.numerator) * BigInt(a.denominator);
}

/** Splits a share into `count` equal parts (民法典309: shares not agreed are equal). */
export function splitEqually(share: Share, count: number): Share | null {
  return toShare({ n: BigInt(share.numerator), d: BigInt(share.denominator) * BigInt(count) });
}

/** `7/6` for a message; an improper or zero sum is shown as it is. */
export function formatSum(shares: readonly Share[]): string {
  const { n, d } = sum(shares);
  if (n === 0n) return '0';
  const divisor = gcd(n, d);
  return d / divisor === 1n ? String(n / divisor) : `${n / divisor}/${d / divisor}`;
}
