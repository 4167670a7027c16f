import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { getCalendar, isLegalDay, type ClockEvent } from '../clock/index.ts';
import type { ApplicationDocument, CasePause, PauseRequest, Person } from './application.model.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand, type Change } from './change.ts';
import type { DecidePause, Pause } from './contract.ts';
import { lastDayOf } from './correction-due.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { effectOnTime, limitSwitchOf, type LimitSwitch } from './limit-switch.ts';
import { getForStaff } from './load.ts';
import { pauseReasonsOf } from './pause-reasons.ts';
import { openPauseRequest, type Viewer } from './policy.ts';
import { personOf } from './viewer.ts';
import type { PauseReason } from './vocabulary.ts';
import { both, dayWords, instantWords, PAUSE_WORDS } from './wording.ts';
import { timeErrors } from './time-errors.ts';

/** Longest planned pause, in days: a longer one is planned again, and seen by the supervisor each time. */
const LONGEST_DAYS = 90;

export function demandDay(p: Platform, day: string, pointer: string): void {
  const now = p.time.now();
  const latest = legalDayOf(new Date(now.getTime() + LONGEST_DAYS * 86_400_000));
  if (isLegalDay(day) && day > legalDayOf(now) && day <= latest) return;
  errors.fail('applications.due_day_past', {}, [{ pointer, code: 'applications.due_day_past' }]);
}

export interface PauseOrder {
  reason: PauseReason;
  note: string | null;
  plannedEndOn: string | null;
  by: Person | null;
  basis?: string;
  /** Default: now. */
  from?: Date;
  /** Where it is over already. */
  to?: Date | null;
  /** Another person who approved it; absent where who handles the case stopped it alone, so that the record does not say more. */
  approvedBy?: Person;
  backdated?: boolean;
  /** Where the reason does not stop the clock but replaces the promise. */
  switched?: LimitSwitch | null;
}

/** Opens a pause: overlay, clock event and, for a suspension by law, its notice (中止告知书), all for one write. */
export function openPause(
  p: Platform,
  doc: ApplicationDocument,
  order: PauseOrder,
): { pause: CasePause; push: NonNullable<Change['push']> & { clockEvents: readonly ClockEvent[] } } {
  const now = p.time.now();
  const {
    reason,
    note,
    plannedEndOn,
    by,
    from = now,
    to = null,
    approvedBy,
    backdated,
    switched = null,
  } = order;
  const basis = order.basis ?? PAUSE_WORDS[reason].basis;
  const id = newId();
  const marks = { ...(approvedBy ? { approvedBy } : {}), ...(backdated ? { backdated: true as const } : {}) };
  const pause: CasePause = {
    id,
    reason,
    basis,
    note,
    from,
    plannedEndOn,
    to,
    by,
    ...(approvedBy ? { recordedAt: now } : {}),
    ...marks,
  };
  const event = {
    id,
    kind: 'paused' as const,
    at: from,
    recordedAt: now,
    reason,
    basis,
    plannedEnd: plannedEndOn,
    ...(approvedBy ? { approvedBy: approvedBy.accountId } : {}),
    ...(backdated ? { backdated: true as const } : {}),
  };
  const ended = to && { id: newId(), kind: 'resumed' as const, at: to, recordedAt: now, pauseId: id };
  const notice = makeDocument(p, doc, 'suspensionNotice', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row(switched ? '事由' : '暂停事由', 'Reason', PAUSE_WORDS[reason].label),
      row('说明', 'Explanation', note ?? ''),
      row('依据', 'Legal basis', basis),
      ...(from < now ? [row('开始', 'From', instantWords(from))] : []),
      to
        ? row('结束', 'Until', instantWords(to))
        : row(
            switched ? '预计结束' : '预计恢复',
            switched ? 'Expected to end' : 'Expected to go on',
            plannedEndOn ? dayWords(plannedEndOn, now) : both('—'),
          ),
      ...(backdated ? [row('补记时间', 'Entered later, at', instantWords(now))] : []),
      ...(approvedBy ? [row('批准人', 'Approved by', approvedBy.name)] : []),
    ],
    paragraphs: [effectOnTime(switched, now)],
  });
  const documents =
    backdated || reason === 'suspendedByLaw' || reason === 'inquiry' || reason === 'siteCheck'
      ? [notice]
      : [];
  return { pause, push: { pauses: [pause], clockEvents: ended ? [event, ended] : [event], documents } };
}

/**
 * When a pause is to count from and to, as asked: every mistake at its field. Without a beginning it is from now on.
 * @throws AppError with the pointer of the field that cannot be
 */
async function demandSpan(
  p: Platform,
  doc: ApplicationDocument,
  { startedAt, endedAt, plannedEndOn }: Pick<Pause, 'startedAt' | 'endedAt' | 'plannedEndOn'>,
): Promise<Pick<PauseRequest, 'startedAt' | 'endedAt' | 'plannedEndOn'>> {
  const now = p.time.now();
  const refuse = (pointer: string, code: `applications.${string}`): never =>
    timeErrors.fail(code as Parameters<typeof timeErrors.fail>[0], {}, [{ pointer, code }]);
  const start = startedAt === undefined ? null : new Date(startedAt);
  const end = endedAt === undefined ? null : new Date(endedAt);
  if (start && start > now) refuse('/startedAt', 'applications.pause_from_future');
  if (start && doc.acceptance && start < doc.acceptance.at)
    refuse('/startedAt', 'applications.pause_before_acceptance');
  if (end && !start) refuse('/endedAt', 'applications.pause_end_alone');
  if (end && start && end <= start) refuse('/endedAt', 'applications.pause_reversed');
  if (end && end > now) refuse('/endedAt', 'applications.pause_end_future');
  if (end) return { startedAt: start, endedAt: end, plannedEndOn: null };
  demandDay(p, plannedEndOn ?? '', '/plannedEndOn');
  // 民法典203: a day off is none on which work goes on.
  return {
    startedAt: start,
    endedAt: null,
    plannedEndOn: lastDayOf(plannedEndOn ?? '', await getCalendar(p)),
  };
}

