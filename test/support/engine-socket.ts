import { randomInt } from 'node:crypto';
import { inject } from 'vitest';

const place = randomInt(1_000);

/** The engine of this test file: always the same one within a file, spread evenly over all files. */
export function engineSocket(): string {
  const sockets = inject('engineSockets');
  return sockets[place % sockets.length]!;
}
