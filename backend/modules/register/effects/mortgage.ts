import { liveRight, nextRank, isLive } from '../unit-state.ts';
import type { Encumbrance, Right } from '../unit.model.ts';
import {
  neededCertificate,
  noCertificates,
  type Effect,
  type EffectContext,
  type EffectRefusalReason,
  type EffectResult,
  type UnitState,
} from './effect.ts';

type Create = Extract<Effect, { kind: 'mortgage.create' }>;
type Discharge = Extract<Effect, { kind: 'mortgage.discharge' }>;

/** 抵押权首次登记: takes the next 顺位; the order of recording is the order of acceptance (细则67). */
export function createMortgage(unit: UnitState, effect: Create, context: EffectContext): EffectResult {
  const reason = whyNot(liveRight(unit), effect);
  if (reason) return { ok: false, refusal: { reason, params: {} } };
  const mortgage: Encumbrance = {
    id: context.newId(),
    kind: 'mortgage',
    status: 'current',
    rank: nextRank(unit.encumbrances, 'mortgage'),
    holders: [...effect.holders],
    mortgage: effect.terms,
    seizure: null,
    from: context.on,
    // A mortgage ends with its debt and by discharge, not by the calendar.
    until: null,
    certificateNo: effect.certificateNo,
    registeredAt: context.at,
    caseId: context.caseId,
    closedAt: null,
    closedByCaseId: null,
  };
  return {
    ok: true,
    unit: { ...unit, encumbrances: [...unit.encumbrances, mortgage] },
    certificates: neededCertificate(effect.certificateNo, 'certification', mortgage.id),
  };
}

/** Disposing of what is held together takes all who hold it (民法典301; offices ask for all also under 按份共有). */
function whyNot(live: Right | null, { mortgagors, holders }: Create): EffectRefusalReason | null {
  if (!live) return 'noLiveRight';
  if (holders.length === 0) return 'receiverMissing';
  if (mortgagors.length === 0) return 'giverMissing';
  const named = new Set(mortgagors.map(({ idIndex }) => idIndex));
  const owners = new Set(live.holders.map(({ idIndex }) => idIndex));
  if ([...named].some((index) => !owners.has(index))) return 'notOwner';
  return [...owners].every((index) => named.has(index)) ? null : 'coOwnerMissing';
}

/** 抵押权注销登记. Later mortgages keep their order of registration and so move up. */
export function dischargeMortgage(unit: UnitState, effect: Discharge, context: EffectContext): EffectResult {
  const mortgage = unit.encumbrances.find(
    (one) => one.kind === 'mortgage' && isLive(one) && one.certificateNo === effect.certificateNo,
  );
  if (!mortgage) {
    return {
      ok: false,
      refusal: { reason: 'mortgageNotFound', params: { certificateNo: effect.certificateNo } },
    };
  }
  // 细则70: the mortgagee applies, all of them where the mortgage is held together.
  const named = new Set(effect.mortgagees.map(({ idIndex }) => idIndex));
  const holders = new Set(mortgage.holders.map(({ idIndex }) => idIndex));
  if (named.size !== holders.size || [...named].some((index) => !holders.has(index))) {
    return { ok: false, refusal: { reason: 'notMortgagee', params: {} } };
  }
  const closed: Encumbrance = {
    ...mortgage,
    status: 'historic',
    closedAt: context.at,
    closedByCaseId: context.caseId,
  };
  return {
    ok: true,
    unit: { ...unit, encumbrances: unit.encumbrances.map((one) => (one === mortgage ? closed : one)) },
    certificates: { ...noCertificates(), cancelled: [effect.certificateNo] },
  };
}
