import { legalDayOf } from '../../platform/time.ts';
import type { Platform } from '../../platform/platform.ts';
import { MAX_DAILY_BYTES } from './contract.ts';
import { filesErrors } from './errors.ts';
import { uploadQuotas } from './file.model.ts';

export interface Reservation {
  quotaId: string;
  bytes: number;
}

const DUPLICATE_KEY = 11000;

/**
 * Sets bytes of a person's day aside before a single one is taken, so that parallel uploads together cannot exceed
 * the limit by a byte. The invariant is the guard of this one update: `bytes ≤ limit - asked` and `$inc` are one.
 * @throws files.daily_quota
 */
export async function reserveQuota(p: Platform, ownerId: string, bytes: number): Promise<Reservation> {
  const day = legalDayOf(p.time.now());
  const quotaId = `${ownerId}|${day}`;
  const guard = { _id: quotaId, bytes: { $lte: MAX_DAILY_BYTES - bytes } };
  const quotas = uploadQuotas(p).collection;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await quotas.updateOne(guard as never, { $inc: { bytes }, $setOnInsert: { day } }, { upsert: true });
      return { quotaId, bytes };
    } catch (error) {
      // The day's document exists, so the upsert met its own _id: either the guard failed or another upload made it just now.
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    }
  }
  return filesErrors.fail('files.daily_quota', { limitMb: Math.round(MAX_DAILY_BYTES / 1024 / 1024) });
}

/** Gives back what was set aside and not used. Losing this to a kill errs on the safe side, and only until midnight. */
export async function returnQuota(p: Platform, reservation: Reservation, unusedBytes: number): Promise<void> {
  if (unusedBytes <= 0) return;
  await uploadQuotas(p).collection.updateOne(
    { _id: reservation.quotaId as never },
    { $inc: { bytes: -unusedBytes } },
  );
}
