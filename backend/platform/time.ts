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

export const systemRandom: Random = { bytes: (size) => randomBytes(size) };

/** The legal day `YYYY-MM-DD` in Asia/Shanghai that holds an instant. */
export function legalDayOf(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which wall time `HH:mm` of a legal day is reached in Asia/Shanghai. */
export function instantAt(day: string, wallTime = '00:00'): Date {
  return new Date(`${day}T${wallTime}:00+08:00`);
}
