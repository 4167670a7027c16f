import type { Platform } from '../../platform/platform.ts';
import type { Bucket } from './throttle.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface Where {
  /** Client address. */
  address: string;
  /** Nonce of a device that signed in to this very account before; null for any other. */
  device: string | null;
}

/**
 * Which counters an attempt with a password goes through. A device that signed in before has a counter of its own and
 * is exempt from the others: whatever strangers do to an account, its owner's devices still get in (device cookies,
 * OWASP). Everyone else is slowed strictly per login and address, slower per login everywhere (about 27 guesses
 * an hour once it is hot, over however many addresses), and per address over all logins.
 *
 * `login` is a MAC of what was typed, whether or not such an account exists: both are throttled alike. It is not the
 * account's id: phone and ID number of one account must not be seen to share a counter.
 */
export function passwordBuckets(
  p: Platform,
  login: string,
  { address, device }: Where,
): { cleared: Bucket[]; shared: Bucket[] } {
  if (device !== null) return { cleared: [deviceBucket(`password:device:${device}`)], shared: [] };
  const from = p.crypto.mac('throttle-address', address);
  return {
    cleared: [
      pairBucket(`password:pair:${login}:${from}`),
      {
        key: `password:login:${login}`,
        free: 10,
        firstWaitMs: 2 * SECOND,
        longestWaitMs: 5 * MINUTE,
        forgetAfterMs: 12 * HOUR,
      },
    ],
    shared: [
      {
        key: `password:address:${from}`,
        free: 40,
        firstWaitMs: 30 * SECOND,
        longestWaitMs: 15 * MINUTE,
        forgetAfterMs: 15 * MINUTE,
      },
    ],
  };
}

/** The same for the six digits of the second factor: 3 of 10^6 are right at any time, so guesses are fewer still. */
export function factorBuckets(p: Platform, accountId: string, { address, device }: Where): Bucket[] {
  if (device !== null) return [deviceBucket(`factor:device:${device}`)];
  const from = p.crypto.mac('throttle-address', address);
  return [
    pairBucket(`factor:pair:${accountId}:${from}`),
    {
      key: `factor:account:${accountId}`,
      free: 10,
      firstWaitMs: 10 * SECOND,
      longestWaitMs: 15 * MINUTE,
      forgetAfterMs: 24 * HOUR,
    },
  ];
}

/** For someone already signed in who gives the factor again, changes the password, or shows a code at the counter. */
export function ownBucket(purpose: 'confirm' | 'counter', accountId: string): Bucket {
  return pairBucket(`${purpose}:${accountId}`);
}

function pairBucket(key: string): Bucket {
  return { key, free: 5, firstWaitMs: 30 * SECOND, longestWaitMs: 15 * MINUTE, forgetAfterMs: HOUR };
}

function deviceBucket(key: string): Bucket {
  return { key, free: 10, firstWaitMs: 30 * SECOND, longestWaitMs: 15 * MINUTE, forgetAfterMs: HOUR };
}
