import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { send } from '@koa/send';
import type { Context, Middleware } from 'koa';

/** Built files carry a hash in their name, so they never change; everything else is asked for again each time. */
function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The page of the portal for a path: its own prerendered file where there is one, else the shell. */
function pageFor(directory: string, path: string): string {
  if (/^\/[\w/-]*$/.test(path) && path !== '/') {
    const own = `${path.replace(/\/$/, '')}.html`;
    if (existsSync(join(directory, own))) return own;
  }
  // The front page has words of its own; every other address gets the bare shell.
  return path !== '/' && existsSync(join(directory, 'shell.html')) ? '/shell.html' : '/index.html';
}

async function sendFile(ctx: Context, directory: string, path: string): Promise<boolean> {
  try {
    const sent = await send(ctx, path, {
      root: directory,
      brotli: true,
      gzip: true,
      setHeaders: (response) => {
        response.setHeader('Cache-Control', cacheControl(path));
      },
    });
    if (!sent) return false;
    // @koa/send chooses the encoding but does not say that it did.
    ctx.vary('Accept-Encoding');
    return true;
  } catch (error) {
    const status = (error as { status?: number }).status;
    if (status === 404 || status === 400 || status === 403) return false;
    throw error;
  }
}

/** Serves the built portal, precompressed, with the History API's fallback for page addresses. */
export function staticFiles(directory: string): Middleware {
  return async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body != null || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return;
    if (ctx.path.startsWith('/api/') || ctx.path === '/api') return;
    // No page of ours has a name that begins with a dot: `/.git` and `/.env` are asked for by scanners alone.
    if (ctx.path.includes('/.')) return;
    ctx.state.route = 'static';
    const last = ctx.path.slice(ctx.path.lastIndexOf('/') + 1);
    if (last.includes('.')) {
      await sendFile(ctx, directory, ctx.path);
      return;
    }
    await sendFile(ctx, directory, pageFor(directory, ctx.path));
  };
}
