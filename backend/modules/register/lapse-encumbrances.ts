import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { eventsOf, makeChange, writeDecision } from './record-change.ts';
import { units, type UnitDocument } from './unit.model.ts';
import { settleUnit } from './unit-state.ts';

const BATCH = 200;

/**
 * Writes down what the calendar has already done: encumbrances past their last day are marked lapsed, and the next
 * waiting seizure is marked in force (查封规定26, 27; 民法典220, 221). Readers honour the dates without it.
 */
export async function lapseEncumbrances(p: Platform, now: Date): Promise<{ lapsed: number }> {
  const on = legalDayOf(now);
  const due = (await units(p)
    .find({ nextLapseOn: { $type: 'string', $lt: on } }, { outbox: 0 })
    .sort({ nextLapseOn: 1 })
    .limit(BATCH)
    .lean()) as UnitDocument[];
  let lapsed = 0;
  for (const unit of due) if (await lapseUnit(p, unit, on)) lapsed += 1;
  return { lapsed };
}

async function lapseUnit(p: Platform, unit: UnitDocument, on: string): Promise<boolean> {
  const state = settleUnit(unit, on);
  if (state === unit) return false;
  const ended = state.encumbrances.filter(
    ({ status }, index) => status === 'lapsed' && unit.encumbrances[index]?.status !== 'lapsed',
  );
  // Named by what ended: a job cut off and run again, or two of them, mark it once.
  const caseId = `lapse:${ended.map(({ id }) => id).join('+')}`;
  const order = { caseId, caseNo: '', businessType: '', at: instantAt(on), actorId: null, entryId: caseId };
  const certificates = {
    needed: [],
    superseded: [],
    cancelled: ended.flatMap(({ certificateNo }) => (certificateNo === null ? [] : [certificateNo])),
  };
  const change = makeChange(p, unit, order, { kinds: ['encumbrance.lapse'], state, certificates });
  const { pending, served } = unit;
  const events = eventsOf(state, change, pending);
  return writeDecision(p, unit, { state, change, pending, served, events }, null);
}

export const lapseJob: Job = {
  name: 'register.lapseEncumbrances',
  everyMs: 15 * 60_000,
  run: (p, now) => lapseEncumbrances(p, now),
};
