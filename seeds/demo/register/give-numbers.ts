import { legalDayOf } from '../../../backend/platform/time.ts';
import {
  formatCertificateNo,
  type EncumbranceImport,
  type RightImport,
  type UnitImport,
} from '../../../backend/modules/register/index.ts';

/** Since this year numbers are given out by this register, one after the other; earlier ones came from many counters. */
const GAPLESS_SINCE = 2026;

/** 证明 are issued for these; a seizure is entered without one. */
const CERTIFIED: Readonly<Record<EncumbranceImport['kind'], boolean>> = {
  mortgage: true,
  preNotice: true,
  objection: true,
  residence: true,
  easement: true,
  seizure: false,
};

interface Numbered {
  record: RightImport | EncumbranceImport;
  kind: 'title' | 'certification';
}

/** Certificate numbers by year, in order of registration; numbers already there are kept and never given twice. */
export function giveNumbers(units: UnitImport[]): UnitImport[] {
  const all: Numbered[] = units.flatMap((unit) => [
    ...unit.rights.map((record) => ({ record, kind: 'title' as const })),
    ...unit.encumbrances
      .filter(({ kind }) => CERTIFIED[kind])
      .map((record) => ({ record, kind: 'certification' as const })),
  ]);
  const used = new Set(all.flatMap(({ record }) => record.certificateNo ?? []));
  const next = new Map<string, number>();
  const byDay = all
    .filter(({ record }) => record.certificateNo === null)
    .toSorted((a, b) => a.record.registeredAt.getTime() - b.record.registeredAt.getTime());
  for (const { record, kind } of byDay) {
    const year = Number(legalDayOf(record.registeredAt).slice(0, 4));
    const series = `${kind}:${year}`;
    let serial = next.get(series) ?? 0;
    do serial += year < GAPLESS_SINCE ? 7 : 1;
    while (used.has(formatCertificateNo(kind, year, serial)));
    next.set(series, serial);
    record.certificateNo = formatCertificateNo(kind, year, serial);
  }
  return units;
}
