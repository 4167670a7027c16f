import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { KeyMaterial } from './key-material.ts';
import type { SignatureVerifier, Signer } from './suite.ts';

const SIGNATURE_BYTES = 64;

/** Ed25519. Signs with the active key, verifies with every key ever used: the retired ones included. */
export function createSignatures(material: KeyMaterial['signing']): {
  signer: Signer;
  signatures: SignatureVerifier;
} {
  const publicKeys = new Map<string, KeyObject>();
  for (const [id, pem] of Object.entries(material.retiredPublic)) {
    publicKeys.set(id, requireEd25519(createPublicKey(pem), id));
  }
  const privateKeys = new Map<string, KeyObject>();
  for (const [id, pem] of Object.entries(material.keys)) {
    const key = requireEd25519(createPrivateKey(pem), id);
    privateKeys.set(id, key);
    publicKeys.set(id, createPublicKey(key));
  }
  const active = privateKeys.get(material.activeId);
  if (!active) throw new Error(`active signing key ${material.activeId} is not in the ring`);

  const pems = new Map(
    [...publicKeys].map(([id, key]) => [id, key.export({ type: 'spki', format: 'pem' }).toString()]),
  );
  return {
    signer: {
      keyId: material.activeId,
      sign: (bytes) => sign(null, bytes, active).toString('base64url'),
    },
    signatures: {
      publicKeys: pems,
      verify(keyId, bytes, signature) {
        const key = publicKeys.get(keyId);
        if (!key) return false;
        const raw = Buffer.from(signature, 'base64url');
        // One spelling per signature: Node would also accept padding and stray characters.
        if (raw.length !== SIGNATURE_BYTES || raw.toString('base64url') !== signature) return false;
        return verify(null, bytes, key, raw);
      },
    },
  };
}

function requireEd25519(key: KeyObject, id: string): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`signing key ${id} must be Ed25519`);
  return key;
}
