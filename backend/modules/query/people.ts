import { isLive, liveRight, settleUnit, type Holder, type UnitDocument } from '../register/index.ts';
import { disclosureOf } from './disclosure.ts';
import type { Relation } from './vocabulary.ts';

/**
 * Blind indexes of those of whom an answer tells: named or not, as what encumbers a home tells of its owner. An organisation that owns
 * is among them, its members see its list; a bank is not told of every look at every home that it lent on. Pure.
 * @param self the requester, who needs no record of having seen themselves
 */
export function peopleShown(
  stored: UnitDocument,
  relation: Relation,
  { on, self }: { on: string; self: string | null },
): string[] {
  const unit = settleUnit(stored, on);
  const encumbrancers = disclosureOf(relation, 'encumbrancerName') ? unit.encumbrances.filter(isLive) : [];
  const former = disclosureOf(relation, 'history') ? unit.rights : [];
  const owners: Holder[] = [liveRight(unit) ?? { holders: [] }, ...former].flatMap((one) => one.holders);
  const holding = encumbrancers
    .flatMap((one) => one.holders)
    .filter(({ partyKind }) => partyKind === 'person');
  const seen = [...owners, ...holding].filter(({ idIndex }) => idIndex !== self);
  return [...new Set(seen.map(({ idIndex }) => idIndex))];
}

export interface LookAt {
  subjectPersonIndexes: string[];
  unitCodes: string[];
}

/**
 * A look at several units as the looks that it is for those whom it concerns: those who stand on the same of them share one, so that nobody
 * learns from their list which other homes somebody has. Whoever stands on none has one without a unit. Pure.
 */
export function looksAt(units: readonly UnitDocument[], subjects: readonly string[]): LookAt[] {
  const looks = new Map<string, LookAt>();
  for (const subject of subjects) {
    const unitCodes = units.filter((unit) => isNamedOn(unit, subject)).map(({ _id }) => _id);
    const look = looks.get(unitCodes.join()) ?? { subjectPersonIndexes: [], unitCodes };
    look.subjectPersonIndexes.push(subject);
    looks.set(unitCodes.join(), look);
  }
  return [...looks.values()];
}

const isNamedOn = ({ rights, encumbrances }: UnitDocument, index: string): boolean =>
  [...rights, ...encumbrances].some(({ holders }) => holders.some(({ idIndex }) => idIndex === index));

/**
 * As whom the register names somebody on a unit today; null: it does not. An objection is no right on the unit: whoever had it entered is
 * an interested party (民法典220), and shows a contract or the notice of their suit like any other (查询办法19, 20). Pure.
 */
export function relationOn(stored: UnitDocument, holderIndex: string, on: string): Relation | null {
  const unit = settleUnit(stored, on);
  const owners = liveRight(unit)?.holders ?? [];
  if (owners.some(({ idIndex }) => idIndex === holderIndex)) return owners.length > 1 ? 'coOwner' : 'owner';
  const holds = unit.encumbrances
    .filter((one) => isLive(one) && one.kind !== 'objection')
    .some(({ holders }) => holders.some(({ idIndex }) => idIndex === holderIndex));
  return holds ? 'rightHolder' : null;
}
