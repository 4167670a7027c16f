import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../platform/errors.ts';
import { wireError } from '../platform/http/error-middleware.ts';
// For its sentences: nothing else here may have registered them.
import '../platform/http/errors.ts';
import type { httpErrors } from '../platform/http/errors.ts';

type Code = Parameters<typeof httpErrors.fail>[0];

/** What node's parser and timers say of a request that never became one. */
const CODES: Record<string, Code> = {
  HPE_HEADER_OVERFLOW: 'platform.headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'platform.request_too_slow',
};

const STATUS: Record<string, string> = {
  'platform.headers_too_large': '431 Request Header Fields Too Large',
  'platform.request_too_slow': '408 Request Timeout',
  'platform.malformed_request': '400 Bad Request',
};

/** A header is at most as long as a browser's longest, and a slow sender holds a connection no longer than this. */
const HEADERS_MS = 20_000;

function answerTo(code: string): string {
  const requestId = randomUUID();
  const body = JSON.stringify(wireError(new AppError(code), 'zh-CN', requestId));
  return [
    `HTTP/1.1 ${STATUS[code]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: same-origin',
    `X-Request-Id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}

/**
 * Requests that the HTTP parser refuses reach no middleware: they get the one error shape from here, and never a
 * second answer on a connection where one is under way, which a proxy could take for another's.
 */
export function refuseMalformed(server: Server): void {
  server.headersTimeout = HEADERS_MS;
  const answering = new WeakMap<Duplex, number>();
  server.on('request', (request: IncomingMessage, response) => {
    const { socket } = request;
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => answering.set(socket, (answering.get(socket) ?? 1) - 1));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || (answering.get(socket) ?? 0) > 0) {
      socket.destroy();
      return;
    }
    socket.end(answerTo(CODES[error.code ?? ''] ?? 'platform.malformed_request'));
  });
}
