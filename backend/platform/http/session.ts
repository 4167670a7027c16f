import type { Context } from 'koa';
import type { Config } from '../config.ts';

/** `__Host-` forbids a Domain and demands Secure, which plain http on a developer's machine cannot give. */
export function sessionCookieName(config: Pick<Config, 'publicOrigin'>): string {
  return config.publicOrigin.startsWith('https://') ? '__Host-session' : 'session';
}

export function readSessionToken(ctx: Context, config: Pick<Config, 'publicOrigin'>): string | null {
  return ctx.cookies.get(sessionCookieName(config)) ?? null;
}

/** `maxAgeSeconds` 0 clears the cookie. */
export function setSessionCookie(
  ctx: Context,
  config: Pick<Config, 'publicOrigin'>,
  token: string | null,
  maxAgeSeconds = 0,
): void {
  const secure = config.publicOrigin.startsWith('https://');
  // Behind a TLS-ending proxy the socket itself is plain; koa refuses a Secure cookie unless told.
  ctx.cookies.secure = secure;
  ctx.cookies.set(sessionCookieName(config), token ?? '', {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    signed: false,
    overwrite: true,
    maxAge: token === null ? 0 : maxAgeSeconds * 1000,
  });
}
