import type { Platform } from '../../platform/platform.ts';
import { findAccountNames } from '../accounts/index.ts';
import { getCalendar } from '../clock/index.ts';
import { getFileFacts } from '../files/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { deadlineOf } from './clocks.ts';
import type { ClocksView, TimelineEntry } from './contract.ts';
import { presentClocks } from './present-parts.ts';
import { readCaseEvents } from './timeline.ts';
import { stepDue } from './step-due.ts';
import { timelineOf, type TimelineContext } from './timeline-view.ts';

/** What the pages of a case need beside the case itself, read once. */

export async function clocksOf(
  p: Platform,
  doc: ApplicationDocument,
  type?: CaseType,
): Promise<ClocksView | null> {
  const [calendar, known] = [await getCalendar(p), type ?? (await typeOf(p, doc))];
  const deadline = deadlineOf(doc.clockEvents, known.limits, calendar, p.time.now());
  return deadline && presentClocks(deadline, known.limits.citation);
}

export async function timelineFor(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  audience: TimelineContext['audience'],
): Promise<TimelineEntry[]> {
  // Who acts on a case is nearly always one of these: their names travel with the events, not after them.
  const likely = [doc.initiator.accountId, ...(doc.handler ? [doc.handler.accountId] : [])];
  const [events, known] = await Promise.all([readCaseEvents(p, doc), findAccountNames(p, likely)]);
  const others = events.flatMap(({ actorId }) => (actorId === null || known.has(actorId) ? [] : [actorId]));
  const names = others.length === 0 ? known : new Map([...known, ...(await findAccountNames(p, others))]);
  const [calendar, now] = [await getCalendar(p), p.time.now()];
  return timelineOf(events, {
    doc,
    type,
    names,
    audience,
    stageDue: stepDue(doc, type, { calendar, now }),
    now,
  });
}

/** Scan state by file: a file that is not clean is shown to its owner only. */
export async function scansOf(p: Platform, doc: ApplicationDocument): Promise<Map<string, string>> {
  const ids = doc.materials.flatMap(({ files }) => files.map(({ fileId }) => fileId));
  if (ids.length === 0) return new Map();
  const facts = await getFileFacts(p, ids);
  return new Map(facts.map(({ id, scan }) => [id, scan]));
}
