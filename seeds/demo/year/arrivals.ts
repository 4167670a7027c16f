import { isWorkday, toLegalDay, type Calendar } from '../../../backend/modules/clock/index.ts';
import type { DemoType } from '../cases/answers.ts';
import { DAY_OFF, MONTHS, OFFICE_IDS, OFFICE_MIX, TYPE_MIX, WEEKDAYS, type OfficeId } from './bureau.ts';
import type { Draws } from './draws.ts';

export interface Arrival {
  at: Date;
  type: DemoType;
  office: OfficeId;
}

const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Weeks in which a new estate is handed over, a bank runs a campaign or a rule is about to change. */
interface Surge {
  office: OfficeId;
  from: number;
  to: number;
  type: DemoType;
  factor: number;
}

function surgesOf(draws: Draws, first: number, last: number): Surge[] {
  const surges: Surge[] = [];
  for (const office of OFFICE_IDS) {
    for (let day = first + draws.between(5, 40); day <= last; day += draws.between(25, 80)) {
      const type = draws.weighted({ ZY02: 5, DY01: 4, BG01: 1 });
      surges.push({
        office,
        from: day,
        to: day + draws.between(3, 9),
        type,
        factor: 1.7 + draws.unit() * 1.3,
      });
    }
  }
  return surges;
}

interface Cell {
  day: number;
  office: OfficeId;
  type: DemoType;
  weight: number;
}

function cellsOf(calendar: Calendar, draws: Draws, first: number, last: number, lastPart: number): Cell[] {
  const surges = surgesOf(draws, first, last);
  const cells: Cell[] = [];
  for (let day = first; day <= last; day += 1) {
    const worked = isWorkday(calendar, day);
    const month = Number(toLegalDay(day).slice(5, 7)) - 1;
    const ordinary = worked ? (WEEKDAYS[weekday(day)] ?? 0.75) : DAY_OFF;
    const whole = ordinary * (MONTHS[month] ?? 1) * draws.logNormal(1, 0.1) * (day === last ? lastPart : 1);
    for (const office of OFFICE_IDS) {
      for (const type of Object.keys(TYPE_MIX) as DemoType[]) {
        const surge = surges.find(
          (one) => one.office === office && one.type === type && one.from <= day && day <= one.to,
        );
        const weight = whole * OFFICE_MIX[office] * TYPE_MIX[type] * (surge && worked ? surge.factor : 1);
        cells.push({ day, office, type, weight });
      }
    }
  }
  return cells;
}

/** Minutes after midnight: mostly in office hours, with a tail into the evening for what is filed online. */
function minuteOfDay(draws: Draws, type: DemoType, worked: boolean): number {
  if (type === 'CF01') return draws.between(515, 1_005);
  if (worked && draws.chance(0.84)) {
    const morning = draws.chance(0.56);
    const spread = Math.min(1, Math.abs(draws.unit() + draws.unit() - 1));
    return morning ? 515 + spread * 200 : 812 + spread * 200;
  }
  return 420 + draws.unit() * 900;
}

/** Exactly `count` submissions between two days, by weekday, season, office and type, in order of time. */
export function arrivalsOf(
  calendar: Calendar,
  draws: Draws,
  { first, last, count, now }: { first: number; last: number; count: number; now: Date },
): Arrival[] {
  const startOf = (day: number) => day * 86_400_000 - 8 * 3_600_000;
  const lastPart = Math.min(1, Math.max(0, (now.getTime() - startOf(last)) / 3_600_000 - 8.5) / 8.5);
  const cells = cellsOf(calendar, draws, first, last, lastPart).filter(({ weight }) => weight > 0);
  const whole = cells.reduce((sum, { weight }) => sum + weight, 0);
  const arrivals: Arrival[] = [];
  let carried = 0;
  for (const { day, office, type, weight } of cells) {
    // Courts do not file on days off.
    carried += (weight / whole) * count;
    const rounded = Math.floor(carried + draws.unit());
    carried -= rounded;
    for (let n = 0; n < rounded; n += 1) {
      const minute = minuteOfDay(draws, type, isWorkday(calendar, day));
      const at = new Date(startOf(day) + Math.floor(minute * 60_000));
      arrivals.push({
        at: at < now ? at : new Date(now.getTime() - 60_000 * (1 + draws.below(30))),
        office,
        type,
      });
    }
  }
  // What rounding left over, or took too many, on days in the middle.
  while (arrivals.length > count) arrivals.splice(draws.below(arrivals.length), 1);
  while (arrivals.length < count) arrivals.push({ ...draws.pick(arrivals) });
  return arrivals.sort((a, b) => a.at.getTime() - b.at.getTime());
}
