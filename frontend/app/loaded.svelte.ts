import { api, asFailure } from './api.ts';
import type { AppFailure } from './failure.ts';
import { preloaded } from './preloaded.ts';

/**
 * What a page fetched: nothing yet, the answer, or why not. `again()` fetches anew and keeps the old answer on the
 * page meanwhile. An answer that arrives after a later question is dropped.
 */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  failure = $state.raw<AppFailure | null>(null);
  busy = $state(false);
  readonly #ask: () => Promise<T>;
  #asked = 0;

  /** `ask`: an address of the API, or how to ask for something that takes more than one request. */
  constructor(ask: string | (() => Promise<T>)) {
    if (typeof ask === 'string') this.value = (preloaded.get(ask) as T | undefined) ?? null;
    this.#ask = typeof ask === 'string' ? () => api.get<T>(ask) : ask;
    void this.again();
  }

  again = async (): Promise<void> => {
    const turn = ++this.#asked;
    this.busy = true;
    try {
      const value = await this.#ask();
      if (turn !== this.#asked) return;
      this.value = value;
      this.failure = null;
    } catch (error) {
      if (turn === this.#asked) this.failure = asFailure(error);
    } finally {
      if (turn === this.#asked) this.busy = false;
    }
  };
}
