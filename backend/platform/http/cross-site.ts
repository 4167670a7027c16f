import type { Context } from 'koa';
import type { Config } from '../config.ts';
import { httpErrors } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: an unsafe method must come from this site. Browsers say so by Sec-Fetch-Site or by
 * Origin; a request with neither is no browser's, and is let through only if it carries no cookie to abuse.
 * Koa's `ctx.origin` is the client's own header, so the comparison is with the configured origin.
 */
export function refuseCrossSite(ctx: Context, config: Pick<Config, 'publicOrigin' | 'production'>): void {
  if (SAFE.has(ctx.method)) return;
  const site = ctx.get('Sec-Fetch-Site');
  if (site !== '') {
    if (site === 'same-origin' || site === 'none') return;
    httpErrors.fail('platform.cross_site');
  }
  const origin = ctx.get('Origin');
  if (origin === '') {
    if (ctx.get('Cookie') === '') return;
    httpErrors.fail('platform.cross_site');
  }
  if (origin === config.publicOrigin) return;
  // On a developer's machine the page may be opened as 127.0.0.1 or by another port.
  if (!config.production && origin === `http://${ctx.get('Host')}`) return;
  httpErrors.fail('platform.cross_site');
}
