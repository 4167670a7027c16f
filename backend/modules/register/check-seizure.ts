import { conflictOfRefusal } from './effect-words.ts';
import type { Conflict } from './conflicts.ts';
import type { EffectOf, GiverOrder, PartyOrder } from './effects/effect.ts';
import { renewSeizure } from './effects/renewal.ts';
import { createSeizure } from './effects/seizure.ts';
import type { UnitDocument } from './unit.model.ts';
import { settleUnit } from './unit-state.ts';

type SeizureOrder = Extract<EffectOf<PartyOrder, GiverOrder>, { kind: 'seizure.create' | 'seizure.renew' }>;

/**
 * What keeps a seizure from being entered or renewed on a day, so that the court and the clerk read it before anything is
 * accepted, and nobody's home is held for an order against somebody else. Null: it can be. Pure; the writer of the
 * register asks the same rule again.
 */
export function seizureConflict(unit: UnitDocument, effect: SeizureOrder, on: string): Conflict | null {
  const context = { caseId: '', at: new Date(0), on, newId: () => '' };
  const state = settleUnit(unit, on);
  const result =
    effect.kind === 'seizure.create'
      ? createSeizure(state, effect, context)
      : renewSeizure(state, effect, context);
  return result.ok ? null : conflictOfRefusal(result.refusal);
}
