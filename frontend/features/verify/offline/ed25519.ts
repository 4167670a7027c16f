/** Ed25519 by the browser; by a library where the browser has none (those of before 2025), fetched only then. */

export type Check = (publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array) => Promise<boolean>;

export const byBrowser: Check = async (publicKey, text, signature) => {
  const bytes = (one: Uint8Array) => one as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey('raw', bytes(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, bytes(signature), bytes(text));
};

const byLibrary: Check = async (publicKey, text, signature) => {
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  // As browsers do, and RFC 8032: the stricter reading.
  return ed25519.verify(signature, text, publicKey, { zip215: false });
};

/** A public key that is surely one (RFC 8032 §7.1, test 1). */
const A_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

/** Whether the browser can is asked by taking in a key: some know the name and refuse the work. */
export async function canBrowser(): Promise<boolean> {
  try {
    const key = Uint8Array.from(A_KEY.match(/../g)!, (byte) => Number.parseInt(byte, 16));
    await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

let chosen: Promise<Check> | null = null;
const choose = async (): Promise<Check> => ((await canBrowser()) ? byBrowser : byLibrary);

/** Loads the library now where it will be needed. */
export async function loadEd25519(): Promise<void> {
  chosen ??= choose();
  if ((await chosen) === byLibrary) await import('@noble/curves/ed25519.js');
}

export const verifyEd25519: Check = async (publicKey, text, signature) => {
  chosen ??= choose();
  return (await chosen)(publicKey, text, signature);
};
