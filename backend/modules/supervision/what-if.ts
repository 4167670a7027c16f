import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { getBusinessType, listOffices } from '../catalogue/index.ts';
import { dayNumberOf, getCalendar, instantOf } from '../clock/index.ts';
import type { WhatIf, WhatIfQuery } from './contract.ts';
import { errors } from './errors.ts';
import { dueOf } from './forecast/course.ts';
import { courseOfFact, endedSince } from './forecast/load-courses.ts';
import { runningMinutes, workingTime } from './forecast/working-time.ts';
import { fillingOf } from './history-fill.ts';
import { limitMinutes } from './measure-case.ts';
import { shareBin, SHARE_BIN_COUNT } from './tally.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** Cases between two turns of the event loop. */
const TURN = 500;

class Fares {
  done = 0;
  now = 0;
  draft = 0;
  add(now: boolean, draft: boolean): void {
    this.done += 1;
    if (now) this.now += 1;
    if (draft) this.draft += 1;
  }
  #share = (part: number) => (this.done === 0 ? null : part / this.done);
  shares() {
    return { done: this.done, now: this.#share(this.now), draft: this.#share(this.draft) };
  }
  fared(kept: number) {
    return { onTime: kept, late: this.done - kept, onTimeShare: this.#share(kept) };
  }
}

const of = <K>(map: Map<K, Fares>, key: K): Fares => {
  const known = map.get(key) ?? new Fares();
  map.set(key, known);
  return known;
};

/**
 * 假如改时限: every case of a type that was registered in the last year, counted again by the deadline clock under another promise, pauses and
 * the law's limit as they were. Reads facts alone; nothing is written. Cases that had an extension are left out: how long it would have
 * been is not known. Throws `supervision.limit_past_law`.
 */
export async function readWhatIf(p: Platform, query: WhatIfQuery): Promise<WhatIf> {
  const today = legalDayOf(p.time.now());
  const since = instantAt(legalDayOf(new Date(instantAt(today).getTime() - (YEAR_DAYS - 1) * DAY_MS)));
  const [type, calendar, halls, filling] = await Promise.all([
    getBusinessType(p, query.type),
    getCalendar(p),
    listOffices(p),
    fillingOf(p),
  ]);
  const { promised, statutory, switchToStatutory } = type.limits;
  const draft = { amount: query.amount, unit: query.unit };
  if (limitMinutes(draft, calendar) > limitMinutes(statutory, calendar)) {
    errors.fail('supervision.limit_past_law', {}, [
      { pointer: '/amount', code: 'supervision.limit_past_law' },
    ]);
  }
  const rule = { promised: draft, statutory, switchToStatutory };
  const whole = limitMinutes(draft, calendar);
  const time = workingTime(calendar);
  const all = new Fares();
  const months = new Map<string, Fares>();
  const offices = new Map<string | null, Fares>();
  const usedShare = Array.from({ length: SHARE_BIN_COUNT }, () => 0);
  let newlyLate = 0;
  let newlyKept = 0;
  let seen = 0;
  for await (const fact of endedSince(p, since, query.type)) {
    if ((seen += 1) % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const course = fact.kind === 'registered' ? courseOfFact(fact) : null;
    if (!course?.endedAt || !fact.end) continue;
    const due = dueOf(course, rule, calendar);
    const kept = due === null || course.endedAt <= due;
    const { onTime } = fact.end;
    all.add(onTime, kept);
    of(months, legalDayOf(fact.at).slice(0, 7)).add(onTime, kept);
    of(offices, fact.officeId).add(onTime, kept);
    if (onTime && !kept) newlyLate += 1;
    if (!onTime && kept) newlyKept += 1;
    // Days are counted from the day after acceptance (民法典201), hours from the minute.
    const { acceptedAt, endedAt, pauses } = course;
    const next = instantOf(dayNumberOf(new Date(acceptedAt)) + 1, 0).getTime();
    const from = draft.unit === 'workingHour' ? acceptedAt : Math.min(next, endedAt);
    const bin = shareBin(runningMinutes(time, from, endedAt, pauses) / whole);
    usedShare[bin] = (usedShare[bin] ?? 0) + 1;
  }
  return {
    type: type.code,
    name: type.name,
    promised,
    statutory,
    draft,
    from: legalDayOf(since),
    to: today,
    filling,
    done: all.done,
    now: all.fared(all.now),
    fared: all.fared(all.draft),
    newlyLate,
    newlyKept,
    usedShare,
    months: [...months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, one]) => ({ month, ...one.shares() })),
    offices: [...offices]
      .sort(([, a], [, b]) => b.done - a.done)
      .map(([office, one]) => ({
        office,
        name: halls.find(({ id }) => id === office)?.name ?? { zh: '未分配', en: 'Not assigned' },
        ...one.shares(),
      })),
  };
}
