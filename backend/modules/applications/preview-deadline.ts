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
import { typeOf } from './case-type.ts';
import type { DeadlinePreview, PreviewDeadline } from './contract.ts';
import { errors } from './errors.ts';
import { withExtension } from './extension-cap.ts';
import { getForStaff } from './load.ts';
import { demandDay } from './pause.ts';
import { openExtension, type Viewer } from './policy.ts';
import type { PauseReason } from './vocabulary.ts';

/** A pause from now that ends as planned: at the first office hour of that day. */
function pausedUntil(reason: PauseReason, end: Date, now: Date): ClockEvent[] {
  return [
    { id: 'preview', kind: 'paused', at: now, recordedAt: now, reason },
    { id: 'preview-end', kind: 'resumed', at: end, recordedAt: end, pauseId: 'preview' },
  ];
}

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
    mostDays,
  };
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
  const { limits } = await typeOf(p, doc);
  const calendar = await getCalendar(p);
  const now = p.time.now();
  if (act === 'pause') {
    const end = plannedEndOn ?? '';
    demandDay(p, end, '/query/plannedEndOn');
    const events = [...doc.clockEvents, ...pausedUntil(reason, openingOf(calendar, toDayNumber(end)), now)];
    const before = computeDeadline({ events: doc.clockEvents, limits, calendar, now });
    return present(calendar, before, computeDeadline({ events, limits, calendar, now }), null);
  }
  const asked = days ?? openExtension(doc)?.days ?? 1;
  const { before, after } = withExtension(doc.clockEvents, { limits, calendar, now }, asked);
  const { most } = withExtension(doc.clockEvents, { limits, calendar, now }, 60);
  return present(calendar, before, after, most);
}
