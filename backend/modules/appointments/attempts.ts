import { LRUCache } from 'lru-cache';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { errors } from './errors.ts';

/** Claims that one person may send in a while: a finger never reaches it, a program does at once. */
const MOST = 30;
const WINDOW_MS = 10_000;

/**
 * Kept in memory and by each process alone: at the rush a counter in the database would cost more than the claim that it
 * guards, and what must hold does so by the unique keys of the seats.
 */
const counters = perPlatform(() => new LRUCache<string, { since: number; count: number }>({ max: 50_000 }));

/** @throws appointments.too_fast */
export function countAttempt(p: Platform, person: string): void {
  const now = performance.now();
  const counter = counters(p).get(person);
  if (!counter || now - counter.since > WINDOW_MS) {
    counters(p).set(person, { since: now, count: 1 });
    return;
  }
  counter.count += 1;
  if (counter.count > MOST)
    errors.fail('appointments.too_fast', {
      seconds: Math.max(1, Math.ceil((counter.since + WINDOW_MS - now) / 1_000)),
    });
}
