import { Types } from 'mongoose';
import type { Collection } from 'mongodb';
import type { Job } from '../jobs/scheduler.ts';
import type { Platform } from '../platform.ts';
import type { DeclaredModel } from './model.ts';
import type { Carrier, DeliveredEvent, Outbox, Subscriber } from './outbox.ts';

/** Documents taken in one pass. A pass repeats until a collection is empty. */
const BATCH = 200;

/**
 * Events wait this long for others: subscribers then write once for many, a dozen commands for all of them together. Nobody
 * waits for a delivery, and the longest chain of reactions (recorded, certificate made, case issued) stays under half a
 * second.
 */
const GATHER_MS = 100;

/** While events keep coming they wait longer: the chain of reactions takes a second then. */
const GATHER_BUSY_MS = 300;
/** So many carriers in one pass are a steady flow. */
const BUSY = 8;

/** At a rush whoever waits for an answer comes first: what can be told later is told in fewer, larger passes. */
const GATHER_RUSH_MS = 1_000;
/** So many events in one pass are a rush. */
const RUSH = 200;

/** So many documents are kept in memory until their events are delivered; beyond it they are read again like any other's. */
const MOST_WRITTEN = 4_000;

export interface Relay extends Outbox {
  /** Connects the relay once the platform exists; until then notifications wait. */
  start(p: Platform, models: readonly DeclaredModel<never>[], subscribers: readonly Subscriber[]): void;
  /** Picks up what a killed process left behind. */
  readonly sweep: Job;
}

async function deliver(
  p: Platform,
  subscribers: readonly Subscriber[],
  events: readonly DeliveredEvent[],
): Promise<void> {
  for (const subscriber of subscribers) {
    const wanted = events.filter(
      (event) => subscriber.types.includes(event.type) || subscriber.types.includes('*'),
    );
    if (wanted.length > 0) await subscriber.handle(p, wanted);
  }
}

function eventsOf(collection: string, carriers: readonly Carrier[]): DeliveredEvent[] {
  return carriers.flatMap(({ _id, outbox }) =>
    (outbox ?? []).map((event) => ({ ...event, source: { collection, id: _id } })),
  );
}

/**
 * Delivers embedded events. Order is kept per document, not between documents. If a batch fails, its documents are
 * tried one by one, so that one bad document cannot hold up the others; it stays and is tried again by the sweep.
 */
