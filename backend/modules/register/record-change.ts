import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { blockingConflicts, conflictsOf, isStoppedBySeizure } from './conflicts.ts';
import { applyEffects } from './effects/apply.ts';
import type { UnitState } from './effects/effect.ts';
import { conflictOfRefusal } from './effect-words.ts';
import { errors } from './errors.ts';
import { makeLedgerEntry } from './ledger-entry.ts';
import type { RecordOrder, RecordOutcome } from './orders.ts';
import { findUnit } from './reads.ts';
import { sealEffects } from './seal.ts';
import { units, type UnitChange, type UnitDocument } from './unit.model.ts';
import { derivedFields } from './unit-state.ts';

/** A unit has a handful of rivals at most; more lost races than this means something is wrong. */
const ATTEMPTS = 20;

/** What is decided about one revision, before it is written. */
export interface Decision {
  state: UnitState;
  change: UnitChange;
  events: { type: string; data: Record<string, unknown> }[];
  /** The case leaves the queue with the same write. */
  pending: UnitDocument['pending'];
  /** So does the order of an authority: recorded, it is held for no longer. */
  served: UnitDocument['served'];
}

/**
 * 登簿: the only writer of what the register says. Checks the conflict matrix and the effects against one revision and
 * writes over exactly that revision, with the ledger entry and the events in the same write. Idempotent by case: a
 * second call answers `already`. Nothing is written unless the outcome is `recorded`.
 */
export async function recordChange(p: Platform, order: RecordOrder): Promise<RecordOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const unit = await findUnit(p, order.unitCode);
    if (!unit) return errors.fail('register.unitNotFound');
    const done = unit.changes.find(({ caseId }) => caseId === order.caseId);
    if (done) return { outcome: 'already', revision: done.revision, certificates: done.certificates };
    if (order.expectedRevision !== undefined && order.expectedRevision !== unit.revision) {
      return { outcome: 'stale', revision: unit.revision };
    }
    const decision = decide(p, unit, order);
    if ('conflicts' in decision) return { outcome: 'conflict', conflicts: decision.conflicts };
    if (await writeDecision(p, unit, decision, order.actorId)) {
      const { revision, certificates } = decision.change;
      return { outcome: 'recorded', revision, certificates };
    }
  }
  const unit = await findUnit(p, order.unitCode);
  return { outcome: 'stale', revision: unit?.revision ?? 0 };
}

function decide(
  p: Platform,
  unit: UnitDocument,
  order: RecordOrder,
): Decision | { conflicts: RecordConflicts } {
  const { caseId, at, unitCode, conditionsMet } = order;
  const on = legalDayOf(at);
  const conflicts = blockingConflicts(conflictsOf(unit, order.request, { on, caseId, conditionsMet }));
  if (conflicts.length > 0) return { conflicts };
  // Ids from the case and a counter: a recovered recording makes the same document.
  let count = 0;
  const newId = () => `${caseId}-${(count += 1)}`;
  const effects = sealEffects(p, unitCode, order.effects, newId);
  const result = applyEffects(unit, effects, { caseId, at, on, newId });
  if (!result.ok) return { conflicts: [conflictOfRefusal(result.refusal)] };

  const kinds = effects.map(({ kind }) => kind);
  const pending = unit.pending.filter((one) => one.caseId !== caseId);
  const change = makeChange(p, unit, order, { kinds, state: result.unit, certificates: result.certificates });
  const served = unit.served?.filter((one) => one.caseId !== caseId);
  return { state: result.unit, change, pending, served, events: eventsOf(result.unit, change, pending) };
}

type RecordConflicts = Extract<RecordOutcome, { outcome: 'conflict' }>['conflicts'];

/** The entry of the unit's own history for one act. */
export function makeChange(
  p: Platform,
  unit: UnitDocument,
  order: Pick<RecordOrder, 'caseId' | 'caseNo' | 'businessType' | 'at' | 'actorId' | 'entryId'>,
  made: { kinds: string[]; state: UnitState; certificates: UnitChange['certificates'] },
): UnitChange {
  const { caseId, caseNo, businessType, at, actorId, entryId } = order;
  const revision = unit.revision + 1;
  const { kinds, state, certificates } = made;
  const entry = makeLedgerEntry(p, { id: entryId, revision, at, kinds }, state);
  return { caseId, caseNo, businessType, revision, at, actorId, kinds, entryId, certificates, entry };
}

/** `register.changed` always; `register.seized` when a seizure came, naming the accepted cases that it interrupts. */
export function eventsOf(
  state: UnitState,
  change: UnitChange,
  pending: UnitDocument['pending'],
): Decision['events'] {
  const { caseId, revision, entryId, kinds, certificates } = change;
  const unitCode = state._id;
  const changed = {
    type: 'register.changed',
    data: { unitCode, revision, caseId, entryId, kinds, certificates },
  };
  const seized = state.encumbrances
    .filter((one) => one.kind === 'seizure' && one.caseId === caseId && one.closedAt === null)
    .map(({ id, status }) => ({
      type: 'register.seized',
      data: {
        unitCode,
        caseId,
        encumbranceId: id,
        waiting: status === 'waiting',
        pendingCaseIds: pending.filter((one) => isStoppedBySeizure(one.request)).map((one) => one.caseId),
      },
    }));
  return [changed, ...seized];
}

/**
 * One write over one revision. The filter is the invariant: `revision` lets exactly one of several rivals through, and
 * `changes.caseId` lets a case through once, even for a caller that holds an old revision number.
 */
export async function writeDecision(
  p: Platform,
  unit: UnitDocument,
  decision: Decision,
  actorId: string | null,
): Promise<boolean> {
  const { state, change, pending, served, events } = decision;
  const { status, rights, encumbrances } = state;
  const outbox = events.map(({ type, data }) => p.outbox.event(type, actorId, data));
  const { modifiedCount } = await units(p).collection.updateOne(
    { _id: unit._id as never, revision: unit.revision, 'changes.caseId': { $ne: change.caseId } },
    {
      $set: {
        status,
        rights,
        encumbrances,
        pending,
        ...(served ? { served } : {}),
        ...derivedFields(state),
        revision: change.revision,
      },
      $push: { changes: change, outbox: { $each: outbox } } as never,
    },
  );
  if (modifiedCount === 0) return false;
  p.outbox.notify('units');
  return true;
}
