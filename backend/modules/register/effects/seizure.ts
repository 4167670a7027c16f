import {
  isLive,
  lastDayOfTerm,
  liveRight,
  LONGEST_SEIZURE_MONTHS,
  nextRank,
  nextWaitingSeizure,
  takeEffect,
} from '../unit-state.ts';
import type { Encumbrance } from '../unit.model.ts';
import {
  noCertificates,
  type Effect,
  type EffectContext,
  type EffectRefusalReason,
  type EffectResult,
  type UnitState,
} from './effect.ts';

type Create = Extract<Effect, { kind: 'seizure.create' }>;
type Lift = Extract<Effect, { kind: 'seizure.lift' }>;

function refuse(reason: EffectRefusalReason, params: Record<string, string | number> = {}): EffectResult {
  return { ok: false, refusal: { reason, params } };
}

/** 查封登记; while another seizure is in force it is 轮候查封 and waits in order of service (查封规定26, 细则91). */
export function createSeizure(unit: UnitState, effect: Create, context: EffectContext): EffectResult {
  const { terms } = effect;
  if (!terms.preSeizure && !liveRight(unit)) return refuse('noLiveRight');
  const executed = terms.heldAs ?? terms.executedName ?? null;
  const notTheirs = executed === null ? null : whyNotTheirs(unit, executed, terms.preSeizure);
  if (notTheirs) return refuse(notTheirs, { name: executed ?? '' });
  if (terms.termMonths < 1 || terms.termMonths > LONGEST_SEIZURE_MONTHS) {
    return refuse('termTooLong', { limitMonths: LONGEST_SEIZURE_MONTHS });
  }
  if (findSeizure(unit, terms.court, terms.docNo)) return refuse('seizureTwice', { docNo: terms.docNo });
  const waits = unit.encumbrances.some(({ kind, status }) => kind === 'seizure' && status === 'current');
  const seizure: Encumbrance = {
    id: context.newId(),
    kind: 'seizure',
    status: waits ? 'waiting' : 'current',
    rank: nextRank(unit.encumbrances, 'seizure'),
    holders: [],
    mortgage: null,
    seizure: terms,
    from: waits ? null : context.on,
    until: waits ? null : lastDayOfTerm(context.on, terms.termMonths),
    certificateNo: null,
    registeredAt: context.at,
    caseId: context.caseId,
    closedAt: null,
    closedByCaseId: null,
  };
  return {
    ok: true,
    unit: { ...unit, encumbrances: [...unit.encumbrances, seizure] },
    certificates: noCertificates(),
  };
}

/**
 * Only what is the debtor's is seized, under whichever name the papers show it to be (查封规定2). A sale that is registered goes before the order against the seller (查封规定23). 预查封 is for
 * what will be theirs: before first registration, where the register knows no holder or the developer, or under a
 * 预告登记 of the purchase that is in force (民法典221). It is no way to seize a home that belongs to somebody else by now.
 */
function whyNotTheirs(unit: UnitState, executed: string, preSeizure: boolean): EffectRefusalReason | null {
  const named = (one: { holders: readonly { name: string }[] }) =>
    one.holders.some(({ name }) => isSameName(name, executed));
  const live = liveRight(unit);
  const owns = live !== null && named(live);
  const expects = unit.encumbrances.some(
    (one) => one.kind === 'preNotice' && one.status === 'current' && one.mortgage === null && named(one),
  );
  if (!preSeizure && owns) return null;
  if (!preSeizure) return expects ? 'executedIsExpectant' : 'executedNotOwner';
  if (expects || (unit.status === 'future' && (live === null || owns))) return null;
  return owns ? 'executedIsOwner' : 'executedNotExpectant';
}

/** 解封: the seizure ends, and the first that waits takes effect by itself on the same day (查封规定26). */
export function liftSeizure(unit: UnitState, effect: Lift, context: EffectContext): EffectResult {
  const seizure = findSeizure(unit, effect.court, effect.docNo);
  if (!seizure) return refuse('seizureNotFound', { docNo: effect.docNo });
  const closed: Encumbrance = {
    ...seizure,
    status: 'historic',
    closedAt: context.at,
    closedByCaseId: context.caseId,
  };
  const next = seizure.status === 'current' ? nextWaitingSeizure(unit.encumbrances) : null;
  const encumbrances = unit.encumbrances.map((one) => {
    if (one === seizure) return closed;
    return one === next ? takeEffect(one, context.on) : one;
  });
  return { ok: true, unit: { ...unit, encumbrances }, certificates: noCertificates() };
}

/** Spaces, full-width brackets and the several dots of names are no difference between a court's order and the register. */
function isSameName(a: string, b: string): boolean {
  const fold = (name: string) =>
    name
      .normalize('NFKC')
      .replace(/\s+/gu, '')
      .replace(/[·•‧∙⋅・･․.]/gu, '·');
  return fold(a) === fold(b);
}

/** Full-width brackets and spaces of typing are no difference between two writings of one number. */
const foldDocNo = (docNo: string): string => docNo.normalize('NFKC').replace(/[\s\u200b]/gu, '');

export function isSeizureOf({ kind, seizure }: Encumbrance, court: string, docNo: string): boolean {
  if (kind !== 'seizure' || seizure === null) return false;
  return seizure.court === court && foldDocNo(seizure.docNo) === foldDocNo(docNo);
}

function findSeizure(unit: UnitState, court: string, docNo: string): Encumbrance | undefined {
  return unit.encumbrances.find((one) => isLive(one) && isSeizureOf(one, court, docNo));
}
