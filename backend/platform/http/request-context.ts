import { AsyncLocalStorage } from 'node:async_hooks';

const store = new AsyncLocalStorage<{ requestId: string }>();

/** Runs `work` so that log lines and events made in it carry the request's id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return store.run({ requestId }, work);
}

export function currentRequestId(): string | null {
  return store.getStore()?.requestId ?? null;
}
