import { instantAt } from '../../../platform/time.ts';
import { addDays, isLive, lastDayOfTerm, LONGEST_SEIZURE_MONTHS } from '../unit-state.ts';
import type { Encumbrance, SeizureTerms } from '../unit.model.ts';
import {
  noCertificates,
  type EffectContext,
  type EffectRefusal,
  type EffectRefusalReason,
  type EffectResult,
  type SeizureRenewal,
  type UnitState,
} from './effect.ts';
import { isSeizureOf } from './seizure.ts';

type Dated = Encumbrance & { seizure: SeizureTerms; until: string };

const no = (reason: EffectRefusalReason, params: EffectRefusal['params'] = {}): EffectRefusal => ({
  reason,
  params,
});

/**
 * 续行查封登记 (民诉法解释485): lengthens the term of a seizure before it ends, by three years at most, and leaves its rank
 * as it is. The added term follows the old one without a day between, so nobody who waits behind comes into force.
 *
 * An order that was served in time is not defeated by the office's own delay: a seizure that ran out between service
 * and registration stands again, and who took its place meanwhile waits as before.
 */
export function renewSeizure(unit: UnitState, effect: SeizureRenewal, context: EffectContext): EffectResult {
  const found = findRenewable(unit, effect, context.on);
  if ('reason' in found) return { ok: false, refusal: found };
  const { docNo, on, after, until } = {
    docNo: effect.renewalDocNo,
    on: context.on,
    after: found.until,
    until: lastDayOfTerm(found.until, effect.termMonths),
  };
  const renewal = { docNo, on, after, until, caseId: context.caseId };
  const encumbrances = unit.encumbrances.map((one): Encumbrance => {
    if (one.id === found.id) {
      const renewals = [...(found.seizure.renewals ?? []), renewal];
      return { ...one, status: 'current', until, closedAt: null, seizure: { ...found.seizure, renewals } };
    }
    const tookItsPlace =
      found.status === 'lapsed' &&
      one.kind === 'seizure' &&
      one.status === 'current' &&
      one.rank > found.rank;
    return tookItsPlace ? { ...one, status: 'waiting', from: null, until: null } : one;
  });
  return { ok: true, unit: { ...unit, encumbrances }, certificates: noCertificates() };
}

/** The seizure that the order can renew on this day, or why it cannot. The unit must be settled for the day. */
function findRenewable(unit: UnitState, effect: SeizureRenewal, on: string): Dated | EffectRefusal {
  const { docNo, termMonths, servedOn, renewalDocNo } = effect;
  const named = unit.encumbrances.filter((one) => isSeizureOf(one, effect.court, docNo));
  const seizure = named.find(isLive) ?? named.findLast(({ status }) => status === 'lapsed');
  if (!seizure?.seizure) return no('seizureNotFound', { docNo });
  if (termMonths < 1 || termMonths > LONGEST_SEIZURE_MONTHS) {
    return no('termTooLong', { limitMonths: LONGEST_SEIZURE_MONTHS });
  }
  const { until, seizure: terms } = seizure;
  if (seizure.status === 'waiting' || until === null) return no('seizureWaits', { docNo });
  if (seizure.status === 'lapsed' && !isServedInTime(unit, until, servedOn)) {
    return no('seizureLapsed', { docNo, until });
  }
  if (terms.renewals?.some((one) => one.docNo === renewalDocNo))
    return no('seizureTwice', { docNo: renewalDocNo });
  // One term ahead at most: a row of orders registered today would seize for longer than three years at a time.
  const last = terms.renewals?.at(-1);
  if (last && on <= last.after) return no('renewedAlready', { docNo, until, from: last.after });
  return { ...seizure, seizure: terms, until };
}

/** Served before it ended, and the home has not passed to somebody else since; 更名 passes it to nobody. */
function isServedInTime(unit: UnitState, until: string, servedOn: string): boolean {
  const endedAt = instantAt(addDays(until, 1));
  const passed = unit.rights.some(({ registeredAt, renamed }) => registeredAt > endedAt && !renamed);
  return servedOn <= until && !passed;
}
