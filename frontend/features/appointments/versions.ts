import type { HallSchedule } from '../../../backend/modules/appointments/contract.ts';

/** Which of a hall's versions is in force when, as the server decides it: the one that began last, of two on one day the newer. */

type Version = Pick<HallSchedule, 'version' | 'validFrom'>;

const later = (a: Version, b: Version): number =>
  a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : a.version - b.version;

/** Null without any version. Before the first, the first. */
export function versionOn<T extends Version>(versions: readonly T[], day: string): T | null {
  const ordered = [...versions].sort(later);
  return ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0] ?? null;
}

/** The next version that takes over after a day; null when none is waiting. */
export function versionAfter<T extends Version>(versions: readonly T[], day: string): T | null {
  const begin = versions.map(({ validFrom }) => validFrom).filter((one) => one > day);
  return begin.length === 0 ? null : versionOn(versions, begin.sort()[0]!);
}
