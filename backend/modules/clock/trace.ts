import type { Calendar } from './calendar.ts';
import { HOLIDAY_NAMES } from './calendar.ts';
import type { TraceKind, TraceRow } from './contract.ts';
import { amountInDays, isCounted, runningSpans, type CountInput, type Due } from './counting.ts';
import { dayNumberOf, toLegalDay, weekdayOf } from './days.ts';
import { lateDaysAfter } from './late-days.ts';
import { isPausedAt, type Pause } from './pauses.ts';
import { closeOf, isProvisional, isWorkday } from './workdays.ts';

type Text = TraceRow['basis'];

/** What the applicant waits for, in words; an unknown reason is shown as a plain pause. */
const PAUSE_WORDS: Readonly<Record<string, Text>> = {
  supplement: { zh: '等补正材料', en: 'waiting for missing material' },
  siteCheck: { zh: '实地查看', en: 'site check' },
  notice: { zh: '公告', en: 'public notice' },
  waitTax: { zh: '等缴税', en: 'waiting for tax' },
  waitFee: { zh: '等缴费', en: 'waiting for the fee' },
  suspendedByLaw: { zh: '依法中止', en: 'suspended by law' },
  inquiry: { zh: '向有关部门核查', en: 'inquiry with another office' },
};

function pauseWords(reasons: readonly string[]): Text {
  const words = reasons.map((reason) => PAUSE_WORDS[reason] ?? { zh: '暂停', en: 'paused' });
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
}

function offBasis(calendar: Calendar, day: number): Text {
  const special = calendar.off.get(day);
  if (special) {
    const name = HOLIDAY_NAMES[special.name];
    return {
      zh: `${name.zh}放假，不计（${special.notice}）`,
      en: `${name.en}, not counted (${special.notice})`,
    };
  }
  return isProvisional(calendar, day)
    ? {
        zh: '周末，不计；这一年的放假安排还没公布',
        en: 'weekend, not counted; holidays of this year are not announced yet',
      }
    : { zh: '周末，不计', en: 'weekend, not counted' };
}

function workedBasis(calendar: Calendar, day: number): Text {
  const special = calendar.makeUp.get(day);
  if (special) {
    const name = HOLIDAY_NAMES[special.name];
    return {
      zh: `${name.zh}调休上班（${special.notice}）`,
      en: `worked in exchange for ${name.en} (${special.notice})`,
    };
  }
  return isProvisional(calendar, day)
    ? {
        zh: '工作日；这一年的放假安排还没公布',
        en: 'working day; holidays of this year are not announced yet',
      }
    : { zh: '工作日', en: 'working day' };
}

interface RowInput extends CountInput {
  rawPauses: readonly Pause[];
  due: Due;
}

function pauseReasonsAt(input: RowInput, day: number): string[] {
  const close = closeOf(input.calendar, day).getTime();
  const open = input.rawPauses.filter(
    ({ from, to }) => from.getTime() <= close && (to === null || close < to.getTime()),
  );
  return [...new Set(open.map(({ reason }) => reason))];
}

function minutesOn(input: RowInput, day: number): number | null {
  if (input.limit.unit !== 'workingHour') return null;
  const end = input.due.at?.getTime() ?? Infinity;
  const ms = runningSpans(input.calendar, day, input.acceptedAt.getTime(), input.pauses).reduce(
    (total, { from, to }) => total + Math.max(0, Math.min(to, end) - from),
    0,
  );
  return Math.round(ms / 60_000);
}

function kindOf(input: RowInput, day: number, counted: boolean, past: boolean): TraceKind {
  const { calendar, limit } = input;
  if (day === dayNumberOf(input.acceptedAt)) return 'start';
  const everyDay = limit.unit === 'day' || limit.unit === 'month';
  if (counted) return past ? 'extended' : !everyDay && calendar.makeUp.has(day) ? 'makeUp' : 'counted';
  if (!everyDay) return isWorkday(calendar, day) ? 'paused' : 'off';
  if (isPausedAt(input.pauses, closeOf(calendar, day).getTime())) return 'paused';
  // Behind the nominal last day: days off, then the working day to which the end moves (counted column 0).
  return isWorkday(calendar, day) ? 'counted' : 'off';
}

