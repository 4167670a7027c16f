import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * Names of fields that may hold personal data. A value under such a name is never written, at whatever depth up
 * to four; the dump test greps the logs for seeded numbers to prove it.
 */
const PERSONAL: ReadonlySet<string> = new Set([
  'idNumber',
  'phone',
  'password',
  'newPassword',
  'name',
  'address',
  'token',
  'cookie',
  'authorization',
  'code',
  'answers',
  'body',
  'email',
]);

const CENSOR = '[已脱敏]';
const DEPTH = 4;

/** A driver's message may quote a value: long runs of digits, which ID numbers and phones are, are struck out. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const strike = (text: string | undefined): string => (text ?? '').replace(/\d{7,}[\dXx]?/g, CENSOR);
  return { name: error.name, message: strike(error.message), stack: strike(error.stack) };
}

/**
 * The same object, or a copy where something had to be struck out. By hand rather than by paths with wildcards, which cost
 * more per line than the line itself: every request writes one.
 */
function strikePersonal<T>(value: T, depth = DEPTH): T {
  if (value === null || typeof value !== 'object' || value instanceof Error || depth === 0) return value;
  let copy: Record<string, unknown> | null = null;
  for (const [key, child] of Object.entries(value)) {
    const kept: unknown = PERSONAL.has(key) ? CENSOR : strikePersonal(child as unknown, depth - 1);
    if (kept === child) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[key] = kept;
  }
  return (copy ?? value) as T;
}

/**
 * Lines are written a few kilobytes at a time, and what has gathered four times a second and at the end of the process: a
 * system call for each would be a good part of a quick request. A killed process loses that quarter of a second of its
 * log and nothing else; what has to last is in the database before it is acknowledged.
 */
const GATHERED = { sync: false, minLength: 4_096, periodicFlush: 250 };

/** One JSON object a line. `destination` is for tests that read the log back. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    formatters: { log: (line: Record<string, unknown>) => strikePersonal(line) },
    serializers: { err: serializeError },
  };
  return pino(options, destination ?? pino.destination(GATHERED));
}
