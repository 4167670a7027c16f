import { MongoError } from 'mongodb';
import { AppError } from '../errors.ts';

/** Names under which the driver and mongoose report that no server can be reached, or that it went away. */
const GONE_NAMES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoConnectionPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoOperationTimeoutError',
  'PoolClearedOnNetworkError',
]);

/** Server codes that say: not now, or not this member. Interrupted at shutdown, not primary, and their kin. */
const GONE_CODES = new Set([6, 7, 89, 91, 189, 9001, 10058, 10107, 11600, 11602, 13435, 13436]);

/**
 * A socket that breaks while the driver waits to write more on it fails with the system's own error, in no wrapping of
 * the driver: seen under load when the engine was killed.
 */
const BROKEN_SOCKET = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED']);

/**
 * Whether an error means that the database could not be reached, so that the answer is 503 and "try again". For a
 * write this says nothing on whether it happened: a lost connection means unknown, never failed, and the caller repeats
 * it with the same idempotency key.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 4;
    current = innerError(current), depth++
  ) {
    if (GONE_NAMES.has(current.name)) return true;
    const { code } = current as { code?: unknown };
    if (typeof code === 'string' && BROKEN_SOCKET.has(code)) return true;
    if (current instanceof MongoError && typeof code === 'number' && GONE_CODES.has(code)) return true;
    if (
      current.name === 'MongooseError' &&
      /buffering timed out|not connected|initial connection/.test(current.message)
    )
      return true;
  }
  return false;
}

/** A bulk write that met a lost connection keeps that error as its `errorResponse`, everything else as `cause`. */
function innerError(error: Error & { errorResponse?: unknown }): unknown {
  return error.cause ?? error.errorResponse;
}

/** The error to show where no use case has translated a driver's error itself; null: a defect. */
export function classifyDatabaseError(error: unknown): AppError | null {
  return isDatabaseUnavailable(error) ? new AppError('platform.database_unavailable') : null;
}
