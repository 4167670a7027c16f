import { AppError } from '../../platform/errors.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar, type Calendar } from '../clock/index.ts';
import { agentsWith, unprovenEvents } from './agents.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { movedEvents, type MovedType } from './rules-move.ts';
import { stampOf } from './case-type.ts';
import { workOf } from './clocks.ts';
import { errors } from './errors.ts';
import { refusalOf, waitingKeys, type TypeRules, type Viewer } from './policy.ts';
import { statusWord } from './wording.ts';
import type { Act } from './vocabulary.ts';

/** What one act writes. Arrays that grow are pushed; everything else is set. */
export interface Change {
  set?: Partial<ApplicationDocument>;
  push?: Partial<Record<PushedField, readonly unknown[]>>;
  events?: readonly OutboxEvent[];
  /** Who acts for a party by this change: kept, so that the same person never handles the case as staff (回避). */
  agent?: Viewer;
}

type PushedField =
  | 'opinions'
  | 'pauses'
  | 'extensions'
  | 'pauseRequests'
  | 'corrections'
  | 'clockEvents'
  | 'documents'
  | 'earlierSubmissions'
  | 'viewers'
  | 'followers';

type WorkType = MovedType;

/** The case as it will be, with the fields that follow from the others. Pure but for the calendar it is given. */
export function derive(
  before: ApplicationDocument,
  change: Change,
  { type, calendar, now }: { type: WorkType; calendar: Calendar; now: Date },
): Pick<ApplicationDocument, 'waitingOn' | 'work' | 'partyIndexes' | 'agentIndexes'> {
  const after: ApplicationDocument = { ...before, ...change.set };
  for (const [field, items] of Object.entries(change.push ?? {})) {
    const name = field as PushedField;
    Object.assign(after, { [name]: [...((before[name] as unknown[] | undefined) ?? []), ...items] });
  }
  return {
    waitingOn: waitingKeys(after),
    partyIndexes: [
      ...new Set(
        after.parties.flatMap(({ idIndex, formerIndex }) => [idIndex, ...(formerIndex ? [formerIndex] : [])]),
      ),
    ],
    agentIndexes: agentsWith(before.agentIndexes ?? [], change.agent),
    work: workOf({ doc: after, type, calendar, now }),
  };
}

/** The update of a change, for one document at one revision. Shared with the batched submission. */
export async function updateOf(
  p: Platform,
  before: ApplicationDocument,
  type: WorkType,
  change: Change,
): Promise<Record<string, unknown>> {
  const now = p.time.now();
  const calendar = await getCalendar(p);
  const derived = derive(before, change, { type, calendar, now });
  // A case that is changed before the job comes to it is told of the new calendar by this very write.
  const behind = before.work.calendarVersion !== stampOf(calendar.version, type.rulesVersion);
  const events = [
    ...(behind ? movedEvents(p, before, type, calendar) : []),
    ...(change.events ?? []),
    ...(await unprovenEvents(p, { ...before, ...change.set }, change.agent)),
  ];
  const push: Record<string, unknown> = {};
  for (const [field, items] of Object.entries(change.push ?? {}))
    if (items.length > 0) push[field] = { $each: items };
  if (events.length > 0) push.outbox = { $each: events };
  // Read with the calendar of today (`load.ts`): the day of the answer is kept with the dates that follow from it.
  const waiting = before.status === 'submitted' ? { submission: before.submission } : {};
  return {
    $set: { ...waiting, ...change.set, ...derived, revision: before.revision + 1, updatedAt: now },
    ...(Object.keys(push).length > 0 ? { $push: push } : {}),
  };
}

/**
 * The only way a case changes: one update, filtered by the revision that the act was decided on. Every check made
 * on that revision therefore still holds when the write happens; a rival's write makes this one match nothing.
 * Returns the case as written, or null when it lost the race.
 */
export async function tryChange(
  p: Platform,
  before: ApplicationDocument,
  type: WorkType,
  change: Change,
): Promise<ApplicationDocument | null> {
  const after = await applications(p).collection.findOneAndUpdate(
    { _id: before._id as never, revision: before.revision },
    await updateOf(p, before, type, change),
    { returnDocument: 'after' },
  );
  const written = after as unknown as ApplicationDocument | null;
  if (written && change.events?.length) p.outbox.notify('applications', written);
  return written;
}

/** Like `tryChange`; a lost race is told as such: 409 `applications.changed_meanwhile`. */
export async function applyChange(
  p: Platform,
  before: ApplicationDocument,
  type: WorkType,
  change: Change,
): Promise<ApplicationDocument> {
  return (await tryChange(p, before, type, change)) ?? errors.fail('applications.changed_meanwhile');
}

/** A clerk decides on what was read (条例18): not on papers that came after the page was opened. */
export function demandRead(doc: ApplicationDocument, filingHash: string | undefined): void {
  if (filingHash !== undefined && filingHash !== doc.submission?.hash) {
    errors.fail('applications.decided_on_old_filing');
  }
}

/** Throws the policy's reason when `viewer` may not do `act` now. */
export function demand(act: Act, facts: ApplicationDocument, rules: TypeRules, viewer: Viewer): void {
  const refusal = refusalOf(act, facts, rules, viewer);
  if (!refusal) return;
  const { code, params } = refusal;
  throw new AppError(
    code,
    code === 'applications.act_not_possible' ? { status: statusWord(facts.status) } : params,
  );
}
