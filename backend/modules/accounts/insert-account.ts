import { MongoServerError } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';

export type InsertOutcome = 'inserted' | 'personTaken' | 'loginNameTaken';

/** The unique indexes decide: of two inserts for one person or one login name, exactly one wins. */
export async function insertAccount(p: Platform, account: AccountDocument): Promise<InsertOutcome> {
  try {
    await accounts(p).collection.insertOne(account as never);
  } catch (error) {
    if (isDuplicateOf(error, 'personKey')) return 'personTaken';
    if (isDuplicateOf(error, 'loginName')) return 'loginNameTaken';
    throw error;
  }
  p.outbox.notify('accounts');
  return 'inserted';
}

/** Whether a write failed on the unique index over `field`. */
export function isDuplicateOf(error: unknown, field: string): boolean {
  if (!(error instanceof MongoServerError) || error.code !== 11000) return false;
  const pattern = error.keyPattern as Record<string, unknown> | undefined;
  return pattern !== undefined && field in pattern;
}
