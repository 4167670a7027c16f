/**
 * One piece of work at a time. What somebody waits for in the middle of an upload goes before pictures to look at, and within
 * each the accounts take turns: one that asks for a thousand pages is one in the line, not a thousand.
 */
export type Lane = 'upload' | 'preview';

interface Waiting {
  begin(): void;
}

export interface FairLine {
  inTurn<T>(lane: Lane, account: string, work: () => Promise<T>): Promise<T>;
  /** How much of an account's is waiting or under way in a lane. */
  count(lane: Lane, account: string): number;
}

export function createFairLine(): FairLine {
  // A map keeps the order in which accounts are to be served: whoever was served goes to its end.
  const lanes: Record<Lane, Map<string, Waiting[]>> = { upload: new Map(), preview: new Map() };
  const counts = new Map<string, number>();
  let busy = false;

  function next(): Waiting | undefined {
    for (const lane of [lanes.upload, lanes.preview]) {
      const [first] = lane;
      if (!first) continue;
      const [account, waiting] = first;
      const one = waiting.shift();
      lane.delete(account);
      if (waiting.length > 0) lane.set(account, waiting);
      return one;
    }
    return undefined;
  }
  function advance(): void {
    if (busy) return;
    const one = next();
    if (!one) return;
    busy = true;
    one.begin();
  }
  function count(key: string, by: 1 | -1): void {
    const left = (counts.get(key) ?? 0) + by;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  }
  return {
    inTurn<T>(lane: Lane, account: string, work: () => Promise<T>): Promise<T> {
      const key = `${lane}|${account}`;
      count(key, 1);
      const turn = new Promise<void>((begin) => {
        const waiting = lanes[lane].get(account) ?? [];
        lanes[lane].set(account, [...waiting, { begin }]);
      });
      advance();
      return turn.then(work).finally(() => {
        count(key, -1);
        busy = false;
        advance();
      });
    },
    count: (lane, account) => counts.get(`${lane}|${account}`) ?? 0,
  };
}
