import type { DeadlineAnswer } from '../../../backend/modules/applications/contract.ts';
import { dayText, legalDay, weekdayText } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import type {
  ClockFact,
  DayCell,
  DayRow,
  DayRun,
  MiniDayKind,
  PromiseView,
  PromiseWords,
  StripSum,
} from '../../ui/parts.ts';
import { traceDays, traceTotals, type TraceDay } from './trace.ts';
import { amountOf, fullTime, isLateLight, limitOf, remainingOf, shortDay } from './wording.ts';

/**
 * The deadline of a case as the promise panel shows it: both clocks, the strip, the sum under it and the
 * day-by-day table. Every date comes from the server's sheet; nothing is counted here but the cells.
 */

function cellKind(day: TraceDay): DayCell['kind'] {
  if (day.kind === 'start') return 'start';
  if (day.kind === 'off') return 'off';
  if (day.kind === 'paused') return 'pause';
  if (day.late) return 'late';
  if (day.today && !day.past) return 'counting';
  return day.past ? 'done' : 'ahead';
}

/** 国庆 over 放假: two short lines fit a cell, the notice's full name does not. */
function holidayWord(day: TraceDay): string {
  const name = day.name && i18n.language !== 'en' ? day.name.zh.replace(/节$|假期$/, '') : '';
  return name !== '' && name.length <= 3 ? `${name}\n${t('cases.cellHoliday')}` : t('cases.cellHoliday');
}

function cellWord(day: TraceDay, firstOfRun: boolean, ended: boolean): string {
  if (day.kind === 'start') return t('cases.cellStart');
  if (day.kind === 'paused') return t('cases.cellPaused');
  if (day.kind === 'off') return day.holiday && firstOfRun ? holidayWord(day) : t('cases.cellOff');
  if (day.late) return t('cases.cellLate');
  if (day.stopped) return t('cases.cellStopped');
  if (day.due) return t('cases.cellDue');
  if (day.today && !day.past) return t('cases.cellCounting');
  if (ended && !day.past) return t('cases.cellUnused');
  return day.past ? t('cases.cellCounted') : t('cases.cellAhead');
}

/** “受理当天，不计（民法典 201 条）” → the sentence and its source, which the table sets on two lines. */
export function splitBasis(text: string): { why: string; basis: string } {
  const found = /^(.+?)\s*[（(]([^（()）]+)[)）][。.]?$/.exec(text);
  return found ? { why: found[1]!, basis: found[2]! } : { why: text, basis: '' };
}

/** Which working day it is, unless the reason has said so. */
function ordinalOf(day: TraceDay, why: string): string[] {
  if (day.ordinal === null || day.late) return [];
  const ordinal = t('cases.ordinal', { n: day.ordinal });
  return why.includes(ordinal) ? [] : [ordinal];
}

function sentenceOf(day: TraceDay, now: string): string {
  const { why } = splitBasis(i18n.pick(day.basis));
  const parts = [why];
  parts.push(...ordinalOf(day, why));
  if (day.due) parts.push(t('cases.dueThatDay'));
  return t('cases.cellSentence', {
    day: `${day.today ? t('cases.today') : dayText(day.date, legalDay(now))} ${weekdayText(day.date)}`,
    text: parts.join(t('cases.comma')),
  });
}

function cellsOf(days: readonly TraceDay[], now: string, ended: boolean): DayCell[] {
  return days.map((day, place) => ({
    key: day.date,
    kind: cellKind(day),
    weekday: day.weekday,
    date: day.today ? t('cases.today') : shortDay(day.date),
    week: weekdayText(day.date),
    ...(day.makeUp && (day.kind === 'counted' || day.late) ? { badge: t('cases.makeUpBadge') } : {}),
    ...(day.ordinal !== null && !day.late ? { number: day.ordinal } : {}),
    word: cellWord(day, days[place - 1]?.kind !== 'off', ended),
    sentence: sentenceOf(day, now),
    today: day.today,
    due: day.due,
    provisional: day.provisional && day.kind !== 'start',
  }));
}

/** Days of one kind in a row share a line in the elder view and in the table. */
function runsOf(days: readonly TraceDay[]): TraceDay[][] {
  const runs: TraceDay[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    const before = last?.[0];
    const joins =
      before !== undefined &&
      day.kind === before.kind &&
      (day.kind === 'off' || day.kind === 'paused') &&
      i18n.pick(day.basis) === i18n.pick(before.basis);
    if (joins) last!.push(day);
    else runs.push([day]);
  }
  return runs;
}

