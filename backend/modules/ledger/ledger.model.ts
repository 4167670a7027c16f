import { Schema } from 'mongoose';
import type { Binary } from 'mongodb';
import { defineModel } from '../../platform/database/model.ts';

/** One entry of the log, never changed. */
export interface LoggedEntry {
  /** Place in the log, from 0, without gaps: the unique key decides which entry gets it. */
  _id: number;
  /** Of the change in the register, or of another record. */
  entryId: string;
  /** The leaf as it stands in the records that it is from. */
  bytes: string;
  /** RFC 9162 leaf hash of the bytes, 32 bytes. */
  hash: Binary;
}

export const loggedEntries = defineModel<LoggedEntry>({
  collection: 'ledger-entries',
  fields: { _id: Number, entryId: String, bytes: String, hash: Schema.Types.Buffer } as never,
  indexes: [
    {
      key: { entryId: 1 },
      options: { name: 'entry', unique: true },
      because: 'a change or record is logged once, however often it is delivered',
    },
  ],
});

/** A full tile: 256 hashes of one level. A pure function of the entries; losing one loses nothing. */
export interface StoredTile {
  /** `<level>/<index, twelve digits>`: the tiles of a level by index. */
  _id: string;
  /** 8,192 bytes. */
  hashes: Binary;
  /** Of the subtree that the tile is: a hash of the level above. */
  root: Binary;
}

export const storedTiles = defineModel<StoredTile>({
  collection: 'ledger-tiles',
  fields: { _id: String, hashes: Schema.Types.Buffer, root: Schema.Types.Buffer } as never,
  // `_id` is the invariant: a tile is written once.
  indexes: [],
});

/** A signed head (检查点): what was said about the log once cannot be taken back. Insert-only. */
export interface SignedHead {
  /** Entries in the tree. */
  _id: number;
  /** Entries in the tree that was signed before; 0 for the first. The heads form one chain: none can be left out. */
  previous: number;
  /** Base64. */
  root: string;
  /** The signed note, as it is published. */
  note: string;
  at: Date;
}

export const signedHeads = defineModel<SignedHead>({
  collection: 'ledger-heads',
  fields: { _id: Number, previous: Number, root: String, note: String, at: Date } as never,
  // `_id` is the invariant: one head for a size, and so one root.
  indexes: [
    {
      key: { previous: 1 },
      options: { name: 'previous', unique: true },
      because: 'of two processes that sign after the same head, one does',
    },
  ],
});

/**
 * A batch of audit entries that is sealed in the log: what each said when it was sealed, as a keyed hash. Insert-only; the entries themselves
 * carry no mark of it.
 */
export interface AuditSeal {
  /** `<collection>/<number, twelve digits>`, without gaps for each collection. */
  _id: string;
  /** Entries with ids above `after` up to `through`; none of them where the two are the same, see `late`. */
  after: string;
  through: string;
  /** Entries that came after their ids had been passed. */
  late: boolean;
  ids: string[];
  /** 32 bytes for each id, in their order. */
  hashes: Binary;
  /** 16 bytes, base64url. */
  salt: string;
  /** The leaf, which commits to all of this. */
  bytes: string;
}

export const auditSeals = defineModel<AuditSeal>({
  collection: 'ledger-audit-seals',
  fields: {
    _id: String,
    after: String,
    through: String,
    late: Boolean,
    ids: [String],
    hashes: Schema.Types.Buffer,
    salt: String,
    bytes: String,
  } as never,
  // `_id` is the invariant: of two processes that seal after the same seal, one does.
  indexes: [],
});

/** A time during which the log was not what was signed: found by who signs or by the check that goes round. Nothing is signed meanwhile. */
export interface LedgerBreak {
  _id: string;
  /** Absent once the log was put right. */
  open?: true;
  /** What was found first, in the words of the check. */
  reason: string;
  at: Date;
  mendedAt: Date | null;
}

export const ledgerBreaks = defineModel<LedgerBreak>({
  collection: 'ledger-breaks',
  fields: { _id: String, open: Boolean, reason: String, at: Date, mendedAt: Date } as never,
  outbox: true,
  indexes: [
    {
      key: { open: 1 },
      options: { name: 'open', unique: true, partialFilterExpression: { open: true } },
      because: 'one break at a time, however many processes find it, so that people are told once',
    },
  ],
});

/** What a witness said to a head: its line under the note. Insert-only. */
export interface Cosignature {
  /** `<entries, sixteen digits>/<name of the witness>`. */
  _id: string;
  /** Entries under the head. */
  size: number;
  witness: string;
  /** The line with its new line. */
  line: string;
  /** When the witness says that it saw it. */
  at: Date;
}

export const cosignatures = defineModel<Cosignature>({
  collection: 'ledger-cosignatures',
  fields: { _id: String, size: Number, witness: String, line: String, at: Date } as never,
  indexes: [
    {
      key: { witness: 1, size: -1 },
      options: { name: 'newest' },
      because: 'what each witness saw last, which the next proof begins at',
    },
  ],
});
