/** A group that is not through by then no longer holds up the next one: so long, and a millisecond more for each of it. */
const CONVOY_MS = 50;

/**
 * How long a group waits to become as large as the one before. Whoever was in that one has just been answered and is about to
 * ask again: without the wait one large and one small group would take turns, and each command would serve half as many. To answer
 * a large one takes longer, so the wait is a share of what the last one took.
 */
const COMPANY_SHARE = 0.5;
const COMPANY_MS = { least: 4, most: 16 } as const;

interface Convoy {
  left: number;
  startedAt: number;
  patience: NodeJS.Timeout;
}

/**
 * Lets work through in groups: whoever comes while a group is under way goes with the next one. All of a group take each
 * step together, so that every gatherer on the way is handed the whole group and not what happens to arrive. A lone caller
 * goes at once; a slow one delays the others by the time said above at most.
 */
export function createConvoy({ size = 200 } = {}): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: ((convoy: Convoy) => void)[] = [];
  let called = false;
  let underWay: Convoy | null = null;
  /** How many went last: as many are expected again. */
  let expected = 1;
  let company: NodeJS.Timeout | null = null;

  const arrive = (convoy: Convoy): void => {
    clearTimeout(convoy.patience);
    if (underWay !== convoy) return;
    underWay = null;
    if (waiting.length >= expected) call();
    // Nobody is expected after a lone caller.
    else if (expected > 1) {
      const took = performance.now() - convoy.startedAt;
      const wait = Math.min(COMPANY_MS.most, Math.max(COMPANY_MS.least, took * COMPANY_SHARE));
      company = setTimeout(callNow, wait);
    }
  };
  const depart = (): void => {
    called = false;
    const aboard = waiting.splice(0, size);
    expected = aboard.length;
    const convoy: Convoy = {
      left: aboard.length,
      startedAt: performance.now(),
      patience: setTimeout(() => arrive(convoy), CONVOY_MS + aboard.length),
    };
    underWay = convoy;
    for (const go of aboard) go(convoy);
  };
  const call = (): void => {
    if (called || underWay !== null || waiting.length === 0) return;
    if (company !== null && waiting.length < expected) return;
    callNow();
  };
  const callNow = (): void => {
    if (company !== null) clearTimeout(company);
    company = null;
    if (waiting.length === 0) return;
    called = true;
    // One turn of the event loop lets the requests that were read from sockets together travel together.
    setImmediate(depart);
  };

  return async (work) => {
    const convoy = await new Promise<Convoy>((go) => {
      waiting.push(go);
      call();
    });
    try {
      return await work();
    } finally {
      convoy.left -= 1;
      if (convoy.left === 0) arrive(convoy);
    }
  };
}