function whenOf(run: readonly TraceDay[], now: string): string {
  const first = run[0]!;
  const last = run.at(-1)!;
  if (run.length === 1) return `${dayText(first.date, legalDay(now))} ${weekdayText(first.date)}`;
  const sameMonth = first.date.slice(0, 7) === last.date.slice(0, 7);
  const end =
    sameMonth && i18n.language !== 'en'
      ? `${Number(last.date.slice(8))}日`
      : dayText(last.date, legalDay(now));
  return `${dayText(first.date, legalDay(now))}–${end}`;
}

/** The day-by-day table; equal days in a row share a line. */
export function dayRows(days: readonly TraceDay[], now: string): DayRow[] {
  return runsOf(days).map((run) => {
    const day = run[0]!;
    const { why, basis } = splitBasis(i18n.pick(day.basis));
    const due = day.due ? t('cases.comma') + t('cases.dueThatDay') : '';
    return {
      key: day.date,
      when: whenOf(run, now),
      why: (run.length > 1 ? t('cases.runOfDays', { why, n: run.length }) : why) + due,
      basis,
      number: day.ordinal === null || day.late ? '–' : String(day.ordinal),
    };
  });
}

function elderRunsOf(days: readonly TraceDay[], now: string): DayRun[] {
  return runsOf(days).map((run) => {
    const day = run[0]!;
    const { why } = splitBasis(i18n.pick(day.basis));
    const text = [run.length > 1 ? t('cases.runOfDays', { why, n: run.length }) : why];
    text.push(...ordinalOf(day, why));
    if (day.due) text.push(t('cases.dueThatDay'));
    const today = run.some((one) => one.today);
    return {
      key: day.date,
      kind: cellKind(day),
      when: today ? `${t('cases.today')}　${whenOf(run, now)}` : whenOf(run, now),
      text: text.join(t('cases.comma')),
      today,
    };
  });
}

type Face = NonNullable<DeadlineAnswer['promised']>;

function sumsOf(face: Face, days: readonly TraceDay[], stopped: boolean): StripSum[] {
  const totals = traceTotals(days);
  const unit = face.limit.unit;
  const limit = limitOf(face);
  const sums: StripSum[] = [];
  if (face.overdueUnits > 0) {
    sums.push({
      mark: 'late',
      strong: t('cases.sumPromised', { limit }),
      text: t('cases.sumOverdue', { over: amountOf(face.overdueUnits, unit) }),
    });
  } else if (stopped) {
    sums.push({
      mark: 'counted',
      strong: t('cases.sumPromised', { limit }),
      text: totals.counted > 0 ? t('cases.sumUsed', { n: totals.counted }) : t('cases.sumUsedNone'),
    });
  } else if (unit === 'workingDay') {
    sums.push({
      mark: 'counted',
      strong: t('cases.sumPromised', { limit }),
      text: t(face.extendedByDays > 0 ? 'cases.sumCountedLeftExtended' : 'cases.sumCountedLeft', {
        counted: wholeOf(face) - face.remainingUnits,
        left: face.remainingUnits,
      }),
    });
  } else {
    sums.push({ mark: 'counted', strong: t('cases.sumPromised', { limit }), text: '' });
  }
  if (totals.holidays > 0) sums.push({ mark: 'off', text: t('cases.sumHolidays', { n: totals.holidays }) });
  if (totals.weekends > 0) sums.push({ mark: 'off', text: t('cases.sumWeekends', { n: totals.weekends }) });
  if (totals.paused > 0) sums.push({ mark: 'pause', text: t('cases.sumPaused', { n: totals.paused }) });
  if (unit === 'workingDay') sums.push({ mark: null, text: t('cases.sumStart') });
  if (face.provisional) sums.push({ mark: null, text: t('cases.sumProvisional') });
  return sums;
}

function factOf(
  term: string,
  { face, late }: { face: Face; late: boolean },
  days: readonly TraceDay[],
  answer: DeadlineAnswer,
): ClockFact {
  const now = answer.computedAt;
  if (answer.stoppedAt !== null && face.dueAt === null) return { term, value: t('cases.stopped'), note: '' };
  if (face.dueAt === null) {
    return {
      term,
      value: t('cases.pausedNow'),
      note: t('cases.pausedNote', { remaining: remainingOf(face) }),
      tone: 'pause',
    };
  }
  const makeUp = days.find((day) => day.date === face.dueOn)?.makeUp ?? false;
  const due = fullTime(face.dueAt, now, makeUp);
  const today = days.find((day) => day.today);
  const withToday = today?.kind === 'counted' && !today.past && !late && face.limit.unit === 'workingDay';
  return {
    term,
    value: face.provisional ? t('cases.provisionalDue', { due }) : due,
    note: answer.stoppedAt !== null ? '' : remainingOf(face, late) + (withToday ? t('cases.withToday') : ''),
    ...(late ? { tone: 'late' as const } : {}),
  };
}

