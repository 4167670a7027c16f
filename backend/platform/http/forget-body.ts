import type { IncomingMessage } from 'node:http';

/** So much of a body that nobody wants is still taken; what goes on is cut off. */
const MOST_BYTES = 128 * 1_048_576;

/**
 * Reads and forgets what is left of a body that is refused before its end. A connection that is closed while its sender still writes is
 * reset, and the answer is lost with it: whoever sent too much would be told of a broken network instead of the limit.
 * A sender that takes no notice of the answer costs no memory, and no more time than any request may take to arrive (`requestTimeout`).
 */
export function forgetBody(request: IncomingMessage): void {
  const { socket } = request;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) socket.destroy();
  });
  // Whoever read until now may have paused it.
  request.resume();
}
