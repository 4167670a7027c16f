/** Calendar arithmetic on legal days (`2026-10-09`); wall time is Asia/Shanghai through i18n/format.ts. */

const DAY_MS = 86_400_000;
const atMidnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(atMidnight(day)).getUTCDay() || 7;
}

export function addDays(day: string, days: number): string {
  return new Date(atMidnight(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((atMidnight(to) - atMidnight(from)) / DAY_MS);
}
