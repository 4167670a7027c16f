import { payloadIn } from './offline/input.ts';
import { readQr, tokenOf } from './qr-file.ts';

/** What stands in a text that was scanned or pasted: a code of this portal, a proof by anybody, or neither. */
export type Read =
  | { kind: 'token'; token: string }
  | { kind: 'payload'; payload: string }
  | { kind: 'file'; bytes: Uint8Array }
  | { kind: 'foreign' }
  | { kind: 'noCode' };

export function readText(text: string, origin: string): Read {
  const token = tokenOf(text.trim(), origin);
  if (token) return { kind: 'token', token };
  const payload = payloadIn(text);
  return payload ? { kind: 'payload', payload } : { kind: 'foreign' };
}

/** A picture is looked through for a code; every other file is taken as a document that carries its proof. */
export async function readChosen(file: File, origin: string): Promise<Read> {
  if (!file.type.startsWith('image/'))
    return { kind: 'file', bytes: new Uint8Array(await file.arrayBuffer()) };
  const text = await readQr(file).catch(() => null);
  return text === null ? { kind: 'noCode' } : readText(text, origin);
}
