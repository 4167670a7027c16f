import { insertAbsent } from '../../platform/database/insert-absent.ts';
import { numbers } from '../../platform/database/numbers.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import {
  certificateIssuerAt,
  certificateSeries,
  parseCertificateNo,
  type UnitDocument,
} from '../register/index.ts';
import { certificateKeys, certificates } from './certificate.model.ts';
import { standingOf } from './standing.ts';
import { makeCertificate, type MadeCertificate } from './issue.ts';

const BATCH = 500;

/**
 * Certificates for units taken over from an earlier register: signed anew over what the register says, under the
 * numbers they already had. Those present are left alone. Returns how many were added.
 */
export async function importCertificates(p: Platform, units: readonly UnitDocument[]): Promise<number> {
  const made = units.flatMap((unit) => certificatesOf(p, unit));
  let added = 0;
  for (let start = 0; start < made.length; start += BATCH)
    added += await insert(p, made.slice(start, start + BATCH));
  return added;
}

function certificatesOf(p: Platform, unit: UnitDocument): MadeCertificate[] {
  const records = [
    ...unit.rights.map((right) => ({ right, kind: 'title' as const })),
    ...unit.encumbrances.map((right) => ({ right, kind: 'certification' as const })),
  ];
  return records.flatMap(({ right, kind }) => {
    const { certificateNo: no, id: subjectId, registeredAt, caseId } = right;
    if (no === null) return [];
    const made = makeCertificate(p, unit, { caseId, caseNo: '' }, { no, kind, subjectId }, registeredAt);
    const { status } = standingOf(unit, made.certificate, legalDayOf(p.time.now()));
    return [{ ...made, certificate: { ...made.certificate, status } }];
  });
}

async function insert(p: Platform, made: readonly MadeCertificate[]): Promise<number> {
  const ids = made.map(({ certificate }) => certificate._id);
  const present = new Set(
    (
      await certificates(p)
        .find({ _id: { $in: ids } }, { _id: 1 })
        .lean()
    ).map(({ _id }) => _id),
  );
  const absent = made.filter(({ certificate }) => !present.has(certificate._id));
  if (absent.length === 0) return 0;
  const at = p.time.now();
  const entered = absent.map(({ certificate }) => numberOf(certificate.number, certificate._id, at));
  const taken = (await Promise.all(entered)).flat();
  await insertAbsent(numbers(p).collection, taken);
  const keys = absent.flatMap((one) => one.keys);
  await insertAbsent(certificateKeys(p).collection, keys);
  const documents = absent.map(({ certificate }) => ({
    ...certificate,
    outbox: [p.outbox.event('certificates.imported', null, { certificateId: certificate._id })],
  }));
  const { insertedCount } = await certificates(p).collection.insertMany(documents as never[], {
    ordered: false,
  });
  p.outbox.notify('certificates');
  return insertedCount;
}

/** The number is entered as issued, so that it is never given out again. */
async function numberOf(number: string, certificateId: string, at: Date): Promise<object[]> {
  const parsed = parseCertificateNo(number);
  if (!parsed) return [];
  const { kind, year, serial, place } = parsed;
  const series = certificateSeries(kind, year, await certificateIssuerAt(place));
  const holder = `import:${certificateId}`;
  return [
    {
      _id: number,
      series,
      serial,
      state: 'issued',
      holder,
      reservedAt: at,
      settledAt: at,
      reason: '存量导入',
    },
  ];
}
