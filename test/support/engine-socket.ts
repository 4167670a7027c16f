import { expect, inject } from 'vitest';

/** The engine of the test file that runs; asked anew each time, since files share their modules. */
export function engineSocket(): string {
  const { testPath } = expect.getState();
  const socket = inject('engineSockets')[testPath ?? ''];
  if (!socket) throw new Error(`no engine was started for ${testPath}`);
  return socket;
}
