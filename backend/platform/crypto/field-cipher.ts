import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../time.ts';
import type { KeyMaterial } from './key-material.ts';
import type { FieldCipher } from './suite.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. The authenticated context is `keyId|collection|id|field`: a value moved to another document, field or
 * key id fails. Nonces are random: at one writer's rate (3.4 a second, nation-wide) 2^32 values, the bound for
 * random 96-bit nonces under one key (NIST SP 800-38D §8.3), last for years; rotate the key well before.
 */
export function createFieldCipher(ring: KeyMaterial['fieldKeys'], random: Random): FieldCipher {
  const keys = new Map<string, Buffer>();
  for (const [id, text] of Object.entries(ring.keys)) {
    const key = Buffer.from(text, 'base64');
    if (key.length !== 32) throw new Error(`field key ${id} must be base64 of 32 bytes`);
    keys.set(id, key);
  }
  const active = keys.get(ring.activeId);
  if (!active) throw new Error(`active field key ${ring.activeId} is not in the ring`);

  return {
    activeKeyId: ring.activeId,
    encrypt(plain, context) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', active, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundContext(ring.activeId, context));
      const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return {
        k: ring.activeId,
        n: nonce.toString('base64'),
        c: content.toString('base64'),
        t: cipher.getAuthTag().toString('base64'),
      };
    },
    decrypt(field, context) {
      const key = keys.get(field.k);
      if (!key) throw new DecryptionError('unknown key');
      const nonce = strictBase64(field.n, NONCE_BYTES);
      const tag = strictBase64(field.t, TAG_BYTES);
      const content = strictBase64(field.c);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundContext(field.k, context));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
      } catch {
        throw new DecryptionError('content, key or context differs');
      }
    },
  };
}

/** Carries neither the value nor the context: it may be logged. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

function boundContext(keyId: string, context: string): Buffer {
  return Buffer.from(`${keyId}|${context}`, 'utf8');
}

/** Node skips characters that are not base64; a changed one must be an error, never ignored. */
function strictBase64(text: string, length?: number): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text || (length !== undefined && bytes.length !== length)) {
    throw new DecryptionError('malformed');
  }
  return bytes;
}
