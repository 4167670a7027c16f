import { acquireLease, releaseLease, type Lease } from '../database/lease.ts';
import type { Platform } from '../platform.ts';

/**
 * Asks the database whether the lease is still the one that this run began under: a process that stood still for longer than it
 * lasts has lost it, and another may have done the work since. Asked before what cannot simply be done again, such as a deletion.
 */
export type IsHeld = () => Promise<boolean>;

export interface Job {
  /** Unique; also the name of its lease. */
  name: string;
  everyMs: number;
  /** A run is followed by a rest of this many times its length, so that a job takes no more than its share of the machine. */
  restFactor?: number;
  /** Must be safe to run again after being cut off anywhere. Returns a short figure for the log, if any. */
  run(p: Platform, now: Date, isHeld?: IsHeld): Promise<Record<string, number> | undefined>;
}

export interface Scheduler {
  /** Runs one job now, if no other process holds its lease: for tests and for boot. True if it ran. */
  runNow(name: string): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * A process that renews nothing for this long is believed dead. Short, because what a killed process leaves half done (a
 * recording, events) waits for its lease to run out; a process that was only slow does no harm, as runs can be repeated.
 */
const LEASE_MS = 6_000;

/** Within this time of taking or renewing a lease its holder goes ahead without asking again: two thirds of it are left. */
const SURE_MS = LEASE_MS / 3;

/**
 * Runs each job every `everyMs` in whichever process takes its lease. A process that dies leaves its lease to run
 * out; the job's own idempotency does the rest. A job that comes round before its lease would run out keeps it between
 * runs: taking and giving it back every second cost more than most runs did.
 */
export function startScheduler(p: Platform, jobs: readonly Job[], timers = true): Scheduler {
  const holder = `${process.pid}-${p.random.bytes(6).toString('hex')}`;
  const running = new Map<string, Promise<boolean>>();
  const intervals: NodeJS.Timeout[] = [];
  const heldAt = new Map<string, number>();
  const fences = new Map<string, number>();
  const restUntil = new Map<string, number>();
  let stopped = false;

  const hold = async (name: string): Promise<Lease | null> => {
    const askedAt = performance.now();
    const lease = await acquireLease(p, name, holder, LEASE_MS);
    if (lease) {
      heldAt.set(name, askedAt);
      fences.set(name, lease.fence);
    } else heldAt.delete(name);
    return lease;
  };
  const giveBack = async (name: string): Promise<void> => {
    heldAt.delete(name);
    await releaseLease(p, name, holder).catch(() => undefined);
  };

  const runOnce = async (job: Job): Promise<boolean> => {
    const startedAt = performance.now();
    const sure = startedAt - (heldAt.get(job.name) ?? -Infinity) < SURE_MS;
    if (!sure && !(await hold(job.name))) return false;
    const fence = fences.get(job.name);
    const isHeld: IsHeld = async () => (await hold(job.name))?.fence === fence;
    const renewal = setInterval(() => {
      hold(job.name).catch(() => undefined);
    }, SURE_MS);
    try {
      const figures = await job.run(p, p.time.now(), isHeld);
      if (figures && Object.values(figures).some((figure) => figure > 0))
        p.log.info({ job: job.name, ...figures }, 'job');
      return true;
    } finally {
      clearInterval(renewal);
      const endedAt = performance.now();
      restUntil.set(job.name, endedAt + (endedAt - startedAt) * (job.restFactor ?? 0));
      // Without timers nobody comes round again.
      if (!timers || stopped || job.everyMs >= LEASE_MS) await giveBack(job.name);
    }
  };

  const start = (job: Job): Promise<boolean> => {
    const current = running.get(job.name);
    if (current) return current;
    const run = runOnce(job).finally(() => running.delete(job.name));
    running.set(job.name, run);
    return run;
  };

  if (timers) {
    for (const job of jobs) {
      const tick = () => {
        if (!stopped && performance.now() >= (restUntil.get(job.name) ?? 0))
          start(job).catch((error: unknown) => p.log.warn({ err: error, job: job.name }, 'job failed'));
      };
      intervals.push(setInterval(tick, job.everyMs));
      // A first run soon after boot picks up what a killed process left behind, and again when a lease that it may have
      // left, too, has run out.
      for (const wait of [1_000, 1_000 + LEASE_MS]) {
        if (wait < job.everyMs) intervals.push(setTimeout(tick, wait) as NodeJS.Timeout);
      }
    }
  }

  return {
    async runNow(name) {
      const job = jobs.find((candidate) => candidate.name === name);
      if (!job) throw new Error(`no job named ${name}`);
      return start(job);
    },
    async stop() {
      stopped = true;
      for (const timer of intervals) clearInterval(timer);
      await Promise.allSettled(running.values());
      await Promise.all([...heldAt.keys()].map(giveBack));
    },
  };
}
