import { insertAbsent } from '../../../platform/database/insert-absent.ts';
import type { Platform } from '../../../platform/platform.ts';
import { errors } from './errors.ts';
import type { ElectronicDocument } from './electronic.model.ts';
import { followRegister } from './follow-register.ts';
import {
  electronicCollection,
  getCertificateByNumber,
  getElectronic,
  isInForceNow,
  type Electronic,
} from './lookup.ts';

/**
 * 制证: makes the electronic form of a certificate that the register holds and that is in force. Its id is the certificate's, so a request
 * that comes twice, or from two systems at once, makes one and answers the same. Emits `certificates.electronicMade`.
 * @throws certificates.notHeld, certificates.notInForce
 */
export async function makeElectronic(p: Platform, actorId: string, typed: string): Promise<Electronic> {
  const certificate = await getCertificateByNumber(p, typed);
  const known = await electronicCollection(p).findOne({ _id: certificate._id });
  if (known) return { electronic: known, certificate };
  if (!(await isInForceNow(p, certificate))) return errors.fail('certificates.notInForce');
  const { _id, number } = certificate;
  const made: ElectronicDocument = {
    _id,
    number,
    status: 'made',
    version: 1,
    madeAt: p.time.now(),
    issuedAt: null,
    cancelled: null,
    outbox: [p.outbox.event('certificates.electronicMade', actorId, { certificateId: _id, number })],
  };
  await insertAbsent(electronicCollection(p) as never, [made]);
  p.outbox.notify('electronic-certificates');
  // The register may have changed since it was asked, and have told so before there was anything to follow it.
  await followRegister(p, _id);
  return getElectronic(p, number);
}
