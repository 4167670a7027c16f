import type { Platform } from '../platform.ts';

export interface Remembered<V> {
  /** The value, at most `freshMs` old. */
  get(p: Platform): Promise<V>;
  /** This process changed what is read: the next `get` reads again. */
  forget(p: Platform): void;
}

interface State<V> {
  value?: V;
  readAt: number;
  /** Callers that find the memory stale at the same moment share one reading. */
  reading?: Promise<V>;
}

/**
 * Small reference data in the process's memory, for each database of the process (tests have several): read again when
 * somebody asks and it is older than `freshMs`, so that what another process published is seen within that time.
 * @param read is given what was known before, whose objects it may keep where nothing changed
 */
export function remember<V>(
  freshMs: number,
  read: (p: Platform, before: V | undefined) => Promise<V>,
): Remembered<V> {
  const states = new WeakMap<object, State<V>>();
  const stateOf = (p: Platform): State<V> => {
    let state = states.get(p.database.connection);
    if (!state) states.set(p.database.connection, (state = { readAt: -Infinity }));
    return state;
  };

  const readAgain = (p: Platform, state: State<V>, now: number): Promise<V> => {
    const reading = read(p, state.value).then(
      (value) => {
        if (state.reading === reading) Object.assign(state, { value, readAt: now, reading: undefined });
        return value;
      },
      (error: unknown) => {
        if (state.reading === reading) state.reading = undefined;
        throw error;
      },
    );
    return (state.reading = reading);
  };

  return {
    async get(p) {
      const state = stateOf(p);
      const now = p.time.now().getTime();
      // Tests move the clock either way.
      if (state.value !== undefined && Math.abs(now - state.readAt) < freshMs) return state.value;
      return state.reading ?? readAgain(p, state, now);
    },
    forget(p) {
      const state = stateOf(p);
      state.readAt = -Infinity;
      // What is being read now may be from before.
      state.reading = undefined;
    },
  };
}
