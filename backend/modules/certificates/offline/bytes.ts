import { fromBase64, toBase64 } from '../../ledger/offline/log.ts';

/** Bytes as they go into a proof and come out of one. Pure. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const encodeText = (text: string): Uint8Array => encoder.encode(text);

/** @throws TypeError where the bytes are no UTF-8 */
export const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes);

export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Base64url without padding, in its one spelling; null for anything else. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whole number from 0 to 2⁵³ in groups of seven bits, the lowest first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return Uint8Array.of(...bytes, left);
}

/** Bytes with their length before them. */
export const block = (bytes: Uint8Array): Uint8Array => concatBytes([varint(bytes.length), bytes]);

/** Reads from the front. Every method throws RangeError where there is too little, or what is there has another spelling. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new RangeError('the bytes end too early');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      const byte = this.byte();
      value += (byte % 128) * factor;
      if (byte >= 128) continue;
      if ((byte === 0 && factor > 1) || !Number.isSafeInteger(value)) break;
      return value;
    }
    throw new RangeError('no whole number');
  }

  block(): Uint8Array {
    return this.take(this.varint());
  }
}
