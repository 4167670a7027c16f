import type { Platform } from '../../../platform/platform.ts';
import { requireFreshFactor, type StaffActor } from '../../accounts/index.ts';
import { errors } from './errors.ts';
import type { CancelElectronic } from './contract.ts';
import { followRegister } from './follow-register.ts';
import { electronicCollection, getElectronic, type Electronic } from './lookup.ts';

/**
 * 注销 by a system: only what the register has ended. No other authority ends a certificate of ours by a request.
 * @throws certificates.notHeld, certificates.notMade, certificates.stillInForce
 */
export async function cancelEnded(p: Platform, typed: string): Promise<Electronic> {
  const { certificate } = await getElectronic(p, typed);
  await followRegister(p, certificate._id);
  const after = await getElectronic(p, certificate.number);
  return after.electronic.status === 'cancelled' ? after : errors.fail('certificates.stillInForce');
}

/**
 * 注销 by an administrator, with a reason: the electronic form alone, such as one made for the wrong certificate. The registration and the
 * certificate are untouched, and the form is not made again. A second time changes nothing. Emits `certificates.electronicCancelled`.
 * @throws accounts.fresh_factor_needed, certificates.notHeld, certificates.notMade
 */
export async function cancelByAdministrator(
  p: Platform,
  actor: StaffActor,
  { number: typed, reason }: CancelElectronic,
): Promise<Electronic> {
  await requireFreshFactor(p, actor);
  const { certificate } = await getElectronic(p, typed);
  const { _id: certificateId, number } = certificate;
  const event = p.outbox.event('certificates.electronicCancelled', actor.accountId, {
    certificateId,
    number,
    reason,
  });
  // Over one that the register has ended as well: it must not come back if that should turn out to stand.
  await electronicCollection(p).updateOne(
    { _id: certificateId, 'cancelled.by': { $ne: 'administrator' } },
    {
      $set: { status: 'cancelled', cancelled: { at: p.time.now(), by: 'administrator', reason } },
      $inc: { version: 1 },
      $push: { outbox: event } as never,
    },
  );
  p.outbox.notify('electronic-certificates');
  return getElectronic(p, number);
}
