import type { Server } from 'node:http';

/** A request still running after this is cut off: its outcome is unknown to the client, as after a lost connection. */
const HARD_LIMIT_MS = 10_000;

/** Connections kept alive would hold up `close` for as long as their client likes. */
const IDLE_CHECK_MS = 100;

/** Stops accepting, lets running requests end, closes idle connections as they fall idle. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const hard = setTimeout(() => server.closeAllConnections(), HARD_LIMIT_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(hard);
}
