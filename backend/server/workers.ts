import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';
import { StartupError } from '../platform/startup-error.ts';

/** A worker that dies sooner than this has a reason that a restart at once would only repeat. */
const HEALTHY_MS = 10_000;
const RESTART_DELAY_MS = 2_000;

/** Longer than a worker's own limits for requests, jobs and events together. */
const STOP_LIMIT_MS = 25_000;

// The workers accept from one listening socket themselves. Handed out by the first process (the default), a connection that
// is on its way to a worker when that one dies is lost, and whoever opened it waits for an answer that never comes.
cluster.schedulingPolicy = cluster.SCHED_NONE;

/**
 * Starts processes that serve on one shared port over one database, and replaces those that die.
 * @returns a function that stops them all in order
 */
export async function startWorkers(
  count: number,
  mongodbUri: string,
  log: Log,
): Promise<() => Promise<void>> {
  let stopping = false;
  const serving = new WeakSet<Worker>();

  const fork = (): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork({ MONGODB_URI: mongodbUri });
    worker.once('listening', () => serving.add(worker));
    worker.once('exit', (exitCode, signal) => {
      if (stopping) return;
      log.error({ pid: worker.process.pid, exitCode, signal }, 'a worker died');
      const wait = performance.now() - startedAt > HEALTHY_MS ? 0 : RESTART_DELAY_MS;
      void delay(wait).then(() => {
        if (!stopping) fork();
      });
    });
    return worker;
  };

  const first = Array.from({ length: count }, fork);
  await Promise.all(first.map(listening));

  return async () => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter(
      (worker): worker is Worker => worker !== undefined && !worker.isDead(),
    );
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    for (const worker of workers) {
      if (!worker.isConnected()) continue;
      // One that is still starting has nobody to serve, and does not listen for messages yet.
      if (serving.has(worker)) worker.send('stop');
      else worker.process.kill('SIGKILL');
    }
    const limit = setTimeout(
      () => workers.forEach((worker) => worker.process.kill('SIGKILL')),
      STOP_LIMIT_MS,
    );
    await Promise.all(ended);
    clearTimeout(limit);
  };
}

async function listening(worker: Worker): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    worker.once('listening', () => resolve());
    worker.once('exit', () =>
      reject(new StartupError('A serving process ended before it listened: read its message above.')),
    );
  });
}