function basisOf(
  input: RowInput,
  day: number,
  kind: TraceKind,
  ordinal: number | null,
  reasons: string[],
): Text {
  const { calendar, limit } = input;
  const worked = isWorkday(calendar, day) ? workedBasis(calendar, day) : offBasis(calendar, day);
  if (kind === 'start') {
    return limit.unit === 'workingHour'
      ? { zh: '受理日，从受理时起按办公时间计', en: 'day of acceptance; office time counts from then' }
      : {
          zh: '受理日，不计（民法典第二百零一条）',
          en: 'day of acceptance, not counted (Civil Code, art. 201)',
        };
  }
  if (kind === 'paused') {
    const words = pauseWords(reasons);
    return { zh: `暂停，不计：${words.zh}`, en: `paused, not counted: ${words.en}` };
  }
  if (kind === 'off') {
    if (limit.unit !== 'day' && limit.unit !== 'month') return worked;
    return {
      zh: '期满日是休息日，顺延（民法典第二百零三条）',
      en: 'the last day is a day off and moves on (Civil Code, art. 203)',
    };
  }
  if (limit.unit === 'workingHour') return worked;
  if (limit.unit !== 'workingDay') {
    return ordinal === null
      ? {
          zh: '休息日后的第一个工作日，期限到此届满（民法典第二百零三条）',
          en: 'first working day after the days off; the period ends here (Civil Code, art. 203)',
        }
      : { zh: `计第 ${ordinal} 日`, en: `day ${ordinal}` };
  }
  const count = { zh: `计第 ${ordinal} 个工作日`, en: `counted as day ${ordinal}` };
  const extended =
    kind === 'extended' ? { zh: '（经批准延长）', en: ' (approved extension)' } : { zh: '', en: '' };
  return { zh: `${worked.zh}，${count.zh}${extended.zh}`, en: `${worked.en}, ${count.en}${extended.en}` };
}

/** After the due day nothing is counted any more; a pause that came later is still shown as one. */
function lateKindOf({ calendar }: RowInput, day: number, isLate: boolean): TraceKind {
  if (isLate) return 'late';
  return isWorkday(calendar, day) ? 'paused' : 'off';
}

/** Days past the due day that are charged as late, each with which of them it is. */
function lateOrdinals({ calendar, pauses, due }: RowInput, last: number): ReadonlyMap<number, number> {
  const ordinals = new Map<number, number>();
  if (due.day === null) return ordinals;
  for (const day of lateDaysAfter(calendar, pauses, due.day)) {
    if (day > last) break;
    ordinals.set(day, ordinals.size + 1);
  }
  return ordinals;
}

function lateBasisOf(
  { calendar }: RowInput,
  day: number,
  kind: TraceKind,
  which: number,
  reasons: string[],
): Text {
  if (kind === 'off') return offBasis(calendar, day);
  if (kind === 'paused') {
    const words = pauseWords(reasons);
    return { zh: `到期以后暂停：${words.zh}`, en: `paused after the due day: ${words.en}` };
  }
  const worked = workedBasis(calendar, day);
  return {
    zh: `${worked.zh}，已超期第 ${which} 个工作日`,
    en: `${worked.en}, day ${which} past the due date`,
  };
}

/**
 * The explanation: one row per legal day from acceptance to the due day, or through `through` while no due day exists.
 * The counted column adds up to the limit with its extensions; for limits in hours the minutes do. Of a case that is
 * late the days through `lateThrough` follow, counted 0: how late it is, is shown and not left to be reckoned.
 */
export function buildTrace(input: RowInput, through: number, lateThrough = 0): TraceRow[] {
  const { calendar, limit, acceptedAt, due } = input;
  const last = due.day === null ? through : Math.max(due.day, lateThrough);
  const total = limit.unit === 'workingHour' ? Infinity : amountInDays(input);
  const original = limit.unit === 'workingHour' ? Infinity : total - input.extraDays;
  const rows: TraceRow[] = [];
  let ordinal = 0;
  const lateDays = lateOrdinals(input, last);
  for (let day = dayNumberOf(acceptedAt); day <= last; day++) {
    const minutes = minutesOn(input, day);
    const counted = minutes === null ? ordinal < total && isCounted(input, day) : minutes > 0;
    if (counted) ordinal += 1;
    const late = due.day !== null && day > due.day;
    const kind = late
      ? lateKindOf(input, day, lateDays.has(day))
      : kindOf(input, day, counted, ordinal > original);
    const reasons = pauseReasonsAt(input, day);
    rows.push({
      date: toLegalDay(day),
      weekday: weekdayOf(day),
      kind,
      counted: counted ? 1 : 0,
      ordinal: counted && minutes === null ? ordinal : null,
      minutes,
      workday: isWorkday(calendar, day),
      makeUp: calendar.makeUp.has(day),
      holiday: holidayOf(calendar, day),
      pauses: reasons,
      due: day === due.day,
      provisional: isProvisional(calendar, day),
      basis: late
        ? lateBasisOf(input, day, kind, lateDays.get(day) ?? 0, reasons)
        : basisOf(input, day, kind, counted ? ordinal : null, reasons),
    });
  }
  return rows;
}

function holidayOf(calendar: Calendar, day: number): Text | null {
  const special = calendar.off.get(day) ?? calendar.makeUp.get(day);
  return special ? { ...HOLIDAY_NAMES[special.name] } : null;
}