export function createRelay(now: () => Date): Relay {
  /** Collections to be read. */
  const dirty = new Set<string>();
  /** By collection and document: outboxes that need not be read. The latest write of a document knows all that is left of it. */
  const written = new Map<string, Map<string, Carrier>>();
  let parts: { p: Platform; subscribers: readonly Subscriber[]; collections: string[] } | null = null;
  let current: Promise<void> | null = null;
  let waiting: NodeJS.Timeout | null = null;
  /** What the fullest pass of the last round took. */
  let lately = { carriers: 0, events: 0 };

  const native = (name: string): Collection<Carrier> =>
    parts!.p.database.connection.collection(name) as unknown as Collection<Carrier>;

  const finish = async (name: string, carriers: readonly Carrier[]): Promise<void> => {
    const ids = carriers.flatMap(({ outbox }) => (outbox ?? []).map(({ id }) => id));
    // One command whatever the batch: an event's id is unique, so no document loses one that was not delivered.
    await native(name).updateMany({ _id: { $in: carriers.map(({ _id }) => _id) } }, {
      $pull: { outbox: { id: { $in: ids } } },
    } as never);
  };

  /** The next documents whose events are known without reading them. */
  const takeWritten = (name: string): Carrier[] => {
    const known = written.get(name);
    if (!known) return [];
    const taken: Carrier[] = [];
    for (const [id, carrier] of known) {
      known.delete(id);
      if (taken.push(carrier) === BATCH) return taken;
    }
    written.delete(name);
    return taken;
  };

  const readCarriers = async (name: string): Promise<Carrier[]> => {
    const carriers = await native(name)
      .find({ 'outbox.0': { $exists: true } } as never, {
        projection: { outbox: 1 },
        hint: 'outbox',
        limit: BATCH,
      })
      .toArray();
    for (const { _id } of carriers) written.get(name)?.delete(_id);
    return carriers;
  };

  /** True if there may be more. */
  const pass = async (
    name: string,
    take: (name: string) => Carrier[] | Promise<Carrier[]>,
  ): Promise<boolean> => {
    const { p, subscribers } = parts!;
    const carriers = await take(name);
    const events = carriers.reduce((sum, { outbox }) => sum + (outbox?.length ?? 0), 0);
    lately = {
      carriers: Math.max(lately.carriers, carriers.length),
      events: Math.max(lately.events, events),
    };
    if (carriers.length === 0) return false;
    try {
      await deliver(p, subscribers, eventsOf(name, carriers));
      await finish(name, carriers);
      return carriers.length === BATCH;
    } catch (error) {
      if (carriers.length === 1) throw error;
    }
    let delivered = 0;
    for (const carrier of carriers) {
      try {
        await deliver(p, subscribers, eventsOf(name, [carrier]));
        await finish(name, [carrier]);
        delivered += 1;
      } catch (error) {
        p.log.error({ err: error, collection: name, document: carrier._id }, 'event could not be delivered');
      }
    }
    return delivered > 0 && carriers.length === BATCH;
  };

  const work = async (): Promise<void> => {
    const [known, read] = [[...written.keys()], [...dirty]];
    // What is notified from here on waits for company again.
    dirty.clear();
    lately = { carriers: 0, events: 0 };
    for (const [name, take] of [
      ...known.map((name) => [name, takeWritten] as const),
      ...read.map((name) => [name, readCarriers] as const),
    ]) {
      try {
        while (await pass(name, take));
      } catch (error) {
        parts!.p.log.error({ err: error, collection: name }, 'outbox pass failed');
      }
    }
  };

  const isTold = (): boolean => dirty.size > 0 || written.size > 0;

  const wake = (): Promise<void> => {
    if (!parts) return Promise.resolve();
    // One pass at a time: what arrives meanwhile gathers into the next batch.
    current ??= new Promise((resolve) => setImmediate(resolve)).then(work).finally(() => {
      current = null;
      if (isTold()) wakeSoon();
    });
    return current;
  };

  const gatherMs = (): number => {
    if (lately.events >= RUSH) return GATHER_RUSH_MS;
    return lately.carriers >= BUSY ? GATHER_BUSY_MS : GATHER_MS;
  };

  const wakeSoon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null;
      void wake();
    }, gatherMs()).unref();
  };

  return {
    event(type, actorId, data) {
      return {
        id: new Types.ObjectId().toHexString(),
        type,
        at: now(),
        actorId,
        requestId: null,
        data,
      };
    },
    notify(collection, carrier) {
      const known = written.get(collection) ?? new Map<string, Carrier>();
      if (carrier && known.size < MOST_WRITTEN) {
        const { _id, outbox } = carrier;
        written.set(collection, known.set(_id, { _id, outbox }));
      } else dirty.add(collection);
      wakeSoon();
    },
    async drain() {
      if (!parts) return;
      for (const name of parts.collections) dirty.add(name);
      while (isTold() || current) await wake();
    },
    start(p, models, subscribers) {
      const collections = models
        .filter(({ declaration }) => declaration.outbox)
        .map(({ declaration }) => declaration.collection);
      parts = { p, subscribers, collections };
      if (isTold()) wakeSoon();
    },
    sweep: {
      name: 'platform.outbox-sweep',
      everyMs: 2_000,
      async run() {
        if (current) await current;
        for (const name of parts?.collections ?? []) dirty.add(name);
        // One round: what comes in meanwhile waits for company again, or a steady flow would keep the sweep going.
        await wake();
        return undefined;
      },
    },
  };
}
