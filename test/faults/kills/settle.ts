import { setTimeout as delay } from 'node:timers/promises';
import { allModels } from '../../../backend/app.ts';
import { applications } from '../../../backend/modules/applications/application.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';

export interface Unsettled {
  outbox: number;
  registering: number;
  unissued: number;
}

const carriers = allModels.filter(({ declaration }) => declaration.outbox);

/** What recovery still has to do. */
export async function unsettled(p: Platform): Promise<Unsettled> {
  let outbox = 0;
  for (const model of carriers) {
    outbox += await p.database.connection
      .collection(model.declaration.collection)
      .countDocuments({ 'outbox.0': { $exists: true } });
  }
  return {
    outbox,
    registering: await applications(p).countDocuments({ status: 'registering' }),
    unissued: await applications(p).countDocuments({ status: 'registered' }),
  };
}

/** Waits until recovery has nothing left to do. Returns how long it took, or null and what was left. */
export async function settle(p: Platform, forMs: number): Promise<{ ms: number | null; left: Unsettled }> {
  const startedAt = performance.now();
  for (;;) {
    const left = await unsettled(p);
    const ms = performance.now() - startedAt;
    if (left.outbox + left.registering + left.unissued === 0) return { ms, left };
    if (ms > forMs) return { ms: null, left };
    await delay(100);
  }
}
