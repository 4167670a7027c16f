import { createHash, createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';

const SALT_BYTES = 16;

/**
 * A commitment to one field of a record: SHA-256 over a salt of the field's own and its canonical JSON (RFC 8785), base64url. The salt of a
 * field comes from that of the record, so that who is shown one field cannot try out guesses of another.
 * @param salt 16 bytes, base64url
 */
export function commit(salt: string, field: string, value: unknown): string {
  const own = createHmac('sha256', Buffer.from(salt, 'base64url'))
    .update(field)
    .digest()
    .subarray(0, SALT_BYTES);
  return createHash('sha256')
    .update(own)
    .update(canonicalize(value) ?? '')
    .digest('base64url');
}

/** A keyed hash of a whole document by its canonical JSON: 32 bytes. Instants count as their ISO text. */
export const documentHash = (salt: string, document: object): Uint8Array =>
  createHmac('sha256', Buffer.from(salt, 'base64url'))
    .update(canonicalize(document) ?? '')
    .digest();
