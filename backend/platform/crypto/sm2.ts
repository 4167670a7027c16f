import { sm2 } from 'sm-crypto-v2';
import type { KeyMaterial } from './key-material.ts';
import type { Sm2Signatures } from './suite.ts';

/**
 * SM2 with SM3 (GM/T 0003, GB/T 32918) under the standard's own default distinguishing id, which GM/T 0009 names for whoever agreed on
 * no other. A library and not Node: what Node signs on this curve is plain ECDSA, or SM2 under an empty id, and no other
 * implementation accepts either. It is no certified module and not constant-time; a city that must have one puts it behind this interface.
 */
const USER_ID = '1234567812345678';

const PRIVATE_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** Uncompressed: 0x04, x, y. */
const PUBLIC_BYTES = 65;

const OPTIONS = { hash: true, der: false, userId: USER_ID } as const;
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The public half of a private key, base64 of 65 bytes. @throws where it is no private key of the curve */
export function sm2PublicOf(privateKey: string): string {
  const bytes = Buffer.from(privateKey, 'base64');
  if (bytes.length !== PRIVATE_BYTES) throw new Error('an SM2 key is 32 bytes');
  return Buffer.from(sm2.getPublicKeyFromPrivateKey(hexOf(bytes)), 'hex').toString('base64');
}

/** Whether it is a point of the curve, base64 of 65 bytes. */
export function isSm2Public(publicKey: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64');
  try {
    return bytes.length === PUBLIC_BYTES && sm2.verifyPublicKey(hexOf(bytes));
  } catch {
    return false;
  }
}

/** Whether a signature of 64 bytes is that of a text by a public key of 65 bytes. @throws where the key is no point of the curve */
export const verifySm2 = (publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === SIGNATURE_BYTES &&
  sm2.doVerifySignature(text, hexOf(signature), hexOf(publicKey), OPTIONS);

/**
 * Signs with the active key, verifies with every key ever used: the retired ones included. Signatures are r and s, 32 bytes each.
 * Null where the deployment has no SM2 key.
 */
export function createSm2(material: KeyMaterial['sm2']): Sm2Signatures | null {
  if (!material) return null;
  const active = material.keys[material.activeId];
  if (active === undefined) throw new Error(`active SM2 key ${material.activeId} is not in the ring`);
  const publicKeys = new Map(
    [
      ...Object.entries(material.retiredPublic),
      ...Object.entries(material.keys).map(([id, key]) => [id, sm2PublicOf(key)] as const),
    ].map(([id, key]) => [id, new Uint8Array(Buffer.from(key, 'base64'))]),
  );
  // What a check multiplies with takes a sixth of a second to make: a start does not wait for it.
  const points = new Map<string, ReturnType<typeof sm2.precomputePublicKey>>();
  const pointOf = (keyId: string) => {
    const key = publicKeys.get(keyId);
    if (key && !points.has(keyId)) points.set(keyId, sm2.precomputePublicKey(hexOf(key)));
    return points.get(keyId);
  };
  const [privateKey, publicKey] = [
    hexOf(Buffer.from(active, 'base64')),
    hexOf(publicKeys.get(material.activeId)!),
  ];
  return {
    keyId: material.activeId,
    publicKeys,
    sign: (bytes) =>
      new Uint8Array(Buffer.from(sm2.doSignature(bytes, privateKey, { ...OPTIONS, publicKey }), 'hex')),
    verify(keyId, bytes, signature) {
      const point = pointOf(keyId);
      if (!point || signature.length !== SIGNATURE_BYTES) return false;
      try {
        return sm2.doVerifySignature(bytes, hexOf(signature), point, OPTIONS);
      } catch {
        // A number outside the curve's order is no signature.
        return false;
      }
    },
  };
}
