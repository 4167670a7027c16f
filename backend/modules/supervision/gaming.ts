import { legalDayOf } from '../../platform/time.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { dayWords, instantWords, PAUSE_WORDS, type ApplicationDocument } from '../applications/index.ts';
import {
  computeDeadline,
  countWorkdays,
  dayNumberOf,
  endsItself,
  dueAfterWorkdays,
  hoursOn,
  instantOf,
  isWorkday,
  planEndOf,
  toDayNumber,
  type Calendar,
  type ClockEvent,
} from '../clock/index.ts';
import { limitMinutes } from './measure-case.ts';
import type { FindingKind } from './vocabulary.ts';

/**
 * The practices that stretch a promise, or hide that it was broken (deadlines.md; domain.md §2.4). Pure: a case as it stands after an
 * event, and what the event shows. A finding is a question to be asked, not a verdict.
 */

export interface GamingCase {
  doc: Pick<
    ApplicationDocument,
    'clockEvents' | 'corrections' | 'pauses' | 'submission' | 'acceptance' | 'earlierSubmissions' | 'opinions'
  >;
  type: Pick<BusinessType, 'limits' | 'noticeWorkdays'>;
  calendar: Calendar;
}

export interface Seen {
  kind: FindingKind;
  /** What it is about within the case: the same is found once. */
  about: string;
  at: Date;
  person: { accountId: string; name: string } | null;
  evidence: { zh: string; en: string };
}

/**
 * Working days from a complete submission to acceptance after which it is asked why: one to answer (C4), and one more. What is
 * answered in the day it comes in (上海规定14) has the one more alone.
 */
const acceptanceWorkdays = ({ answeredSameDay }: { answeredSameDay?: true }): number =>
  answeredSameDay ? 1 : 2;

/** `10-09 16:55` in Shanghai. */
const moment = (at: Date): string =>
  `${legalDayOf(at).slice(5)} ${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)}`;

/** When the clerk accepted. The acceptance itself may be deemed to have come earlier (视为受理), which does not undo the wait. */
function acceptedByHandAt({ opinions }: GamingCase['doc']): Date | null {
  return opinions.find(({ act }) => act === 'accept')?.at ?? null;
}

export function lateAcceptance({ doc, calendar }: GamingCase): Seen | null {
  const { submission, acceptance } = doc;
  const at = acceptedByHandAt(doc);
  if (!submission || !acceptance || !at) return null;
  const workdays = acceptanceWorkdays(submission);
  const latest = dueAfterWorkdays(calendar, submission.at, workdays).dueAt;
  if (at <= latest) return null;
  const { accountId, name } = acceptance.by;
  return {
    kind: 'lateAcceptance',
    about: submission.id,
    at,
    person: { accountId, name },
    evidence: {
      zh: `${moment(submission.at)} 提交齐全，${moment(at)} 才受理，超过 ${workdays} 个工作日。`,
      en: `Complete on ${moment(submission.at)}, accepted only on ${moment(at)}, more than ${workdays} working ${workdays === 1 ? 'day' : 'days'} later.`,
    },
  };
}

const targetOf = (target: { materialCode: string } | { field: string }): string =>
  'materialCode' in target ? target.materialCode : target.field;

/** Where in a list the act is that an event tells of: by its id, as two acts may be delivered together; the last for an event without one. */
const placeIn = (list: readonly { id: string }[], id: string | undefined): number =>
  id === undefined ? list.length - 1 : list.findIndex((one) => one.id === id);

/** 一次性告知 (条例17): what a second request names and the first did not could have been seen the first time. */
export function secondCorrection({ doc }: GamingCase, correctionId?: string): Seen | null {
  const place = placeIn(doc.corrections, correctionId);
  const [first] = doc.corrections;
  const last = doc.corrections[place];
  if (!first || !last || place === 0) return null;
  const before = new Set(
    doc.corrections.slice(0, place).flatMap(({ defects }) => defects.map(({ target }) => targetOf(target))),
  );
  const added = last.defects.map(({ target }) => targetOf(target)).filter((target) => !before.has(target));
  if (added.length === 0) return null;
  const { accountId, name } = last.by;
  return {
    kind: 'secondCorrection',
    about: last.id,
    at: last.requestedAt,
    person: { accountId, name },
    evidence: {
      zh: `${moment(first.requestedAt)} 已要求补正，${moment(last.requestedAt)} 又提出第一次没有说的 ${added.length} 处（${added.join('、')}）。`,
      en: `Corrections were asked for on ${moment(first.requestedAt)}; on ${moment(last.requestedAt)} ${added.length} more were named that had not been before (${added.join(', ')}).`,
    },
  };
}

