import { createHmac, hkdfSync } from 'node:crypto';
import type { Random } from '../time.ts';
import { createFieldCipher } from './field-cipher.ts';
import type { KeyMaterial } from './key-material.ts';
import { createPasswordHasher, DEPLOYED_COST, type PasswordCost } from './passwords.ts';
import { createSignatures } from './signatures.ts';
import { createSm2 } from './sm2.ts';
import type { CryptoSuite } from './suite.ts';

/**
 * Builds everything that needs a secret. Per-purpose keys are derived by HKDF-SHA-256, so that the same value under
 * two purposes (an ID number as index and as token) gives unrelated results.
 *
 * @throws when a key of the material is malformed, naming it.
 */
export function createCryptoSuite(
  keys: KeyMaterial,
  random: Random,
  passwordCost: PasswordCost = DEPLOYED_COST,
): CryptoSuite {
  const index = createDerivedMac(decodeKey(keys.indexKey, 'indexKey'), 'blind-index');
  const token = createDerivedMac(decodeKey(keys.macKey, 'macKey'), 'token');
  return {
    fields: createFieldCipher(keys.fieldKeys, random),
    index: { of: index },
    passwords: createPasswordHasher(passwordCost),
    ...createSignatures(keys.signing),
    sm2: createSm2(keys.sm2),
    mac: token,
  };
}

/** Decodes base64 of exactly 32 bytes. */
export function decodeKey(text: string, name: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Error(`key ${name} must be base64 of 32 bytes`);
  return key;
}

function createDerivedMac(master: Buffer, domain: string): (purpose: string, value: string) => string {
  const derived = new Map<string, Buffer>();
  return (purpose, value) => {
    let key = derived.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, '', `${domain}|${purpose}`, 32));
      derived.set(purpose, key);
    }
    return createHmac('sha256', key).update(value, 'utf8').digest('base64url');
  };
}
