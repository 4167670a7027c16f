import {
  dayNumberOf,
  getCalendar,
  isWorkday,
  toLegalDay,
  type Calendar,
} from '../../backend/modules/clock/index.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { instantAt, legalDayOf } from '../../backend/platform/time.ts';
import { homesFor, type DemoHome } from './cases/homes.ts';
import { cast } from './cases/people.ts';
import { DEMO_CASES } from './cases/plan.ts';
import { walk } from './cases/walk.ts';

/** The same platform, seen from a moment in the past: the use cases do not know that they are being replayed. */
function at(p: Platform, moment: Date): Platform {
  return {
    ...p,
    time: { now: () => new Date(moment) },
    outbox: {
      event: (type, actorId, data) => ({ ...p.outbox.event(type, actorId, data), at: new Date(moment) }),
      notify: (collection) => p.outbox.notify(collection),
      drain: () => p.outbox.drain(),
    },
  };
}

/** The working day `age` working days before today, today itself when it is worked. */
function workdayBefore(calendar: Calendar, today: number, age: number): number {
  let day = today;
  for (let left = age; ; day -= 1) {
    if (!isWorkday(calendar, day)) continue;
    if (left === 0) return day;
    left -= 1;
  }
}

const TIMES = ['09:20', '10:05', '10:50', '11:30', '14:10', '15:00', '15:40', '16:10', '16:30', '16:50'];

/**
 * The moments of a case: filed in the morning of its day, each later step some time after, never later than now. From
 * the third step on they fall on the following working days, so that a long case has run for days.
 */
function momentsOf(p: Platform, calendar: Calendar, age: number): (step: number) => Platform {
  const now = p.time.now();
  const today = dayNumberOf(now);
  return (step) => {
    const day = workdayBefore(calendar, today, Math.max(0, age - Math.max(0, step - 2)));
    const moment = instantAt(toLegalDay(day), TIMES[Math.min(step, TIMES.length - 1)]);
    return at(p, moment < now ? moment : new Date(now.getTime() - (12 - Math.min(step, 11)) * 1_000));
  };
}

/**
 * Some forty cases in every state, made through the use cases themselves, so that each has its signatures, receipts,
 * opinions and timeline. Loading again adds nothing. Needs the demo accounts and the demo register.
 * @returns how many cases the plan has
 */
export async function loadDemoCases(p: Platform): Promise<number> {
  if (p.config.production) throw new Error('demo data is refused in production');
  const people = await cast(p);
  const calendar = await getCalendar(p);
  const homes = homesFor(legalDayOf(p.time.now()));
  let before: DemoHome | undefined;
  for (const [place, one] of DEMO_CASES.entries()) {
    const n = place + 1;
    const home = one.sameHome ? before : (one.type === 'DY06' ? homes.mortgaged : homes.free)[n];
    if (!home) throw new Error(`the demo register has no home for demo case ${n}`);
    before = home;
    await walk(one, { cast: people, home, n, moment: momentsOf(p, calendar, one.age) });
  }
  return DEMO_CASES.length;
}
