/**
 * Admission of work to one process: so many at a time, the rest in a line in the order in which they came. Whoever is near the front is
 * kept waiting for a moment (a promise, no timer of its own while nobody waits), whoever is further back is sent away with a place and comes
 * again. In memory and without I/O: while there is room an admission is one comparison and one addition.
 */

export interface LineLimits {
  /** Worked on at once. */
  mostInFlight: number;
  /** So many at the front are kept waiting instead of sent away. */
  mostHeld: number;
  /** Longest time that one is kept waiting, milliseconds. */
  holdMs: number;
  /** One that does not come back by so long after it should have is passed over until it does, milliseconds. */
  graceMs: number;
}

export interface Ask {
  /** Who asks: the same key is the same place. */
  key: string;
  /** When this key asked first, milliseconds since 1970: the order of the line. */
  since: number;
}

export type Admission =
  /** `leave` must be called once the work is done, however it ended. */
  { kind: 'admitted'; leave(): void } | { kind: 'waiting'; ahead: number; retryAfterMs: number };

interface Place extends Ask {
  /** Order among those of the same millisecond. */
  turn: number;
  /** Set while it is kept waiting here. */
  admit: ((admission: Admission) => void) | null;
  /** Until when its place is kept free although it is not here. */
  keptUntil: number;
}

const LEAST_RETRY_MS = 500;
const MOST_RETRY_MS = 10_000;

const isBefore = (a: Pick<Place, 'since' | 'turn'>, b: Pick<Place, 'since' | 'turn'>): boolean =>
  a.since < b.since || (a.since === b.since && a.turn < b.turn);

export class WaitingLine {
  readonly #limits: LineLimits;
  /** Milliseconds, monotone. */
  readonly #clock: () => number;
  readonly #line: Place[] = [];
  #inFlight = 0;
  #turns = 0;
  /** Finished per millisecond, a moving mean over the last ones while there was a line. */
  #pace = 0;
  #lastDone = 0;

  constructor(limits: LineLimits, clock: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** Whether the next one is let in at once. */
  get isFree(): boolean {
    return this.#line.length === 0 && this.#inFlight < this.#limits.mostInFlight;
  }

  /** Lets in, keeps waiting for at most `holdMs`, or sends away with a place. Never throws. */
  enter(ask: Ask): Promise<Admission> {
    if (this.isFree) return Promise.resolve(this.#admit());
    const place = this.#placeOf(ask);
    // Whoever is overdue makes way first.
    this.#serve();
    const ahead = this.#aheadOf(place);
    return ahead < this.#limits.mostHeld ? this.#hold(place) : Promise.resolve(this.#sendAway(place));
  }

  #hold(place: Place): Promise<Admission> {
    // The same key from a second window: the older request goes away, so that a place is one.
    place.admit?.({ kind: 'waiting', ahead: this.#aheadOf(place), retryAfterMs: LEAST_RETRY_MS });
    return new Promise((resolve) => {
      const admit = (admission: Admission): void => {
        clearTimeout(timer);
        resolve(admission);
      };
      const timer = setTimeout(() => {
        place.admit = null;
        resolve(this.#sendAway(place));
        this.#serve();
      }, this.#limits.holdMs);
      place.admit = admit;
      this.#serve();
    });
  }

  #aheadOf(place: Place): number {
    return Math.max(0, this.#line.indexOf(place));
  }

  #placeOf(ask: Ask): Place {
    const known = this.#line.find(({ key }) => key === ask.key);
    const keptUntil = this.#clock() + this.#limits.graceMs;
    if (known) {
      known.keptUntil = keptUntil;
      return known;
    }
    if (this.#line.length === 0) {
      this.#pace = 0;
      this.#lastDone = this.#clock();
    }
    const place: Place = { ...ask, turn: (this.#turns += 1), admit: null, keptUntil };
    const behind = this.#line.findIndex((other) => isBefore(place, other));
    this.#line.splice(behind === -1 ? this.#line.length : behind, 0, place);
    return place;
  }

  #sendAway(place: Place): Admission {
    const ahead = this.#aheadOf(place);
    // Half of the time that the line needs: who comes back early is nearer, who comes late has lost the turn.
    const expected = this.#pace > 0 ? ahead / this.#pace / 2 : ahead * 5;
    const held = ahead < this.#limits.mostHeld ? 0 : LEAST_RETRY_MS;
    const retryAfterMs = Math.round(Math.min(MOST_RETRY_MS, Math.max(held, expected)));
    place.keptUntil = this.#clock() + retryAfterMs + this.#limits.graceMs;
    return { kind: 'waiting', ahead, retryAfterMs };
  }

  #admit(): Admission {
    this.#inFlight += 1;
    let left = false;
    return {
      kind: 'admitted',
      leave: () => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        if (this.#line.length === 0) return;
        this.#measure();
        this.#serve();
      },
    };
  }

  #measure(): void {
    const now = this.#clock();
    const between = Math.max(0.01, now - this.#lastDone);
    this.#lastDone = now;
    const pace = 1 / between;
    this.#pace = this.#pace === 0 ? pace : 1 / (0.95 / this.#pace + 0.05 * between);
  }

  /**
   * Gives free room to the front of the line. One that is away but expected has its room kept, so that nobody behind passes it; one that is
   * overdue leaves the line, and finds its old place by `since` when it comes.
   */
  #serve(): void {
    const now = this.#clock();
    let free = this.#limits.mostInFlight - this.#inFlight;
    for (let at = 0; at < this.#line.length && free > 0;) {
      const place = this.#line[at] as Place;
      if (place.admit) {
        this.#line.splice(at, 1);
        place.admit(this.#admit());
        free -= 1;
      } else if (place.keptUntil <= now) this.#line.splice(at, 1);
      else {
        free -= 1;
        at += 1;
      }
    }
  }
}
