import { rateLimiterOf } from '../../platform/http/rate-limit.ts';
import type { RateLimit } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { errors } from './errors.ts';
import type { KioskDocument } from './kiosk.model.ts';
import { findKiosk } from './kiosks.ts';

/**
 * What is done at a machine counts for that machine. A hall's machines and everybody on its network share one address, so
 * counted by address anyone there could stop them all by asking without a token.
 */
const MACHINE = {
  look: { points: 120, windowSeconds: 60, by: 'address' },
  // Slower than anybody could count through numbers, faster than people stand in line.
  checkIn: { points: 20, windowSeconds: 60, by: 'address' },
  ticket: { points: 20, windowSeconds: 60, by: 'address' },
} as const satisfies Record<string, RateLimit>;
export type MachineAct = keyof typeof MACHINE;

/** Callers that are no machine, or none any more: of one address, whatever they ask for. */
const STRANGERS: RateLimit = { points: 20, windowSeconds: 60, by: 'address' };

/** The machine that a request comes from, and the request counted. @throws appointments.kiosk_off, platform.too_many_requests */
export async function machineOf(
  p: Platform,
  from: { token: string; address: string },
  act: MachineAct,
): Promise<KioskDocument> {
  const limiter = rateLimiterOf(p);
  const kiosk = await findKiosk(p, from.token);
  if (!kiosk) {
    await limiter.consume('kiosk-strangers', STRANGERS, null, from.address);
    return errors.fail('appointments.kiosk_off');
  }
  await limiter.consume(`kiosk-${act}`, MACHINE[act], null, kiosk._id);
  return kiosk;
}
