import type { Collection } from 'mongodb';
import type { Platform } from '../../../platform/platform.ts';
import { legalDayOf } from '../../../platform/time.ts';
import { findUnitStanding, foldAnyCertificateNo } from '../../register/index.ts';
import { certificates, type CertificateDocument } from '../certificate.model.ts';
import { errors } from './errors.ts';
import { standingOf } from '../standing.ts';
import type { ElectronicView } from './contract.ts';
import { electronicCertificates, type ElectronicDocument } from './electronic.model.ts';

/** An electronic certificate with the certificate whose form it is. */
export interface Electronic {
  electronic: ElectronicDocument;
  certificate: CertificateDocument;
}

export const electronicCollection = (p: Platform) =>
  electronicCertificates(p).collection as unknown as Collection<ElectronicDocument>;

/** @throws certificates.notHeld */
export async function getCertificateByNumber(p: Platform, typed: string): Promise<CertificateDocument> {
  const number = foldAnyCertificateNo(typed);
  const found =
    number === null
      ? null
      : await certificates(p)
          .findOne({ number }, { outbox: 0 })
          .hint('certificates_number')
          .lean<CertificateDocument>();
  return found ?? errors.fail('certificates.notHeld');
}

/** @throws certificates.notHeld, certificates.notMade */
export async function getElectronic(p: Platform, typed: string): Promise<Electronic> {
  const certificate = await getCertificateByNumber(p, typed);
  const electronic = await electronicCollection(p).findOne({ _id: certificate._id });
  return electronic ? { electronic, certificate } : errors.fail('certificates.notMade');
}

/** Whether the register, asked now, still holds what the certificate certifies. */
export async function isInForceNow(p: Platform, certificate: CertificateDocument): Promise<boolean> {
  const unit = await findUnitStanding(p, certificate.unitCode);
  return unit !== null && standingOf(unit, certificate, legalDayOf(p.time.now())).status === 'valid';
}

/** Nothing that follows from the record: a digest of it would let names be tried by whoever has the number alone. */
export function viewElectronic({ electronic }: Pick<Electronic, 'electronic'>): ElectronicView {
  const { _id: id, number, status, version, madeAt, issuedAt, cancelled } = electronic;
  return {
    id,
    number,
    status,
    version,
    madeAt: madeAt.toISOString(),
    issuedAt: issuedAt?.toISOString() ?? null,
    cancelledAt: cancelled?.at.toISOString() ?? null,
    cancelledBy: cancelled?.by ?? null,
  };
}