/** The due day of the promise as it stood before the last pause was opened. */
function dueBefore(events: readonly ClockEvent[], pauseId: string, { type, calendar }: GamingCase, at: Date) {
  const without = events.filter(
    (event) =>
      event.id !== pauseId && !(event.kind === 'resumed' && event.pauseId === pauseId) && event.at <= at,
  );
  if (!without.some(({ kind }) => kind === 'accepted')) return null;
  const { promised, statutory, switchToStatutory } = type.limits;
  const limits = { promised, statutory, switchToStatutory };
  return computeDeadline({ events: without, limits, calendar, now: at }).promised;
}

/** For a reader of English: the reason in words, then what the clerk wrote, as it was written. */
const whyEn = ({ reason, note }: GamingCase['doc']['pauses'][number]): string =>
  note === null ? PAUSE_WORDS[reason].label.en : `${PAUSE_WORDS[reason].label.en}: “${note}”`;

/** Also of a pause that was entered later (补记): it is judged by the moment from which it counts. */
export function lastDayPause(source: GamingCase, pauseId?: string): Seen | null {
  const { doc } = source;
  const pause = doc.pauses[placeIn(doc.pauses, pauseId)];
  // What a court or the portal itself stopped was nobody's choice.
  if (!pause?.by) return null;
  const due = dueBefore(doc.clockEvents, pause.id, source, pause.from);
  if (!due?.dueOn || due.overdue || due.dueOn !== legalDayOf(pause.from)) return null;
  const { accountId, name } = pause.by;
  const later = pause.backdated ? (pause.recordedAt ?? null) : null;
  return {
    kind: 'lastDayPause',
    about: pause.id,
    at: pause.from,
    person: { accountId, name },
    evidence: {
      zh: `承诺在 ${due.dueOn.slice(5)} 到期，当天 ${moment(pause.from).slice(6)} 才暂停（${pause.note ?? pause.basis}）${later ? `，${moment(later)} 补记` : ''}。`,
      en: `The promise ended on ${dayWords(due.dueOn, pause.from).en}; the clock was stopped that day at ${moment(pause.from).slice(6)} (${whyEn(pause)})${later ? `, entered later, on ${instantWords(later, pause.from).en}` : ''}.`,
    },
  };
}

/** A pause that comes when the promise is broken: it stops no light, and the delay is counted all the same. */
export function latePause(source: GamingCase, pauseId?: string): Seen | null {
  const { doc } = source;
  const pause = doc.pauses[placeIn(doc.pauses, pauseId)];
  if (!pause?.by) return null;
  const due = dueBefore(doc.clockEvents, pause.id, source, pause.from);
  if (!due?.dueAt || !due.overdue) return null;
  const { accountId, name } = pause.by;
  const dueAt = moment(new Date(due.dueAt));
  return {
    kind: 'latePause',
    about: pause.id,
    at: pause.from,
    person: { accountId, name },
    evidence: {
      zh: `承诺 ${dueAt} 到期没有办结，${moment(pause.from)} 才暂停（${pause.note ?? pause.basis}）。`,
      en: `The promise ended on ${instantWords(new Date(due.dueAt), pause.from).en} unfulfilled; the clock was stopped only on ${instantWords(pause.from, pause.from).en} (${whyEn(pause)}).`,
    },
  };
}

/** A pause planned for no more working days than this is nobody's question, however short the promise. */
const PLANNED_FREE_WORKDAYS = 10;

/** A pause planned to outlast the promise itself: most reasons take no approval, so somebody else looks at the plan. */
export function longPause({ doc, type, calendar }: GamingCase, pauseId?: string): Seen | null {
  const pause = doc.pauses[placeIn(doc.pauses, pauseId)];
  if (!pause?.by || pause.plannedEndOn === null) return null;
  // The days whose closes it covers: it ends when the office opens on the last.
  const planned = countWorkdays(calendar, dayNumberOf(pause.from) - 1, toDayNumber(pause.plannedEndOn) - 1);
  const promised = Math.ceil(limitMinutes(type.limits.promised, calendar) / calendar.minutesPerDay);
  // A 公告 lasts as long as the catalogue says.
  const prescribed = pause.reason === 'notice' ? type.noticeWorkdays : 0;
  if (planned <= Math.max(PLANNED_FREE_WORKDAYS, promised, prescribed)) return null;
  const { accountId, name } = pause.by;
  const until = pause.plannedEndOn;
  return {
    kind: 'longPause',
    about: pause.id,
    at: pause.from,
    person: { accountId, name },
    evidence: {
      zh: `承诺 ${promised} 个工作日办结，${moment(pause.from)} 暂停，计划到 ${until}，共 ${planned} 个工作日（${pause.note ?? pause.basis}）。`,
      en: `Promised within ${promised} working ${promised === 1 ? 'day' : 'days'}; paused on ${moment(pause.from)} until ${until}, ${planned} working days (${pause.note ?? pause.basis}).`,
    },
  };
}

