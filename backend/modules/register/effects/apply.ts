import { settleUnit } from '../unit-state.ts';
import type { CertificateConsequences } from '../unit.model.ts';
import {
  noCertificates,
  type Effect,
  type EffectContext,
  type EffectKind,
  type EffectResult,
  type UnitState,
} from './effect.ts';
import { createMortgage, dischargeMortgage } from './mortgage.ts';
import { renameHolder, transferOwnership } from './ownership.ts';
import { renewSeizure } from './renewal.ts';
import { createSeizure, liftSeizure } from './seizure.ts';

type Applied<K extends EffectKind> = (
  unit: UnitState,
  effect: Extract<Effect, { kind: K }>,
  context: EffectContext,
) => EffectResult;

/** One pure function an effect; the catalogue names effects by these keys. */
const EFFECTS = {
  'ownership.transfer': transferOwnership,
  'ownership.rename': renameHolder,
  'mortgage.create': createMortgage,
  'mortgage.discharge': dischargeMortgage,
  'seizure.create': createSeizure,
  'seizure.lift': liftSeizure,
  'seizure.renew': renewSeizure,
} satisfies { [K in EffectKind]: Applied<K> };

export const EFFECT_KINDS = Object.keys(EFFECTS) as readonly EffectKind[];

/** Applies effects in order to the unit as law has it on the day; all or none. */
export function applyEffects(
  unit: UnitState,
  effects: readonly Effect[],
  context: EffectContext,
): EffectResult {
  let state = settleUnit(unit, context.on);
  let certificates: CertificateConsequences = noCertificates();
  for (const effect of effects) {
    // The table is checked key by key above; TypeScript cannot carry that through the look-up.
    const apply = EFFECTS[effect.kind] as Applied<EffectKind>;
    const result = apply(state, effect, context);
    if (!result.ok) return result;
    state = result.unit;
    certificates = {
      needed: [...certificates.needed, ...result.certificates.needed],
      superseded: [...certificates.superseded, ...result.certificates.superseded],
      cancelled: [...certificates.cancelled, ...result.certificates.cancelled],
    };
  }
  return { ok: true, unit: state, certificates };
}