/**
 * Stops the clock for a reason of the closed list. `suspendedByLaw` may be set by a clerk too (a dispute, a correction
 * under way); `supplement` only comes with a supplement notice. Where the catalogue asks for an approval, and wherever the
 * pause is entered later (补记), it becomes a request and the clock runs on until it is decided: `decidePause`.
 * Throws `applications.pause_reason_not_open`, or what is wrong with its times.
 */
export async function pause(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  body: Pause,
): Promise<ApplicationDocument> {
  const { reason, note } = body;
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('pause', doc, type, viewer);
  if (PAUSE_WORDS[reason].automatic) errors.fail('applications.pause_reason_not_open');
  if (!pauseReasonsOf(type).includes(reason)) {
    const problem = { pointer: '/reason', code: 'applications.pause_reason_unknown' };
    errors.fail('applications.pause_reason_unknown', { reason: PAUSE_WORDS[reason].label.zh }, [problem]);
  }
  const span = await demandSpan(p, doc, body);
  if (span.startedAt !== null || type.limits.pauseApproval?.includes(reason))
    return askPause(p, viewer, { doc, type }, { reason, note, ...span });
  const { plannedEndOn } = span;
  const switched = await limitSwitchOf(p, doc, type, reason);
  const opened = openPause(p, doc, { reason, note, plannedEndOn, by: personOf(viewer), switched });
  const data = { reason, plannedEndOn, pauseId: opened.pause.id, ...(switched ? { switched } : {}) };
  return applyChange(p, doc, type, {
    push: opened.push,
    events: [caseEvent(p, 'paused', doc, viewer.accountId, data)],
  });
}

type Asked = Pick<PauseRequest, 'reason' | 'note' | 'startedAt' | 'endedAt' | 'plannedEndOn'>;

async function askPause(
  p: Platform,
  viewer: Viewer,
  { doc, type }: { doc: ApplicationDocument; type: CaseType },
  asked: Asked,
): Promise<ApplicationDocument> {
  if (openPauseRequest(doc)) timeErrors.fail('applications.pause_request_open');
  const request: PauseRequest = {
    id: newId(),
    ...asked,
    askedAt: p.time.now(),
    askedBy: personOf(viewer),
    state: 'asked',
    decidedAt: null,
    decidedBy: null,
    opinion: null,
  };
  const data = {
    reason: asked.reason,
    requestId: request.id,
    startedAt: asked.startedAt?.toISOString() ?? null,
  };
  return applyChange(p, doc, type, {
    push: { pauseRequests: [request] },
    events: [caseEvent(p, 'pauseAsked', doc, viewer.accountId, data)],
  });
}

/**
 * By a supervisor who neither asked nor handles the case. Until then the clock ran, and what it set off stays in the record. An
 * approved pause counts from the moment at which it was asked for: how long the approver took must not be charged to the
 * handler. One that was entered later counts from when it began, and says for good that it was entered later.
 */
export async function decidePause(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { approve, opinion }: DecidePause,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('decidePause', doc, type, viewer);
  const asked = openPauseRequest(doc) ?? timeErrors.fail('applications.no_pause_request');
  const decided: PauseRequest = {
    ...asked,
    state: approve ? 'approved' : 'refused',
    decidedAt: p.time.now(),
    decidedBy: personOf(viewer),
    opinion,
  };
  const pauseRequests = (doc.pauseRequests ?? []).map((one) => (one.id === asked.id ? decided : one));
  const { reason, note, plannedEndOn, startedAt, endedAt: to, id: requestId } = asked;
  if (!approve) {
    const data = { reason, requestId };
    return applyChange(p, doc, type, {
      set: { pauseRequests },
      events: [caseEvent(p, 'pauseRefused', doc, viewer.accountId, data)],
    });
  }
  const backdated = startedAt !== null;
  const from = startedAt ?? asked.askedAt;
  const by = asked.askedBy;
  const switched = await limitSwitchOf(p, doc, type, reason);
  const approver = personOf(viewer);
  const order = { reason, note, plannedEndOn, by, from, to, approvedBy: approver, backdated, switched };
  const opened = openPause(p, doc, order);
  const approvedBy = viewer.accountId;
  const marks = switched ? { switched } : {};
  const data = { reason, plannedEndOn, pauseId: opened.pause.id, requestId, approvedBy, ...marks };
  const span = { from: from.toISOString(), to: to?.toISOString() ?? null };
  // 补记 changes what has been counted, and by that how far a promise that was made shorter since reaches back.
  const clockEvents = [...doc.clockEvents, ...opened.push.clockEvents];
  return applyChange(p, doc, await typeOf(p, { ...doc, clockEvents }), {
    set: { pauseRequests },
    push: opened.push,
    events: [
      caseEvent(p, backdated ? 'pauseRecorded' : 'paused', doc, viewer.accountId, { ...data, ...span }),
    ],
  });
}
