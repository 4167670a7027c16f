import { MongoServerError } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { accountErrors } from './errors.ts';
import { throttles } from './throttle.model.ts';

/**
 * Stops guessing without locking the owner out (trust.md S39). An attempt is counted before it is looked at, so a
 * burst of parallel guesses counts in full; success gives it back. State is in the database: it survives restarts and
 * holds across processes.
 */
export interface Bucket {
  key: string;
  /** Failures that cost nothing. */
  free: number;
  /** Wait after the last free failure; doubles with each further one. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** Failures are forgotten this long after the last one. */
  forgetAfterMs: number;
}

/** Not the moment of writing: an attempt that read its clock a little earlier would be held up by one that cost nothing. */
const OPEN = new Date(0);

export interface Attempt {
  /** The owner proved to be the owner: forget what `cleared` counted, give the others their one back. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt in every bucket.
 * @throws accounts.sign_in_throttled with the seconds to wait; the attempt must then not be looked at, even if right.
 */
export async function beginAttempt(
  p: Platform,
  cleared: readonly Bucket[],
  shared: readonly Bucket[] = [],
): Promise<Attempt> {
  const buckets = [...cleared, ...shared];
  const now = p.time.now();
  const known = await throttles(p)
    .find({ _id: { $in: buckets.map(({ key }) => key) } })
    .lean();
  const waits = known.map(({ blockedUntil }) => blockedUntil.getTime() - now.getTime());
  // Looking first keeps a refused attempt from being counted against the buckets that would have let it through.
  refuseIfWaiting(waits);
  refuseIfWaiting(await Promise.all(buckets.map((bucket) => count(p, bucket, now))));
  return {
    async succeeded() {
      await Promise.all([
        throttles(p).deleteMany({ _id: { $in: cleared.map(({ key }) => key) } }),
        ...shared.map((bucket) => giveBack(p, bucket)),
      ]);
    },
  };
}

function refuseIfWaiting(waitsMs: readonly number[]): void {
  const longest = Math.max(0, ...waitsMs);
  if (longest > 0) accountErrors.fail('accounts.sign_in_throttled', { seconds: Math.ceil(longest / 1000) });
}

/**
 * One guarded upsert: it matches only when the bucket is open, so while it is blocked the upsert collides with the
 * document's own _id. Returns the wait in ms, 0 when counted.
 */
async function count(p: Platform, bucket: Bucket, now: Date): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    try {
      await throttles(p).collection.updateOne(
        { _id: bucket.key as never, blockedUntil: { $lte: now } },
        countingUpdate(bucket, now) as never,
        { upsert: true },
      );
      return 0;
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== 11000) throw error;
    }
    const stored = await throttles(p).findOne({ _id: bucket.key }).lean();
    const wait = stored ? stored.blockedUntil.getTime() - now.getTime() : 0;
    // Not blocked: another attempt inserted the document in between, so the next round matches it.
    if (wait > 0) return wait;
  }
  return bucket.firstWaitMs;
}

function countingUpdate(bucket: Bucket, now: Date): object[] {
  const over = { $min: [{ $subtract: ['$failures', bucket.free] }, 30] };
  const wait = { $min: [bucket.longestWaitMs, { $multiply: [bucket.firstWaitMs, { $pow: [2, over] }] }] };
  return [
    {
      $set: {
        failures: { $cond: [{ $gt: ['$forgetAt', now] }, { $add: ['$failures', 1] }, 1] },
        forgetAt: new Date(now.getTime() + bucket.forgetAfterMs),
      },
    },
    {
      $set: {
        blockedUntil: { $cond: [{ $gte: ['$failures', bucket.free] }, { $add: [now, wait] }, OPEN] },
      },
    },
  ];
}

async function giveBack(p: Platform, bucket: Bucket): Promise<void> {
  const update = [
    { $set: { failures: { $max: [0, { $subtract: ['$failures', 1] }] } } },
    { $set: { blockedUntil: { $cond: [{ $lt: ['$failures', bucket.free] }, OPEN, '$blockedUntil'] } } },
  ];
  await throttles(p).collection.updateOne({ _id: bucket.key as never }, update as never);
}

/** Removes what is forgotten anyway. */
export async function sweepThrottles(p: Platform, now: Date): Promise<number> {
  const { deletedCount } = await throttles(p).deleteMany({ forgetAt: { $lt: now } });
  return deletedCount;
}
