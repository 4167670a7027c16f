import type { Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { findLeaves } from '../register/index.ts';
import { appendEntries } from './append.ts';
import { openBreak } from './breaks.ts';
import { LedgerBroken, signHead } from './sign-head.ts';

/**
 * `register.changed` and `register.imported` `{unitCode, entryId}`: what the register says is in the log and under a signed head before
 * the event counts as delivered. A log that is broken takes entries all the same and signs none: registration does not stop for
 * it, and nothing is vouched for.
 */
export const appendChanges: Subscriber = {
  name: 'ledger.append',
  types: ['register.changed', 'register.imported'],
  async handle(p, events) {
    const changes = events.map(({ data }) => ({
      unitCode: String(data.unitCode),
      entryId: String(data.entryId),
    }));
    await appendEntries(p, await findLeaves(p, changes));
    await signOrReport(p);
  },
};

/** Signs what is not signed yet. A broken log is said in the server's log each time, and to people once. */
export async function signOrReport(p: Platform): Promise<void> {
  try {
    await signHead(p);
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
    await openBreak(p, error.message);
    p.log.fatal(
      { reason: error.message },
      'the ledger is broken: nothing is signed; run `npm run ledger -- verify`',
    );
  }
}