/** Once the office has closed the day at hand is counted: of what is left none is today's. */
function closeToday(days: readonly TraceDay[], { remainingUnits, limit }: Face): TraceDay[] {
  const ahead = days.filter((day) => day.kind === 'counted' && !day.past && !day.late).length;
  const isOver = limit.unit === 'workingDay' && remainingUnits < ahead;
  return days.map((day) => (day.today && day.kind === 'counted' && isOver ? { ...day, past: true } : day));
}

/** Null before acceptance, as no clock runs yet. */
export function promiseView(answer: DeadlineAnswer): PromiseView | null {
  const { promised, statutory } = answer;
  if (promised === null) return null;
  const now = answer.computedAt;
  const days = closeToday(traceDays(promised, now, answer.stoppedAt), promised);
  // Of a case that is over, the light is out; the amounts say whether it had been late.
  const isLate = (face: Face, light: boolean) => light || face.overdueUnits > 0;
  const promise = { face: promised, late: isLate(promised, isLateLight(answer.light)) };
  const facts = [factOf(t('cases.promisedDue'), promise, days, answer)];
  if (statutory !== null) {
    const law = { face: statutory, late: isLate(statutory, answer.light === 'black') };
    facts.push(factOf(t('cases.statutoryDue'), law, days, answer));
  }
  if (answer.stoppedAt !== null) {
    facts.push({
      term: t('cases.finishedAt'),
      value: fullTime(answer.stoppedAt, now),
      note: t('cases.finishedNote'),
    });
  }
  return {
    facts,
    cells: cellsOf(days, now, answer.stoppedAt !== null),
    runs: elderRunsOf(days, now),
    sums: sumsOf(promised, days, answer.stoppedAt !== null),
    rows: dayRows(days, now),
  };
}

export function promiseWords(): PromiseWords {
  return {
    strip: t('cases.stripLabel'),
    expand: (days) => t('cases.stripExpand', { n: days }),
    why: t('cases.whyThisDay'),
    tableLabel: t('cases.dayTable'),
    tableCaption: t('cases.dayTableCaption'),
    columns: { when: t('cases.columnDay'), why: t('cases.columnWhy'), number: t('cases.columnNumber') },
  };
}

interface ClockTotals {
  limit: { amount: number; unit: string };
  extendedByDays: number;
  countedUnits: number;
  remainingUnits: number;
  overdueUnits: number;
}

/** Working days that the case has in all: those promised and those added. */
const wholeOf = ({ limit, extendedByDays }: Pick<ClockTotals, 'limit' | 'extendedByDays'>): number =>
  limit.amount + extendedByDays;

/** Longest limit that is drawn as cells in a card or a table row; beyond that two numbers say it better. */
const MOST_MINI_CELLS = 8;

/** The strip drawn small, from totals alone: cards and lists carry no day-by-day sheet. */
export function miniDays(clock: ClockTotals, running: boolean): MiniDayKind[] | null {
  const whole = wholeOf(clock);
  if (clock.limit.unit !== 'workingDay' || whole > MOST_MINI_CELLS) return null;
  const counted = Math.min(Math.floor(whole - clock.remainingUnits), whole);
  const days: MiniDayKind[] = Array.from({ length: counted }, () => 'counted');
  if (clock.overdueUnits > 0)
    return [
      ...days,
      ...Array.from({ length: Math.min(Math.ceil(clock.overdueUnits), 3) }, () => 'late' as const),
    ];
  if (clock.remainingUnits > 0) {
    // With nothing counted yet today may be the day of acceptance, which is no cell of the promise.
    const stands = !running || counted > 0;
    if (stands) days.push(running ? 'today' : 'paused');
    const ahead = whole - counted - (running && stands ? 1 : 0);
    days.push(...Array.from({ length: ahead }, () => 'ahead' as const));
  }
  return days;
}

export function miniLabel(clock: ClockTotals, running: boolean): string {
  const limit = wholeOf(clock);
  const used = Math.floor(limit - clock.remainingUnits);
  const extended = clock.extendedByDays > 0;
  if (clock.overdueUnits > 0)
    return t(extended ? 'cases.miniLateExtended' : 'cases.miniLate', {
      limit,
      over: Math.ceil(clock.overdueUnits),
    });
  if (running) return t(extended ? 'cases.miniRunningExtended' : 'cases.miniRunning', { used, limit });
  return t(extended ? 'cases.miniPausedExtended' : 'cases.miniPaused', { used, limit });
}
