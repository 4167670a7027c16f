/** AES-256-GCM with key id; the context is authenticated, so a value cannot be moved to another place. */
export interface EncryptedField {
  /** Key id in the key ring. */
  k: string;
  /** Nonce, 12 bytes, base64. */
  n: string;
  /** Ciphertext, base64. */
  c: string;
  /** Tag, 16 bytes, base64. */
  t: string;
}

export interface FieldCipher {
  /** What new values are encrypted under; a value with another `k` waits for re-encryption. */
  readonly activeKeyId: string;
  /** `context` is `collection|id|field`; the same text is needed to decrypt. */
  encrypt(plain: string, context: string): EncryptedField;
  /** Throws when a bit, the key id or the context differs. */
  decrypt(field: EncryptedField, context: string): string;
}

/** Keyed and one-way: equal values give equal indexes, nothing else can be learned without the key. */
export interface BlindIndex {
  /** `purpose` separates e.g. `id-number` from `phone`. 43 characters of base64url (HMAC-SHA-256). */
  of(purpose: string, value: string): string;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
  /** False when the hash was made with other parameters: rehash at the next sign-in. */
  isCurrent(hash: string): boolean;
}

export interface Signer {
  readonly keyId: string;
  /** Ed25519 over the bytes, base64url. */
  sign(bytes: Uint8Array): string;
}

export interface SignatureVerifier {
  verify(keyId: string, bytes: Uint8Array, signature: string): boolean;
  /** Public keys by id (SPKI PEM), the retired ones included. */
  readonly publicKeys: ReadonlyMap<string, string>;
}

/** SM2 with SM3, under the default id of GM/T 0009. */
export interface Sm2Signatures {
  readonly keyId: string;
  /** r and s, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  verify(keyId: string, bytes: Uint8Array, signature: Uint8Array): boolean;
  /** Uncompressed points of 65 bytes by id, the retired ones included. */
  readonly publicKeys: ReadonlyMap<string, Uint8Array>;
}

export interface CryptoSuite {
  readonly fields: FieldCipher;
  readonly index: BlindIndex;
  readonly passwords: PasswordHasher;
  readonly signer: Signer;
  readonly signatures: SignatureVerifier;
  /** Null where the keys have none: keys that were made before there was one. */
  readonly sm2: Sm2Signatures | null;
  /** For short-lived signed tokens (pagination cursors, file links): HMAC-SHA-256, base64url. */
  mac(purpose: string, value: string): string;
}
