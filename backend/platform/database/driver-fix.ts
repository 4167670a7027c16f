import { createRequire } from 'node:module';

/** What is used of the driver's connection; it is not part of its public face. */
interface DriverConnection {
  closed: boolean;
  socket: { emit(event: 'error', error: Error): boolean };
  cleanup(error: Error): void;
}

const driver = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  Connection: { prototype: DriverConnection };
};

let done = false;

/**
 * Cures a hang of the driver (7.9.0). When the database is killed, a socket is destroyed at once and says `close` some
 * callbacks later; a command sent in between is never written, and the driver waits without limit for `drain`, hearing
 * only `error`. If that command is the driver's own health check, it never looks for the database again, and the
 * process answers 503 until it is restarted (seen: for minutes, until it was killed); if it is a gathered write, all
 * later ones queue behind it. Now a connection that closes says so as an error to whoever waits to write.
 */
export function fixDriver(): void {
  if (done) return;
  done = true;
  const { prototype } = driver.Connection;
  const { cleanup } = prototype;
  prototype.cleanup = function cleanupAndTell(this: DriverConnection, error) {
    if (this.closed) return;
    cleanup.call(this, error);
    this.socket.emit('error', error);
  };
}
