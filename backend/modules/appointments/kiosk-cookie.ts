import type { Context } from 'koa';
import type { Platform } from '../../platform/platform.ts';

/** Machines stand for years; browsers keep a cookie for 400 days at most, and each visit of the page gives it anew. */
const KEPT_MS = 400 * 24 * 3_600_000;

const isSecure = (p: Platform): boolean => p.config.publicOrigin.startsWith('https://');
const nameOf = (p: Platform): string => (isSecure(p) ? '__Host-kiosk' : 'kiosk');

export const readKioskToken = (p: Platform, ctx: Context): string => ctx.cookies.get(nameOf(p)) ?? '';

/** No script reads it, and no other site sends it. */
export function setKioskToken(p: Platform, ctx: Context, token: string): void {
  // Behind a TLS-ending proxy the socket itself is plain; koa refuses a Secure cookie unless told.
  ctx.cookies.secure = isSecure(p);
  ctx.cookies.set(nameOf(p), token, {
    httpOnly: true,
    secure: isSecure(p),
    sameSite: 'strict',
    path: '/',
    signed: false,
    overwrite: true,
    maxAge: KEPT_MS,
  });
}
