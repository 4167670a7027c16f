import type { Collection, Document, Filter, UpdateFilter } from 'mongodb';

interface Waiting<K, V> {
  key: K;
  resolve(value: V): void;
  reject(error: unknown): void;
}

/**
 * Gathers what arrives while a command is in flight into the next one. Nobody waits for a timer: a lone caller goes
 * out at once, and under load the batch grows by itself. Measured on the embedded engine: reads by key cost half,
 * journaled writes less than half, of one command each.
 */
export function createGatherer<K, V>(
  run: (keys: readonly K[]) => Promise<readonly V[]>,
  { batch = 200 } = {},
): (key: K) => Promise<V> {
  const queue: Waiting<K, V>[] = [];
  let inFlight = false;

  const flush = async (): Promise<void> => {
    inFlight = true;
    // One turn of the event loop lets the requests that were read from sockets together travel together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const taken = queue.splice(0, batch);
      try {
        const values = await run(taken.map(({ key }) => key));
        taken.forEach(({ resolve }, index) => resolve(values[index] as V));
      } catch (error) {
        taken.forEach(({ reject }) => reject(error));
      }
    }
    inFlight = false;
  };

  return (key) =>
    new Promise<V>((resolve, reject) => {
      queue.push({ key, resolve, reject });
      if (!inFlight) void flush();
    });
}

/**
 * One of something for each database of the process (tests have several): gatherers, number blocks, caches. A platform
 * that was copied to stand at another moment shares it with the original, and so do those of requests: what is made here
 * serves them all, and must not log or make events through the platform that happened to come first.
 */
export function perPlatform<P extends { database: object }, V>(make: (p: P) => V): (p: P) => V {
  const made = new WeakMap<object, V>();
  return (p) => {
    const known = made.get(p.database);
    if (known !== undefined) return known;
    const value = make(p);
    made.set(p.database, value);
    return value;
  };
}

/** A copy of what the driver made. By hand: `structuredClone` took longer than reading the document again would have. */
function copyOf<V>(value: V): V {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf) as V;
  if (value instanceof Date) return new Date(value) as V;
  // The driver's own classes, such as Binary, are values that nobody changes.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) copy[key] = copyOf(child as unknown);
  return copy as V;
}

/** Gathers look-ups by `_id` (or another unique field) into one `$in`. Absent documents give null. */
export function gatherFinds<T extends Document>(
  collection: () => Collection<T>,
  field: string & keyof T,
  projection?: Document,
): (value: unknown) => Promise<T | null> {
  return createGatherer<unknown, T | null>(async (values) => {
    const distinct = [...new Set(values)];
    const filter = (
      distinct.length === 1 ? { [field]: distinct[0] } : { [field]: { $in: distinct } }
    ) as Filter<T>;
    const found = (await collection()
      .find(filter, projection ? { projection } : {})
      .toArray()) as unknown as T[];
    const byValue = new Map(found.map((document) => [document[field] as unknown, document]));
    const given = new Set<unknown>();
    return values.map((value) => {
      const document = byValue.get(value) ?? null;
      // Two callers never share an object: one might change what it was given.
      if (document && given.has(value)) return copyOf(document);
      given.add(value);
      return document;
    });
  });
}

export interface GuardedWrite {
  /** Must name `_id`; the rest is the guard. */
  filter: Document & { _id: unknown };
  update: Document;
  /** Holds after the update, and only then, such as `{ 'submission.id': … }`: tells who won when not all did. */
  proof: Document;
}

/**
 * Group commit of guarded updates: one journaled command for all that arrived while the last was in flight. Each
 * caller learns whether *its* update was made. Two updates of one document never share a batch, so that each sees
 * the other's result.
 */
export function gatherUpdates<T extends Document>(
  collection: () => Collection<T>,
): (write: GuardedWrite) => Promise<boolean> {
  const send = createGatherer<GuardedWrite, boolean>((writes) => runGuarded(collection(), writes));
  const busy = new Map<unknown, Promise<boolean>>();
  return (write) => {
    const before = busy.get(write.filter._id);
    const sent = before ? before.catch(() => false).then(() => send(write)) : send(write);
    busy.set(write.filter._id, sent);
    const clear = () => {
      if (busy.get(write.filter._id) === sent) busy.delete(write.filter._id);
    };
    sent.then(clear, clear);
    return sent;
  };
}

/** Where a collection has many indexes, to look at each for every guard costs as much as a short read. */
const BY_ID = { hint: '_id_' } as const;

async function runGuarded<T extends Document>(
  collection: Collection<T>,
  writes: readonly GuardedWrite[],
): Promise<boolean[]> {
  const [only] = writes;
  if (only && writes.length === 1) {
    const { matchedCount } = await collection.updateOne(
      only.filter as Filter<T>,
      only.update as UpdateFilter<T>,
      BY_ID,
    );
    return [matchedCount === 1];
  }
  const { matchedCount } = await collection.bulkWrite(
    writes.map(({ filter, update }) => ({
      updateOne: { filter: filter as Filter<T>, update: update as UpdateFilter<T>, ...BY_ID },
    })),
    { ordered: false },
  );
  if (matchedCount === writes.length) return writes.map(() => true);
  const made = await collection
    .find(
      { $or: writes.map(({ filter, proof }) => ({ _id: filter._id, ...proof })) } as unknown as Filter<T>,
      {
        projection: { _id: 1 },
      },
    )
    .toArray();
  const ids = new Set(made.map(({ _id }) => String(_id)));
  return writes.map(({ filter }) => ids.has(String(filter._id)));
}
