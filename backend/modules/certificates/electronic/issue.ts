import type { Platform } from '../../../platform/platform.ts';
import { errors } from './errors.ts';
import { followRegister } from './follow-register.ts';
import { electronicCollection, getElectronic, type Electronic } from './lookup.ts';

/**
 * 签发: from here on the electronic form may be downloaded. One guarded update from `made`, so that of several requests one issues and
 * all answer the same. Emits `certificates.electronicIssued`.
 * @throws certificates.notHeld, certificates.notMade, certificates.electronicCancelled
 */
export async function issueElectronic(p: Platform, actorId: string, typed: string): Promise<Electronic> {
  const { certificate } = await getElectronic(p, typed);
  const { _id: certificateId, number } = certificate;
  await followRegister(p, certificateId);
  const event = p.outbox.event('certificates.electronicIssued', actorId, { certificateId, number });
  await electronicCollection(p).updateOne(
    { _id: certificateId, status: 'made' },
    {
      $set: { status: 'issued', issuedAt: p.time.now() },
      $inc: { version: 1 },
      $push: { outbox: event } as never,
    },
  );
  p.outbox.notify('electronic-certificates');
  await followRegister(p, certificateId);
  const after = await getElectronic(p, number);
  return after.electronic.status === 'issued' ? after : errors.fail('certificates.electronicCancelled');
}

/**
 * 更新: as the register has it now. What a certificate says never changes; a change of the right is a new certificate with a number of its own,
 * and this one ends. @throws certificates.notHeld, certificates.notMade
 */
export async function updateElectronic(p: Platform, typed: string): Promise<Electronic> {
  const { certificate } = await getElectronic(p, typed);
  await followRegister(p, certificate._id);
  return getElectronic(p, certificate.number);
}
