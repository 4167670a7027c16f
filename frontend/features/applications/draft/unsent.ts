/**
 * Typing that the server has not confirmed yet, kept on this device until it has: a closed browser or a dead network
 * costs no more than the last moment. IndexedDB, because it is written without blocking typing; where it is
 * missing (private windows of old browsers) the draft lives in memory only and autosave alone protects it.
 * Records are removed as soon as the server has them: they may hold personal data.
 */

export interface Unsent {
  /** Id of the draft. */
  id: string;
  accountId: string;
  /** Revision that the typing was based on. */
  baseRevision: number;
  /** Values at `baseRevision` of the fields below, to tell one's own change from another's. */
  base: Record<string, unknown>;
  answers: Record<string, unknown>;
  typedAt: string;
}

const STORE = 'unsent';
/** A draft is kept 30 days; typing that never reached it is not kept longer. */
const KEPT_MS = 30 * 86_400_000;

let opened: Promise<IDBDatabase | null> | null = null;

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(null);
    const request = indexedDB.open('applications', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
  return opened;
}

async function run<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  const database = await open();
  if (!database) return null;
  return new Promise((resolve) => {
    try {
      const request = work(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

export async function keepUnsent(unsent: Unsent): Promise<void> {
  await run('readwrite', (store) => store.put(unsent));
}

export async function dropUnsent(id: string): Promise<void> {
  await run('readwrite', (store) => store.delete(id));
}

/** Only of the same person, and not older than a draft is kept. */
export async function findUnsent(id: string, accountId: string): Promise<Unsent | null> {
  const found =
    (await run<Unsent | undefined>('readonly', (store) => store.get(id) as IDBRequest<Unsent | undefined>)) ??
    null;
  if (!found) return null;
  const usable = found.accountId === accountId && Date.now() - Date.parse(found.typedAt) < KEPT_MS;
  if (!usable) await dropUnsent(id);
  return usable ? found : null;
}
