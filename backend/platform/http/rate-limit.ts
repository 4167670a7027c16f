import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../database/gather.ts';
import { defineModel } from '../database/model.ts';
import type { Job } from '../jobs/scheduler.ts';
import type { Platform } from '../platform.ts';
import { systemTime } from '../time.ts';
import { httpErrors } from './errors.ts';
import type { Principal, RateLimit } from './route.ts';

interface RateLimitDocument {
  key: string;
  points: number;
  expire: Date | null;
}

/** Kept in the database: a limit survives a restart and holds across processes. */
export const rateLimits = defineModel<RateLimitDocument>({
  collection: 'rate-limits',
  fields: { key: String, points: Number, expire: Date },
  indexes: [
    { key: { key: 1 }, options: { name: 'key', unique: true }, because: 'one counter for a key and window' },
    { key: { expire: 1 }, options: { name: 'expire' }, because: 'the sweep of ended windows' },
  ],
});

/** Requests of one key from when they ask for room until their answers are counted. */
interface Lane {
  /** Let in so far, and of those how many have left. */
  begun: number;
  ended: number;
  /** In here, reading or waiting; a lane that nobody uses is forgotten. */
  users: number;
  waiting: (() => void)[];
}

/** Of one key; more are sent away for a second. */
const MOST_WAITING = 200;

type Counted = Pick<Principal, 'accountId'>;

export interface RateLimiter {
  /** Counts one request. Throws platform.too_many_requests with the seconds to wait. */
  consume(name: string, limit: RateLimit, actor: Counted | null, address: string): Promise<void>;
  /** Takes back what `consume` counted: counted first and given back, tries that come at once cannot slip past the limit. */
  giveBack(name: string, limit: RateLimit, actor: Counted | null, address: string): Promise<void>;
  /**
   * For limits that count by the answer: refuses who has used the limit up, and lets no more in at once than could still be counted;
   * the others wait for an answer, so that a burst cannot slip past. What it gives is called when the answer was counted.
   */
  enter(name: string, limit: RateLimit, actor: Counted | null, address: string): Promise<() => void>;
}

/** Each of them must have points left. The account comes first: what it has used up takes nothing from its address. */
function keysOf(p: Platform, limit: RateLimit, actor: Counted | null, address: string): string[] {
  const account = actor && limit.by !== 'address' ? [`a:${actor.accountId}`] : [];
  // Addresses are personal data: only their keyed digest is stored.
  const network = () => `i:${p.crypto.mac('rate-limit', address)}`;
  return limit.by === 'account' && actor ? account : [...account, network()];
}

const isNetwork = (key: string): boolean => key.startsWith('i:');

