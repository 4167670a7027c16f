import { randomBytes } from 'node:crypto';

/** Asia/Shanghai, whatever zone the process or the browser runs in. Legal days are calendar dates here. */
export const ZONE = 'Asia/Shanghai';

/** China has kept UTC+8 without summer time since 1991-09-15; earlier instants are never legal days of a case. */
const OFFSET_MS = 8 * 3_600_000;

export interface TimeSource {
  /** The current instant. */
  now(): Date;
}

export interface Random {
  bytes(size: number): Buffer;
}

/** The only reader of the system clock. */
export const systemTime: TimeSource = { now: () => new Date() };

/** Random bytes are fetched this many at a time: a call for each nonce and id costs more than the bytes. */
const POOL_BYTES = 4_096;

/** Bytes of the system's generator; each is handed out once, and wiped where it was kept. */
function pooledRandom(): Random {
  let pool = Buffer.alloc(0);
  return {
    bytes(size) {
      if (size > POOL_BYTES / 16) return randomBytes(size);
      if (pool.length < size) pool = randomBytes(POOL_BYTES);
      const taken = Buffer.from(pool.subarray(0, size));
      pool.fill(0, 0, size);
      pool = pool.subarray(size);
      return taken;
    },
  };
}

export const systemRandom: Random = pooledRandom();

const DAY_MS = 86_400_000;

/** Asked for several times by every request, and nearly always for the same day. */
let lastDay = { number: NaN, text: '' };

/** The legal day `YYYY-MM-DD` in Asia/Shanghai that holds an instant. */
export function legalDayOf(instant: Date): string {
  const local = instant.getTime() + OFFSET_MS;
  const number = Math.floor(local / DAY_MS);
  if (number !== lastDay.number) lastDay = { number, text: new Date(local).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** The instant at which wall time `HH:mm` of a legal day is reached in Asia/Shanghai. */
export function instantAt(day: string, wallTime = '00:00'): Date {
  return new Date(`${day}T${wallTime}:00+08:00`);
}
