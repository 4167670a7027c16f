import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { computeDeadline } from '../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../backend/modules/clock/events.ts';
import { anyLimit, calendar, randomCase } from './deadline-cases.ts';
import { vectorsMissed } from './deadline-vectors.ts';

/**
 * Prints a hash over the whole answers to some hundred fixed random cases, and the published vectors that are missed. Run under several zones and locales, it must print the
 * same line each time (D10).
 */
const hash = createHash('sha256');
for (const one of fc.sample(randomCase(anyLimit), { numRuns: 400, seed: 20261009 })) {
  const { acceptedAt: at, limit, pauses } = one;
  const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at, recordedAt: at }];
  pauses.forEach(({ from, to, reason }, index) => {
    events.push({ id: `p${index}`, kind: 'paused', at: from, recordedAt: from, reason });
    if (to) events.push({ id: `r${index}`, kind: 'resumed', at: to, recordedAt: to, pauseId: `p${index}` });
  });
  const now = new Date(at.getTime() + 5 * 86_400_000);
  const limits = {
    promised: limit,
    statutory: { amount: 30, unit: 'workingDay' as const },
    switchToStatutory: [],
  };
  hash.update(JSON.stringify(computeDeadline({ events, limits, calendar, now })));
}
process.stdout.write(`${hash.digest('hex')} ${vectorsMissed().join(',')}\n`);
