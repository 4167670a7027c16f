import { weierstrassN } from '@noble/curves/abstract/weierstrass.js';
import { sm3 } from './sm3.ts';

/** The curve of GB/T 32918.5, the points' arithmetic from a library; what is here is the check of a signature alone (GB/T 32918.2 §7). */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
} as const;
const Point = weierstrassN(CURVE);

/** Default distinguishing id (GM/T 0009). */
const ID = new TextEncoder().encode('1234567812345678');
const BYTES = 32;

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

function bytesOf(number: bigint): Uint8Array {
  const hex = number.toString(16).padStart(2 * BYTES, '0');
  return Uint8Array.from({ length: BYTES }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

const FIXED = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(bytesOf);
const ID_BITS = Uint8Array.of(0, ID.length * 8);

type CurvePoint = InstanceType<typeof Point>;
const WINDOW = 2n;
const DIGITS = 1 << Number(WINDOW);

/**
 * a·first + b·second, two bits of both at a time: every doubling serves both. The library would first make four thousand multiples of the
 * base, which pays after dozens of signatures, and here are two. Times differ with the numbers: nothing in it is secret.
 */
function sumOfMultiples(first: CurvePoint, a: bigint, second: CurvePoint, b: bigint): CurvePoint {
  const multiples = (point: CurvePoint) =>
    Array.from({ length: DIGITS - 1 }).reduce<CurvePoint[]>(
      (all) => [...all, all.at(-1)!.add(point)],
      [Point.ZERO],
    );
  const [ofFirst, ofSecond] = [multiples(first), multiples(second)];
  const sums = ofFirst.flatMap((one) => ofSecond.map((other) => one.add(other)));
  let sum = Point.ZERO;
  for (let at = BigInt(BYTES * 8) - WINDOW; at >= 0n; at -= WINDOW) {
    for (let bit = 0n; bit < WINDOW; bit += 1n) sum = sum.double();
    const digit = (number: bigint) => Number((number >> at) & BigInt(DIGITS - 1));
    const place = digit(a) * DIGITS + digit(b);
    if (place > 0) sum = sum.add(sums[place]!);
  }
  return sum;
}

/**
 * Whether r and s (64 bytes) are the signature of a text by a public key (65 bytes, uncompressed). @throws where the key is no point of the curve
 */
export function verifySm2(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 2 * BYTES) return false;
  const [r, s] = [numberOf(signature.slice(0, BYTES)), numberOf(signature.slice(BYTES))];
  const isScalar = (number: bigint) => number > 0n && number < CURVE.n;
  const t = (r + s) % CURVE.n;
  if (!isScalar(r) || !isScalar(s) || t === 0n) return false;
  const key = Point.fromBytes(publicKey);
  const about = sm3(ID_BITS, ID, ...FIXED, publicKey.slice(1));
  const e = numberOf(sm3(about, text));
  const point = sumOfMultiples(Point.BASE, s, key, t);
  return !point.is0() && (e + point.toAffine().x) % CURVE.n === r;
}
