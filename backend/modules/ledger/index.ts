/**
 * Proofs of a log that is only added to (RFC 9162), as far as anybody can check them without us: what `npm run ledger` runs. The log of
 * the register's changes itself is still to come.
 */
export { checkProofJson } from './check-json.ts';
