import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import { networkOf } from '../../platform/http/client-network.ts';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { errors } from './errors.ts';

const WINDOW_MS = 10_000;

/** Claims that one person may send in a while: a finger never reaches it, a program does at once. */
const MOST_OF_PERSON = 30;

/** Times that one person may ask for their turn: the page asks about once a second. */
const MOST_TURNS = 60;

/**
 * Claims from one address in a while. An address is not a person: a hall's Wi-Fi, a bank, and a mobile carrier that puts thousands behind
 * one address (CGNAT) all look like one. A thousand people who press twice within ten seconds of the release stay below; a program that
 * claims for hundreds of bought accounts from one machine does not. Who is told to wait and comes back with a ticket is not counted again.
 */
export const MOST_OF_ADDRESS = 2_000;

/**
 * Kept in memory and by each process alone: at the rush a counter in the database would cost more than the claim that it
 * guards, and what must hold does so by the unique keys of the seats.
 */
const counters = perPlatform(() => new LRUCache<string, { since: number; count: number }>({ max: 50_000 }));

/** Seconds until the key may go on; null while it is within its limit. */
function overrun(p: Platform, key: string, most: number): number | null {
  const now = performance.now();
  const counter = counters(p).get(key);
  if (!counter || now - counter.since > WINDOW_MS) {
    counters(p).set(key, { since: now, count: 1 });
    return null;
  }
  counter.count += 1;
  if (counter.count <= most) return null;
  return Math.max(1, Math.ceil((counter.since + WINDOW_MS - now) / 1_000));
}

/** @throws appointments.too_fast */
export function countAttempt(p: Platform, person: string): void {
  const seconds = overrun(p, person, MOST_OF_PERSON);
  if (seconds !== null) errors.fail('appointments.too_fast', { seconds });
}

/** Asking for one's turn at the rush. @throws appointments.too_fast */
export function countTurn(p: Platform, person: string): void {
  const seconds = overrun(p, `turn ${person}`, MOST_TURNS);
  if (seconds !== null) errors.fail('appointments.too_fast', { seconds });
}

const LOOPBACK_6 = networkOf('::1');
const isLoopback = (network: string): boolean =>
  (isIP(network) === 4 && network.startsWith('127.')) || network === LOOPBACK_6;

/**
 * @param address as the route has it: believed from a proxy only where one is trusted. The machine's own is not counted: it is a proxy that
 * nobody told the portal to trust, and the whole city would be one address.
 * @throws appointments.address_busy
 */
export function countAddress(p: Platform, address: string, most: number): void {
  if (isLoopback(address)) return;
  const seconds = overrun(p, `from ${address}`, most);
  if (seconds !== null) errors.fail('appointments.address_busy', { seconds });
}
