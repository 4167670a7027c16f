import type { Platform } from '../../platform/platform.ts';
import { worksOnCases, type Actor } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { holderIndexOf } from '../register/index.ts';
import { certificates, type CertificateDocument } from './certificate.model.ts';
import { errors } from './errors.ts';

/** For a holder or for staff. Throws `certificates.notFound` alike for an absent one and for somebody else's. */
export async function getCertificateFor(p: Platform, actor: Actor, id: string): Promise<CertificateDocument> {
  const certificate = (await certificates(p)
    .findOne({ _id: id }, { outbox: 0 })
    .lean()) as CertificateDocument | null;
  const holder = holderIndexOf(p, actor);
  const own = holder !== null && certificate?.holderIndexes.includes(holder);
  if (!certificate || !(own || worksOnCases(actor))) return errors.fail('certificates.notFound');
  if (!own) {
    await recordAccess(p, {
      actorId: actor.accountId,
      subjectPersonIndexes: certificate.holderIndexes,
      what: ['certificate'],
      target: { kind: 'certificate', id },
      unitCodes: [certificate.unitCode],
      why: 'certificateLook',
      basis: '个保法13、34',
    });
  }
  return certificate;
}

/** What a case resulted in, for the case page. */
export async function findCertificatesByCase(p: Platform, caseId: string): Promise<CertificateDocument[]> {
  return (await certificates(p)
    .find({ caseId }, { outbox: 0 })
    .sort({ _id: 1 })
    .lean()) as CertificateDocument[];
}

/** The unit that a certificate of this number is of, whether it still holds or not; null: no such number. */
export async function findUnitCodeOfCertificate(p: Platform, number: string): Promise<string | null> {
  const found = await certificates(p).findOne({ number }, { unitCode: 1 }).lean();
  return found?.unitCode ?? null;
}

export type CertificateHolding = Pick<
  CertificateDocument,
  'kind' | 'unitCode' | 'subjectId' | 'holderIndexes'
>;

/** Whose a certificate is, of which right or encumbrance of which unit. */
export async function findHoldersOfCertificate(p: Platform, id: string): Promise<CertificateHolding | null> {
  return certificates(p)
    .findOne({ _id: id }, { kind: 1, unitCode: 1, subjectId: 1, holderIndexes: 1 })
    .lean<CertificateHolding>();
}

export interface CertificatePage {
  items: CertificateDocument[];
  next: string | null;
}

/** A holder's certificates, newest first. `after` is a cursor from `next`. */
export async function findCertificatesOf(
  p: Platform,
  holderIndex: string,
  page: { after: string | null; limit: number },
): Promise<CertificatePage> {
  const rows = (await certificates(p)
    .find({ holderIndexes: holderIndex, ...beyond(page.after) }, { outbox: 0 })
    .sort({ issuedAt: -1, _id: -1 })
    .limit(page.limit + 1)
    .hint('certificates_by_holder')
    .lean()) as CertificateDocument[];
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, next: rows.length > page.limit && last ? `${last.issuedAt.getTime()}.${last._id}` : null };
}

function beyond(cursor: string | null): Record<string, unknown> {
  const match = cursor === null ? null : /^(\d{1,15})\.([0-9a-f]{24})$/.exec(cursor);
  if (!match) return {};
  const issuedAt = new Date(Number(match[1]));
  return { $or: [{ issuedAt: { $lt: issuedAt } }, { issuedAt, _id: { $lt: match[2] } }] };
}
