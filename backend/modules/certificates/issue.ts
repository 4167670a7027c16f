import { insertAbsent } from '../../platform/database/insert-absent.ts';
import { settleNumber } from '../../platform/database/numbers.ts';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { maskName } from '../accounts/index.ts';
import {
  findUnitsByCase,
  type CertificateConsequences,
  type Encumbrance,
  type Right,
  type UnitChange,
  type UnitDocument,
} from '../register/index.ts';
import {
  certificateKeys,
  certificates,
  type CertificateDocument,
  type CertificateKeyDocument,
} from './certificate.model.ts';
import { makeLeaf } from './leaf.ts';
import { certificateIdOf, nameKeyOf, tokenKeyOf, tokenOf } from './keys.ts';
import { reconcileUnit } from './reconcile-unit.ts';
import { canonicalRecord, certificationRecord, titleRecord, type CertificateRecord } from './record.ts';

/**
 * 缮证: makes, signs and stores the certificates that a recorded case asks for, from the register itself. Idempotent:
 * the id comes from the number, so a second run finds everything done. Emits `certificates.issued
 * {certificateId, caseId, unitCode, number, kind}` once each.
 */
export async function issueForCase(p: Platform, caseId: string): Promise<string[]> {
  const units = await findUnitsByCase(p, caseId);
  const issued: string[] = [];
  for (const unit of units) {
    const change = unit.changes.find((one) => one.caseId === caseId);
    for (const needed of change?.certificates.needed ?? []) {
      if (change) issued.push(await issueOne(p, unit, change, needed));
    }
    // A later case may have closed the right before its certificate was made.
    await reconcileUnit(p, unit._id);
  }
  return issued;
}

export const issueOnRegistered: Subscriber = {
  name: 'certificates.issue',
  types: ['applications.registered'],
  async handle(p: Platform, events: readonly DeliveredEvent[]) {
    const cases = new Set(events.map(({ data, source }) => String(data.caseId ?? source.id)));
    for (const caseId of cases) await issueForCase(p, caseId);
  },
};

type Needed = CertificateConsequences['needed'][number];

async function issueOne(
  p: Platform,
  unit: UnitDocument,
  change: UnitChange,
  needed: Needed,
): Promise<string> {
  const made = makeCertificate(p, unit, change, needed, p.time.now());
  // Keys first: they lead nowhere without the register's word, and a certificate without them could not be verified.
  await insertAbsent(certificateKeys(p).collection, made.keys);
  const { _id: certificateId, number, kind, unitCode, caseId } = made.certificate;
  const event = p.outbox.event('certificates.issued', change.actorId, {
    certificateId,
    caseId,
    unitCode,
    number,
    kind,
  });
  await insertAbsent(certificates(p).collection, [{ ...made.certificate, outbox: [event] }]);
  p.outbox.notify('certificates');
  await settleNumber(p, number, 'issued');
  return number;
}

export interface MadeCertificate {
  certificate: CertificateDocument;
  keys: CertificateKeyDocument[];
}

/** Builds and signs one certificate, without storing it. */
export function makeCertificate(
  p: Platform,
  unit: UnitDocument,
  change: Pick<UnitChange, 'caseId' | 'caseNo'>,
  needed: Needed,
  issuedAt: Date,
): MadeCertificate {
  const { no: number, kind, subjectId } = needed;
  const { record, subject } = recordOf(unit, change, needed);
  const text = canonicalRecord(record);
  const _id = certificateIdOf(p, number);
  const token = tokenOf(p, number);
  const certificate: CertificateDocument = {
    _id,
    number,
    kind,
    unitCode: unit._id,
    subjectId,
    caseId: change.caseId,
    record: text,
    keyId: p.crypto.signer.keyId,
    signature: p.crypto.signer.sign(Buffer.from(text)),
    token,
    holderIndexes: [...new Set(subject.holders.map(({ idIndex }) => idIndex))],
    issuedAt,
    status: 'valid',
    statusAt: issuedAt,
    leaf: makeLeaf(p, { id: _id, at: issuedAt, record: text }),
  };
  const { registeredOn } = record;
  const key = { certificateId: _id, number, kind, unitCode: unit._id, subjectId, registeredOn };
  const nameIds = new Set(record.holders.map(({ name }) => nameKeyOf(p, number, name)));
  const keys: CertificateKeyDocument[] = [
    { _id: tokenKeyOf(p, token), ...key, holdersMasked: record.holders.map(maskedHolder) },
    ...[...nameIds].map((id) => ({ _id: id, ...key, holdersMasked: null })),
  ];
  return { certificate, keys };
}

/** Whoever holds the QR may hold a false paper around it: masked names let the two be compared, and tell little else. */
function maskedHolder({ name, idKind }: CertificateRecord['holders'][number]): string {
  return idKind === 'creditCode' ? name : maskName(name);
}

function recordOf(
  unit: UnitDocument,
  change: Pick<UnitChange, 'caseNo'>,
  { no, kind, subjectId }: Needed,
): { record: CertificateRecord; subject: Right | Encumbrance } {
  const right = unit.rights.find(({ id }) => id === subjectId);
  if (kind === 'title' && right) return { record: titleRecord(unit, right, change, no), subject: right };
  const encumbrance = unit.encumbrances.find(({ id }) => id === subjectId);
  if (encumbrance)
    return { record: certificationRecord(unit, encumbrance, change, no), subject: encumbrance };
  throw new Error(`certificate ${no} names ${subjectId}, which unit ${unit._id} does not have`);
}
