import type { Platform } from '../../platform/platform.ts';
import { draftCalendar, type Calendar } from '../clock/index.ts';
import { typeUnder } from './case-type.ts';
import type { CalendarEffect, CalendarYear } from './contract.ts';
import { movedCases, type MovedRow } from './moved-cases.ts';

/**
 * Which days a year would change, how many open cases would move and by how much, and of what is not accepted yet, how many answers
 * (C4: one working day); writes nothing.
 */
export async function previewCalendar(p: Platform, given: CalendarYear): Promise<CalendarEffect> {
  const draft = await draftCalendar(p, given);
  const now = p.time.now();
  const rulesOf = async (doc: MovedRow) => {
    const by = async (calendar: Calendar) => ({ type: await typeUnder(p, doc, calendar), calendar });
    return { before: await by(draft.before), after: await by(draft.after) };
  };
  const cases = await movedCases(p, rulesOf, { now });
  const answers = await movedCases(p, rulesOf, { now, awaited: 'answer' });
  return {
    year: given.year,
    version: draft.version.version,
    basedOn: draft.before.version,
    becomes: draft.after.version,
    changes: draft.changes,
    cases,
    answers,
    computedAt: now.toISOString(),
  };
}