export function overlongPauses({ doc, calendar }: GamingCase, now: Date): Seen[] {
  return doc.pauses.flatMap(({ id, reason, plannedEndOn, from, to, by }): Seen[] => {
    // A supplement is not the clerk's to end.
    if (plannedEndOn === null || endsItself(reason)) return [];
    const planned = planEndOf(calendar, plannedEndOn, reason);
    const until = to ?? now;
    if (until <= planned) return [];
    return [
      {
        kind: 'overlongPause',
        about: id,
        at: planned,
        person: by && { accountId: by.accountId, name: by.name },
        evidence: {
          zh: `${moment(from)} 暂停，计划到 ${plannedEndOn.slice(5)}，${to ? `${moment(to)} 才恢复` : '到期仍未恢复'}。`,
          en: `Paused on ${moment(from)} until ${plannedEndOn.slice(5)}, ${to ? `resumed only on ${moment(to)}` : 'and not resumed by then'}.`,
        },
      },
    ];
  });
}

/** Whether an instant lies within the office hours of a working day. */
export function isOfficeTime(calendar: Calendar, at: Date): boolean {
  const day = dayNumberOf(at);
  if (!isWorkday(calendar, day)) return false;
  return hoursOn(calendar, day).segments.some(
    ({ opens, closes }) => at >= instantOf(day, opens) && at <= instantOf(day, closes),
  );
}

export function afterHoursAcceptance({ doc, type, calendar }: GamingCase): Seen | null {
  const { acceptance } = doc;
  if (!acceptance || !type.limits.instant || isOfficeTime(calendar, acceptance.at)) return null;
  const { accountId, name } = acceptance.by;
  return {
    kind: 'afterHoursAcceptance',
    about: 'acceptance',
    at: acceptance.at,
    person: { accountId, name },
    evidence: {
      zh: `即时办结的事项在 ${moment(acceptance.at)} 受理，不在办公时间内，时限到下一次上班才开始算。`,
      en: `An instant type was accepted on ${moment(acceptance.at)}, outside office hours, so that its time began only at the next opening.`,
    },
  };
}

/** 退件后立即重新收件: the same application within one working day after the earlier one ended without an entry. */
export function restartedCase(
  { doc, calendar }: GamingCase,
  earlier: { no: string; at: Date; kind: string; caseId: string },
): Seen | null {
  const { submission } = doc;
  if (!submission || submission.at < earlier.at) return null;
  if (submission.at > dueAfterWorkdays(calendar, earlier.at, 1).dueAt) return null;
  const minutes = Math.round((submission.at.getTime() - earlier.at.getTime()) / 60_000);
  const what =
    earlier.kind === 'declined' ? { zh: '不予受理', en: 'declined' } : { zh: '撤回', en: 'withdrawn' };
  return {
    kind: 'restartedCase',
    about: earlier.caseId,
    at: submission.at,
    person: null,
    evidence: {
      zh: `${earlier.no} ${moment(earlier.at)} ${what.zh}，过了 ${minutes} 分钟同一申请又提交，时限从头算。`,
      en: `${earlier.no} was ${what.en} on ${moment(earlier.at)}; the same application came again ${minutes} minutes later, and its time began anew.`,
    },
  };
}

/** Keeps nobody from the case: somebody asks whether the member of staff works for the party, or the number was misused. */
export function unprovenAgent(
  actor: { accountId: string; name: string },
  staff: { name: string },
  at: Date,
): Seen {
  return {
    kind: 'unprovenAgent',
    about: actor.accountId,
    at,
    // Nobody of the office did this.
    person: null,
    evidence: {
      zh: `${moment(at)}，单位经办人${actor.name}在本件上操作，账户登记的是工作人员${staff.name}的身份证号，窗口没有核验过。${staff.name}不因此回避，请核实。`,
      en: `On ${moment(at)} ${actor.name} acted for an organisation under the ID number of ${staff.name}, who is staff; no counter has seen the card. ${staff.name} is not recused by it: please look into it.`,
    },
  };
}
