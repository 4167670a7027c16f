import net from 'node:net';

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_MSG = 2013;
/** MongoDB's own limit (maxMessageSizeBytes); a longer length is a broken or hostile peer. */
const MAX_MESSAGE_BYTES = 48_000_000;

/**
 * Serves MongoDB's wire protocol on a listener, one engine call per message. Answers on one connection keep the order
 * of their requests, which is what a driver relies on; separate connections run side by side.
 *
 * The package has such a listener of its own, but on a random path: ours keeps one path over restarts, so that drivers
 * find the engine again, and joins the pieces of a large message once instead of at each piece.
 * @param {{ roundTrip(message: Buffer): Promise<{requestId: number, moreToCome: boolean, legacy: boolean, response: Buffer}> }} engine
 */
export function createWireListener(engine) {
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(engine, socket);
  });
  return {
    server,
    closeConnections: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** @param {Parameters<typeof createWireListener>[0]} engine @param {net.Socket} socket */
function serve(engine, socket) {
  let queue = Promise.resolve();
  let replyId = 0;

  /** @param {Buffer} message */
  const answer = async (message) => {
    const { requestId, moreToCome, legacy, response } = await engine.roundTrip(message);
    if (moreToCome || socket.destroyed) return;
    replyId = (replyId + 1) & 0x7fffffff;
    socket.write(frame(response, legacy, requestId, replyId));
  };
  socket.on(
    'data',
    splitMessages(
      (message) => {
        // A failure here is the connection's, as on a real server: the driver sees it dropped.
        queue = queue.then(() => answer(message)).catch((error) => void socket.destroy(error));
      },
      (error) => socket.destroy(error),
    ),
  );
}

/**
 * Cuts a byte stream into whole messages.
 * @param {(message: Buffer) => void} onMessage @param {(error: Error) => void} onError
 */
export function splitMessages(onMessage, onError) {
  /** @type {Buffer[]} */
  let parts = [];
  let have = 0;
  return (/** @type {Buffer} */ chunk) => {
    parts.push(chunk);
    have += chunk.length;
    while (have >= 4) {
      if (parts[0].length < 4) parts = [Buffer.concat(parts)];
      const length = parts[0].readInt32LE(0);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
        onError(new Error(`invalid wire message length ${length}`));
        return;
      }
      if (have < length) return;
      const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      onMessage(bytes.subarray(0, length));
      const rest = bytes.subarray(length);
      parts = rest.length > 0 ? [rest] : [];
      have = rest.length;
    }
  };
}

/**
 * @param {Buffer} body @param {boolean} legacy an OP_QUERY handshake is answered by OP_REPLY
 * @param {number} requestId @param {number} replyId
 */
function frame(body, legacy, requestId, replyId) {
  const bodyAt = HEADER_BYTES + (legacy ? 20 : 5);
  const bytes = Buffer.alloc(bodyAt + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(replyId, 4);
  bytes.writeInt32LE(requestId, 8);
  bytes.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) bytes.writeInt32LE(1, 32);
  body.copy(bytes, bodyAt);
  return bytes;
}
