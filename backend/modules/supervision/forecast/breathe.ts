/** Lets a server that computes for long go on serving: awaited where it gives anything, nothing otherwise. */
export type Breathe = () => Promise<unknown> | undefined;

/** A request that comes in waits no longer than about this. */
const TURN_MS = 8;

export function breather(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return new Promise<void>((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
