import type { Context } from 'koa';
import { AppError } from '../errors.ts';
import { httpErrors } from './errors.ts';
import { forgetBody } from './forget-body.ts';

export const BODY_LIMIT_BYTES = 1_048_576;
export const DEPTH_LIMIT = 32;

const decoder = new TextDecoder('utf-8', { fatal: true });

async function readBytes(ctx: Context): Promise<Buffer> {
  const declared = Number(ctx.get('Content-Length') || 0);
  const tooLarge = (): never => {
    forgetBody(ctx.req);
    return httpErrors.fail('platform.body_too_large', { limitKiB: BODY_LIMIT_BYTES / 1024 });
  };
  if (declared > BODY_LIMIT_BYTES) tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The rest of a refused body is still to be read: leaving the loop must not end the stream.
    for await (const chunk of ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > BODY_LIMIT_BYTES) tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError || ctx.req.complete) throw error;
    // The sender went away in the middle. As the driver's errors it is a lost connection, and would count as a lost database.
    return httpErrors.fail('platform.malformed_request');
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
}

/** Depth of nesting by one pass over the bytes, so that nothing recursive ever sees a 10⁵-deep body. */
export function exceedsDepth(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

/** Reads and parses the body of a request. Empty gives undefined. Throws platform.* errors. */
export async function readJsonBody(ctx: Context): Promise<unknown> {
  const hasBody = ctx.get('Transfer-Encoding') !== '' || Number(ctx.get('Content-Length') || 0) > 0;
  if (!hasBody) return undefined;
  const encoding = ctx.get('Content-Encoding');
  if (!ctx.request.is('application/json') || (encoding !== '' && encoding !== 'identity')) {
    forgetBody(ctx.req);
    httpErrors.fail('platform.not_json');
  }
  const bytes = await readBytes(ctx);
  if (bytes.length === 0) return undefined;
  if (exceedsDepth(bytes, DEPTH_LIMIT)) httpErrors.fail('platform.nested_too_deep', { limit: DEPTH_LIMIT });
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return httpErrors.fail('platform.malformed_json');
  }
}
