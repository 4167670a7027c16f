import { Type, type Static } from 'typebox';

const Hash = Type.String({ description: 'SHA-256, base64' });

/** `GET /api/ledger`: the log as it was last signed. */
export const LedgerView = Type.Object({
  /** Its name in every checkpoint. */
  origin: Type.String(),
  size: Type.Integer({ minimum: 0 }),
  root: Hash,
  signedAt: Type.String({ format: 'date-time' }),
  /** The signed note as it is published under `/ledger/checkpoint`. */
  checkpoint: Type.String(),
  /** Verifier keys, `name+hash+key`; those that sign now first. */
  keys: Type.Array(Type.String()),
  /** Who watches from outside, and what each saw last; null where it has seen nothing yet. */
  witnesses: Type.Array(
    Type.Object({
      name: Type.String(),
      /** Verifier key. */
      key: Type.String(),
      size: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  ),
  /** Since when the log is not what was signed; null where it is. Nothing is signed meanwhile. */
  brokenSince: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
});
export type LedgerView = Static<typeof LedgerView>;

export const ConsistencyQuery = Type.Object({
  first: Type.Integer({ minimum: 1 }),
  second: Type.Integer({ minimum: 1 }),
});

export const InclusionQuery = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  size: Type.Integer({ minimum: 1 }),
});

export const ProofView = Type.Object({ proof: Type.Array(Hash) });

export const TileParams = Type.Object({
  level: Type.String({ pattern: '^(entries|[0-9]|[1-5][0-9]|6[0-3])$' }),
  place: Type.String({ maxLength: 40 }),
});

/** `GET /api/health/ledger`. */
export const LedgerHealth = Type.Object({ status: Type.Literal('ok'), size: Type.Integer({ minimum: 0 }) });