export function createRateLimiter(p: Platform): RateLimiter {
  const limiters = new Map<string, RateLimiterMongo | RateLimiterMemory>();
  const limiterOf = (name: string, limit: RateLimit): RateLimiterMongo | RateLimiterMemory => {
    const known = limiters.get(name);
    if (known) return known;
    if (limit.inMemory) {
      const { points, windowSeconds: duration } = limit;
      const inMemory = new RateLimiterMemory({ keyPrefix: name, points, duration });
      limiters.set(name, inMemory);
      return inMemory;
    }
    const created = new RateLimiterMongo({
      // Counts are the one thing here that need not outlive a power failure: they survive a restart of the API, and
      // waiting for the journal would double the price of the requests that they guard.
      storeClient: p.database.connection
        .getClient()
        .db(p.database.connection.name, { writeConcern: { w: 1, j: false } }),
      tableName: rateLimits.declaration.collection,
      keyPrefix: name,
      points: limit.points,
      duration: limit.windowSeconds,
      disableIndexesCreation: true,
      // A caller over the limit is refused from memory: an attack costs the database nothing more.
      inMemoryBlockOnConsumed: limit.points + 1,
    });
    limiters.set(name, created);
    return created;
  };
  /** An address that may have more than one account has is counted by a limiter of its own. */
  const limiterFor = (name: string, limit: RateLimit, key: string) =>
    limit.addressPoints !== undefined && isNetwork(key)
      ? limiterOf(`${name}|address`, { ...limit, points: limit.addressPoints })
      : limiterOf(name, limit);
  const refuse = (msBeforeNext: number): never =>
    httpErrors.fail('platform.too_many_requests', { seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) });
  const find = gatherFinds(
    () => rateLimits(p).collection as unknown as Collection<RateLimitDocument>,
    'key',
    { key: 1, points: 1, expire: 1 },
  );
  const lanes = new Map<string, Lane>();
  const use = (key: string): Lane => {
    const lane = lanes.get(key) ?? { begun: 0, ended: 0, users: 0, waiting: [] };
    lanes.set(key, lane);
    lane.users += 1;
    return lane;
  };
  const forget = (keys: readonly string[]): void => {
    for (const key of keys) {
      const lane = lanes.get(key)!;
      lane.users -= 1;
      if (lane.users === 0) lanes.delete(key);
    }
  };
  const leave = (keys: readonly string[]): void => {
    for (const key of keys) {
      const lane = lanes.get(key)!;
      lane.ended += 1;
      // Each looks again: how many may go in depends on what was counted.
      for (const look of lane.waiting.splice(0)) look();
    }
    forget(keys);
  };
  /** Until somebody who is in has left; at once where nobody is. */
  const untilSomebodyLeaves = (lane: Lane): Promise<void> => {
    if (lane.begun === lane.ended) return Promise.resolve();
    if (lane.waiting.length >= MOST_WAITING) refuse(1_000);
    return new Promise((resolve) => lane.waiting.push(resolve));
  };
  /** Points that every key has left, by the database. */
  const leftOf = async (keys: readonly string[], limit: RateLimit) => {
    let [left, msBeforeNext] = [limit.points, 0];
    // The limiter's own `get` is one query a request; looks that arrive together share one here.
    for (const used of await Promise.all(keys.map((key) => find(key)))) {
      // The limiter keeps its windows by the system clock.
      const ends = (used?.expire?.getTime() ?? 0) - systemTime.now().getTime();
      if (!used || ends <= 0 || limit.points - used.points >= left) continue;
      [left, msBeforeNext] = [limit.points - used.points, ends];
    }
    return { left, msBeforeNext };
  };
  return {
    async consume(name, limit, actor, address) {
      try {
        for (const key of keysOf(p, limit, actor, address)) await limiterFor(name, limit, key).consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        refuse(refusal.msBeforeNext);
      }
    },
    async giveBack(name, limit, actor, address) {
      for (const key of keysOf(p, limit, actor, address)) await limiterFor(name, limit, key).reward(key);
    },
    async enter(name, limit, actor, address) {
      const keys = keysOf(p, limit, actor, address).map((key) => limiterOf(name, limit).getKey(key));
      const used = keys.map(use);
      try {
        for (;;) {
          // Whoever had not left when the reading began may not be counted in what it finds.
          const ended = used.map((lane) => lane.ended);
          const { left, msBeforeNext } = await leftOf(keys, limit);
          if (left <= 0) refuse(msBeforeNext);
          const busy = used.find((lane, at) => lane.begun - ended[at]! >= left);
          if (!busy) break;
          await untilSomebodyLeaves(busy);
        }
      } catch (error) {
        forget(keys);
        throw error;
      }
      for (const lane of used) lane.begun += 1;
      return () => leave(keys);
    },
  };
}

/** The one limiter of a process, for use cases that count by what they find. */
export const rateLimiterOf = perPlatform(createRateLimiter);

/** The embedded engine deletes nothing by itself (no TTL), so ended windows are swept. */
export const sweepRateLimits: Job = {
  name: 'platform.sweep-rate-limits',
  everyMs: 600_000,
  async run(p, now) {
    const { deletedCount } = await rateLimits(p).deleteMany({ expire: { $lt: now } });
    return { deleted: deletedCount };
  },
};
