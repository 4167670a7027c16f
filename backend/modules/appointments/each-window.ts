import type { Platform } from '../../platform/platform.ts';

/** Of a failure, what can be logged: messages of the database name keys, and keys name people and units. */
function reasonOf(error: unknown): string {
  const { name = 'unknown', code } = error as { name?: string; code?: string | number };
  return code === undefined ? name : `${name} ${code}`;
}

/**
 * Does the same for many windows (or draws), one after the other. One that fails does not hold up the others: it is logged by its id
 * and tried again by the job's next run. Resolves with how many failed.
 */
export async function eachWindow<T>(
  p: Platform,
  act: string,
  windows: readonly T[],
  { idOf, work }: { idOf(window: T): string; work(window: T): Promise<unknown> },
): Promise<number> {
  let failed = 0;
  for (const window of windows) {
    try {
      await work(window);
    } catch (error) {
      failed += 1;
      p.log.error({ act, window: idOf(window), reason: reasonOf(error) }, 'a window could not be worked on');
    }
  }
  return failed;
}
