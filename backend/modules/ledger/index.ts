/**
 * Ledger (登记簿变更的防篡改日志): every change of the register, in order, in a log that is only added to (RFC 9162), signed as it grows.
 * Modules above put leaves of other kinds in (`appendEntries`) and name their records as a `LeafSource` in backend/leaf-sources.ts.
 * Owns the collections `ledger-entries`, `ledger-tiles`, `ledger-heads`, `ledger-audit-seals` and `ledger-cosignatures`, which are only inserted into, and `ledger-breaks`. Read in this order:
 * merkle.ts, append.ts, tree.ts, sign-head.ts, publish.ts, seal-audit.ts, verify-log.ts. Subscribes to `register.changed` and `register.imported`, wired in
 * subscriptions.ts.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { ledgerRoutes } from './routes.ts';
import { askWitnesses } from './ask-witnesses.ts';
import { checkLog } from './check-log.ts';
import {
  auditSeals,
  cosignatures,
  ledgerBreaks,
  loggedEntries,
  signedHeads,
  storedTiles,
} from './ledger.model.ts';
import { sealAudit } from './seal-audit.ts';
import { sweepAudit } from './sweep-audit.ts';

export { appendEntries, type NewEntry } from './append.ts';
export { appendChanges, signOrReport } from './append-changes.ts';
export { readCheckpoint } from './checkpoint.ts';
export { auditLeaves } from './audit-source.ts';
export type { LeafSource, SourcedLeaf } from './leaf-source.ts';
export { readNote, toBase64 } from './note.ts';
export { proveEntry, type EntryProof } from './prove-entry.ts';
export { registerLeaves } from './register-source.ts';
export { signUnderLog } from './sign-text.ts';
export { verifyLog, type KeptHead, type LogReport } from './verify-log.ts';

export const ledgerModule: ModuleFace = {
  name: 'ledger',
  models: [
    loggedEntries,
    storedTiles,
    signedHeads,
    auditSeals,
    ledgerBreaks,
    cosignatures,
  ] as unknown as NonNullable<ModuleFace['models']>,
  routes: ledgerRoutes,
  jobs: [sealAudit, sweepAudit, checkLog, askWitnesses],
};
