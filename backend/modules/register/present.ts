import { legalDayOf } from '../../platform/time.ts';
import { findDistrict } from './city.ts';
import type { Conflict } from './conflicts.ts';
import type {
  ConflictView,
  EncumbranceView,
  HolderView,
  PendingView,
  RightView,
  UnitFlags,
  UnitSummaryView,
  UnitView,
} from './contract.ts';
import { groupUnitCode } from './unit-code.ts';
import type { Encumbrance, Holder, PendingCase, Right, UnitDocument } from './unit.model.ts';
import { type Dated, isInForce, isLive, liveRight, positionOf, settleUnit } from './unit-state.ts';

/** `staff` sees history and the queue; `owner` what is live; numbers are masked for both. */
export type UnitViewer = 'staff' | 'owner';

/** Opens and masks a sealed ID number; given by the caller, so that this file stays pure. */
export type MaskedNumber = (unitCode: string, holder: Holder) => string;

/** 限制状况 on a day, without names: what anybody may be told who may ask about the unit at all. */
export function restrictionsOf(
  unit: { encumbrances: readonly Dated[] },
  on: string,
): Omit<UnitFlags, 'coOwned'> {
  const has = (kind: Encumbrance['kind']) =>
    unit.encumbrances.some((encumbrance) => encumbrance.kind === kind && isInForce(encumbrance, on));
  return {
    mortgaged: has('mortgage'),
    preNotice: has('preNotice'),
    objection: has('objection'),
    seized: has('seizure'),
    residence: has('residence'),
  };
}

export function flagsOf(unit: Pick<UnitDocument, 'rights' | 'encumbrances'>, on: string): UnitFlags {
  return { coOwned: (liveRight(unit)?.holders.length ?? 0) > 1, ...restrictionsOf(unit, on) };
}

export function presentUnitSummary(stored: UnitDocument, on: string): UnitSummaryView {
  const unit = settleUnit(stored, on);
  const district = findDistrict(unit.district);
  return {
    code: unit._id,
    codeGrouped: groupUnitCode(unit._id),
    status: unit.status,
    district: district ?? { code: unit.district, name: { zh: unit.district, en: unit.district } },
    address: unit.address,
    natural: unit.natural,
    flags: flagsOf(unit, on),
  };
}

export function presentUnit(
  stored: UnitDocument,
  viewer: UnitViewer,
  context: { on: string; maskedNumber: MaskedNumber },
): UnitView {
  const unit = settleUnit(stored, context.on);
  const all = viewer === 'staff';
  const rights = unit.rights.filter(({ status }) => all || status === 'current');
  const encumbrances = unit.encumbrances.filter((encumbrance) => all || isLive(encumbrance));
  return {
    ...presentUnitSummary(unit, context.on),
    rights: rights.map((right) => presentRight(unit, right, context.maskedNumber)),
    encumbrances: encumbrances.map((one) => presentEncumbrance(unit, one, { ...context, all })),
    pending: all ? unit.pending.map(presentPending) : [],
  };
}

/**
 * An order that has been served is nobody's to know before it is recorded but the office's: who is warned of a seizure moves what it is
 * to hold (查封规定23 binds the office; 个人信息保护法35). Neither code, verdict nor basis tells it apart from any other no.
 */
const NOT_NOW: ConflictView = {
  code: 'register.conflict.notNow',
  verdict: 'refuse',
  condition: null,
  met: false,
  sentence: {
    zh: '这项业务现在不能在网上办，请带证件到不动产登记大厅办理。',
    en: 'This cannot be done online now. Please bring your papers to a registration hall.',
  },
  basis: { zh: '《不动产登记暂行条例》', en: 'Interim Regulation on Real Estate Registration' },
};

/** For everybody but staff: to owners (`full`) with court, case and holder, to anybody else without. */
export function presentConflict(conflict: Conflict, full: boolean): ConflictView {
  if (conflict.state === 'orderServed') return NOT_NOW;
  const { code, verdict, condition, met, basis, sentence, publicSentence } = conflict;
  return { code, verdict, condition, met, sentence: full ? sentence : publicSentence, basis };
}

function presentHolder(unitCode: string, holder: Holder, maskedNumber: MaskedNumber): HolderView {
  const { name, partyKind, idKind, share } = holder;
  return { name, partyKind, idKind, idNumberMasked: maskedNumber(unitCode, holder), share };
}

function presentRight(unit: UnitDocument, right: Right, maskedNumber: MaskedNumber): RightView {
  const { id, kind, status, coOwnership, certificateNo, landTermUntil, registeredAt, closedAt } = right;
  return {
    id,
    kind,
    status,
    holders: right.holders.map((holder) => presentHolder(unit._id, holder, maskedNumber)),
    coOwnership,
    certificateNo,
    landTermUntil,
    registeredOn: legalDayOf(registeredAt),
    closedOn: closedAt && legalDayOf(closedAt),
  };
}

function presentEncumbrance(
  unit: UnitDocument,
  encumbrance: Encumbrance,
  { on, maskedNumber, all }: { on: string; maskedNumber: MaskedNumber; all: boolean },
): EncumbranceView {
  const { id, kind, status, mortgage, seizure, certificateNo, registeredAt, from, until, closedAt } =
    encumbrance;
  return {
    id,
    kind,
    status,
    rank: positionOf(unit, encumbrance),
    holders: encumbrance.holders.map((holder) => presentHolder(unit._id, holder, maskedNumber)),
    amountFen: mortgage?.amountFen ?? null,
    transferRestricted: mortgage?.transferRestricted ?? null,
    court: seizure?.court ?? null,
    docNo: seizure?.docNo ?? null,
    certificateNo,
    registeredOn: legalDayOf(registeredAt),
    from,
    until,
    inForce: isInForce(encumbrance, on),
    suit: (all && encumbrance.suit) || null,
    closedOn: closedAt && legalDayOf(closedAt),
  };
}

function presentPending(pending: PendingCase): PendingView {
  return { ...pending, acceptedAt: pending.acceptedAt.toISOString() };
}
