import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { ledgerBreaks, type LedgerBreak } from './ledger.model.ts';

const DUPLICATE_KEY = 11_000;

/** The break that is not put right yet; null where the log is whole as far as anybody has looked. */
export async function findBreak(p: Platform): Promise<LedgerBreak | null> {
  const found = await ledgerBreaks(p).collection.findOne({ open: true }, { hint: 'open' });
  return found as unknown as LedgerBreak | null;
}

/** Notes that the log is broken and has people told (`ledger.broken`), unless it was known. */
export async function openBreak(p: Platform, reason: string): Promise<void> {
  const at = p.time.now();
  const event = p.outbox.event('ledger.broken', null, { reason, at });
  const found = { _id: newId(), open: true, reason, at, mendedAt: null, outbox: [event] };
  try {
    await ledgerBreaks(p).collection.insertOne(found as never);
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return;
    throw error;
  }
  p.outbox.notify('ledger-breaks');
}

/** The log is what was signed again: somebody put it right. Signing goes on. */
export async function closeBreak(p: Platform, { _id }: LedgerBreak): Promise<void> {
  const event = p.outbox.event('ledger.mended', null, { breakId: _id });
  await ledgerBreaks(p).collection.updateOne(
    { _id: _id as never, open: true },
    { $set: { mendedAt: p.time.now() }, $unset: { open: '' }, $push: { outbox: event } as never },
  );
  p.outbox.notify('ledger-breaks');
}
