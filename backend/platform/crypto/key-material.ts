/**
 * The secrets of a deployment, as they are stored: one JSON object in `KEYS_FILE`, in `KEYS` (the JSON itself), or in
 * `<data folder>/keys.json` in development. Loading, checking and generating is `keys.ts`; using them is the suite.
 *
 * A retired key stays in the ring for as long as anything was encrypted or signed with it: rotation adds a key and
 * moves `activeId`, it never replaces one.
 */
export interface KeyMaterial {
  /** AES-256-GCM keys of encrypted fields, base64 of 32 bytes each. New values use `activeId`. */
  readonly fieldKeys: { readonly activeId: string; readonly keys: Readonly<Record<string, string>> };
  /** HMAC-SHA-256 key of the blind indexes, base64 of 32 bytes. Changing it means recomputing every index. */
  readonly indexKey: string;
  /** HMAC-SHA-256 key of short-lived tokens (cursors, file links), base64 of 32 bytes. */
  readonly macKey: string;
  /** Ed25519 private keys as PKCS#8 PEM. Certificates and receipts are signed with `activeId`. */
  readonly signing: {
    readonly activeId: string;
    readonly keys: Readonly<Record<string, string>>;
    /** SPKI PEM of keys whose private half was destroyed; what they signed still verifies. */
    readonly retiredPublic: Readonly<Record<string, string>>;
  };
  /** SM2 private keys, base64 of 32 bytes. The log's heads get a second signature by `activeId`. Absent in keys of before. */
  readonly sm2?: {
    readonly activeId: string;
    readonly keys: Readonly<Record<string, string>>;
    /** Points of 65 bytes in base64 of keys whose private half was destroyed. */
    readonly retiredPublic: Readonly<Record<string, string>>;
  };
}
