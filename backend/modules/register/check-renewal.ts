import { conflictOfRefusal } from './effect-words.ts';
import type { Conflict } from './conflicts.ts';
import type { SeizureRenewal } from './effects/effect.ts';
import { renewSeizure } from './effects/renewal.ts';
import type { UnitDocument } from './unit.model.ts';
import { settleUnit } from './unit-state.ts';

/**
 * What keeps a seizure from being renewed on a day, so that the court and the clerk read it before anything is accepted.
 * Null: it can be. Pure; the writer of the register asks the same rule again.
 */
export function renewalConflict(unit: UnitDocument, effect: SeizureRenewal, on: string): Conflict | null {
  const context = { caseId: '', at: new Date(0), on, newId: () => '' };
  const result = renewSeizure(settleUnit(unit, on), effect, context);
  return result.ok ? null : conflictOfRefusal(result.refusal);
}
