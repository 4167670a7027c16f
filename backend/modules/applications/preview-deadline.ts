import type { Platform } from '../../platform/platform.ts';
import {
  computeDeadline,
  countWorkdays,
  getCalendar,
  openingOf,
  toDayNumber,
  type Calendar,
  type ClockEvent,
  type DeadlineAnswer,
} from '../clock/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { demand } from './change.ts';
import type { DeadlinePreview, PreviewDeadline } from './contract.ts';
import { errors } from './errors.ts';
import { withExtension } from './extension-cap.ts';
import { getForStaff } from './load.ts';
import { demandDay } from './pause.ts';
import { openExtension, openPauseRequest, type Viewer } from './policy.ts';
import { timeErrors } from './time-errors.ts';
import type { PauseReason } from './vocabulary.ts';

interface Span {
  reason: PauseReason;
  from: Date;
  to: Date;
  /** Nobody has ended it: `to` is the earliest that it can end. */
  stillPaused: boolean;
  /** When both are entered. */
  now: Date;
}

function pausedFor({ reason, from, to, now }: Omit<Span, 'stillPaused'>): ClockEvent[] {
  return [
    { id: 'preview', kind: 'paused', at: from, recordedAt: now, reason },
    { id: 'preview-end', kind: 'resumed', at: to, recordedAt: to > now ? to : now, pauseId: 'preview' },
  ];
}

/** A planned pause ends at the first office hour of the day named. */
const plannedEnd = (calendar: Calendar, day: string): Date => openingOf(calendar, toDayNumber(day));

const datesOf = ({ promised, statutory }: DeadlineAnswer): DeadlinePreview['before'] => ({
  promised: promised.dueOn,
  statutory: statutory.dueOn,
  provisional: promised.provisional || statutory.provisional,
});

function present(
  calendar: Calendar,
  before: DeadlineAnswer,
  after: DeadlineAnswer,
  mostDays: number | null,
): DeadlinePreview {
  const [from, to] = [before.promised.dueOn, after.promised.dueOn];
  return {
    before: datesOf(before),
    after: datesOf(after),
    movedWorkdays: from && to ? countWorkdays(calendar, toDayNumber(from), toDayNumber(to)) : 0,
    switchesToStatutory: after.switchedToStatutory && !before.switchedToStatutory,
    stillPaused: false,
    mostDays,
  };
}

/** The rules are those of the case with the pause in it: entered later, it changes how far a shorter promise reaches back. */
async function previewPause(
  p: Platform,
  doc: ApplicationDocument,
  calendar: Calendar,
  span: Span,
): Promise<DeadlinePreview> {
  const { now, reason, stillPaused } = span;
  const events = [...doc.clockEvents, ...pausedFor(span)];
  const [{ limits }, paused] = await Promise.all([
    typeOf(p, doc),
    typeOf(p, { ...doc, clockEvents: events }),
  ]);
  const before = computeDeadline({ events: doc.clockEvents, limits, calendar, now });
  const after = computeDeadline({ events, limits: paused.limits, calendar, now });
  const stops = !paused.limits.switchToStatutory.includes(reason);
  return { ...present(calendar, before, after, null), stillPaused: stillPaused && stops };
}

/** What a pause or an extension would do to both dates; writes nothing. Throws `applications.act_not_possible` before acceptance. */
export async function previewDeadline(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { act, plannedEndOn, reason = 'inquiry', days }: PreviewDeadline,
): Promise<DeadlinePreview> {
  const doc = await getForStaff(p, idOrNo, viewer);
  if (!doc.acceptance) errors.fail('applications.act_not_possible', { status: doc.status });
  const type = await typeOf(p, doc);
  const { limits } = type;
  const calendar = await getCalendar(p);
  const now = p.time.now();
  if (act === 'pause') {
    const end = plannedEndOn ?? '';
    demandDay(p, end, '/query/plannedEndOn');
    const to = plannedEnd(calendar, end);
    return previewPause(p, doc, calendar, { reason, from: now, to, stillPaused: false, now });
  }
  if (act === 'decidePause') {
    // What was asked for, and why, is for who decides it.
    demand('decidePause', doc, type, viewer);
    const {
      reason: why,
      startedAt,
      askedAt,
      endedAt,
      plannedEndOn: planned,
    } = openPauseRequest(doc) ?? timeErrors.fail('applications.no_pause_request');
    const planEnd = endedAt ?? plannedEnd(calendar, planned ?? '');
    // A plan ends no pause: only a person does, from now on at the earliest.
    const stillPaused = endedAt === null && planEnd <= now;
    const to = stillPaused ? now : planEnd;
    return previewPause(p, doc, calendar, { reason: why, from: startedAt ?? askedAt, to, stillPaused, now });
  }
  const asked = days ?? openExtension(doc)?.days ?? 1;
  const { before, after } = withExtension(doc.clockEvents, { limits, calendar, now }, asked);
  const { most } = withExtension(doc.clockEvents, { limits, calendar, now }, 60);
  return present(calendar, before, after, most);
}
