import { legalDayOf } from '../../../backend/platform/time.ts';
import type { DemoType } from '../cases/answers.ts';
import type { CasePlace } from './build-case.ts';
import type { OfficeId } from './bureau.ts';
import type { PlannedAct, PlannedCase } from './simulate.ts';
import { unitsWanted, type YearUnit } from './units.ts';

/** Which unit a case is on, and its number of the day. A unit never has two cases that are not decided. */

const DECIDED: readonly PlannedAct['act'][] = ['decline', 'refuse', 'withdraw', 'record'];
const isDecided = ({ acts }: PlannedCase): boolean => acts.some(({ act }) => DECIDED.includes(act));

/** A discharge needs a mortgage; everything else a unit that nothing encumbers. */
const poolOf = (office: OfficeId, type: DemoType): string =>
  `${office}|${type === 'DY06' ? 'mortgaged' : 'free'}`;

export function unitsFor(cases: readonly PlannedCase[]): ReturnType<typeof unitsWanted> {
  const open = new Map<string, number>();
  for (const one of cases) {
    if (isDecided(one)) continue;
    const pool = poolOf(one.office, one.type);
    open.set(pool, (open.get(pool) ?? 0) + 1);
  }
  return unitsWanted(cases.length, open);
}

export function placesOf(cases: readonly PlannedCase[], units: readonly YearUnit[]): CasePlace[] {
  const pools = new Map<string, YearUnit[]>();
  for (const unit of units) {
    const pool = `${unit.office}|${unit.mortgageNo === null ? 'free' : 'mortgaged'}`;
    const list = pools.get(pool) ?? [];
    pools.set(pool, list);
    list.push(unit);
  }
  const serials = new Map<string, number>();
  const openTaken = new Map<string, number>();
  return cases.map((one) => {
    const day = legalDayOf(new Date(one.acts[0]!.at));
    const serial = serials.get(day) ?? 0;
    serials.set(day, serial + 1);
    const pool = poolOf(one.office, one.type);
    const list = pools.get(pool)!;
    if (isDecided(one)) return { unit: list[(one.n * 31) % list.length]!, serial };
    const taken = openTaken.get(pool) ?? 0;
    openTaken.set(pool, taken + 1);
    return { unit: list[taken]!, serial };
  });
}
