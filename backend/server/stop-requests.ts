import cluster from 'node:cluster';
import type { Log } from '../platform/log.ts';

/** One Ctrl-C can arrive twice, from the terminal and passed on by npm; nobody presses it again that soon. */
const SAME_PRESS_MS = 500;

/**
 * Ends the process in order at the first Ctrl-C or SIGTERM, and at once at the second. A worker is told by the first
 * process instead: a terminal sends its signal to all of them, and the order is the first one's to keep.
 */
export function onStopRequest(log: Log, stop: () => Promise<void>): void {
  let askedAt: number | null = null;
  const request = () => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_PRESS_MS) process.exit(130);
      return;
    }
    askedAt = performance.now();
    log.info('stopping; a second Ctrl-C ends it at once');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop was not orderly');
        process.exit(1);
      },
    );
  };
  if (cluster.isWorker) {
    process.on('message', (message) => {
      if (message === 'stop') request();
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  } else {
    process.on('SIGINT', request);
    process.on('SIGTERM', request);
  }
}

/** Waits for `work`, but no longer than `ms`. Its failure is its own business: a stop goes on. */
export async function withDeadline(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.then(() => undefined).catch(() => undefined), limit]);
  clearTimeout(timer);
}
