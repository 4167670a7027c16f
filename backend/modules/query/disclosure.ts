import { legalDayOf } from '../../platform/time.ts';
import { maskIdNumber, maskName, nameKey } from '../accounts/index.ts';
import {
  isLive,
  liveRight,
  positionOf,
  presentUnitSummary,
  settleUnit,
  type Encumbrance,
  type Holder,
  type Right,
  type UnitDocument,
} from '../register/index.ts';
import type {
  DisclosedEncumbrance,
  DisclosedHolder,
  DisclosedRight,
  DisclosedUnit,
} from './contract/disclosed.ts';
import type { Field, Relation } from './vocabulary.ts';

/**
 * What each requester is told of a unit: the one place that decides it. Pure. A field that a relation's row does not name is hidden.
 *
 * No row shows an ID number in full: whoever has the number can compare it by what a mask leaves, and nobody needs to learn it
 * (个保法6, 28). Masks are for people: the name of an organisation is public and tells it apart, so its number is left out.
 */

export type Disclosure = 'show' | 'mask';
type Row = Readonly<Partial<Record<Field, Disclosure>>>;

/** 查询办法21: the three questions of whoever only intends, which every other requester may ask as well. */
const STATUS = { natural: 'show', restrictions: 'show' } as const satisfies Row;

/** 登记结果 of the unit in force (查询办法2, 14, 19), without the people. */
const RESULT = {
  ...STATUS,
  nature: 'show',
  right: 'show',
  coOwnership: 'show',
  share: 'show',
  encumbrances: 'show',
  encumbrancerName: 'show',
  debt: 'show',
  court: 'show',
  orderNo: 'show',
} as const satisfies Row;

/** 查询办法14, 民法典218: whom the register names may know all of it; numbers of others as far as to tell namesakes apart. */
const OWNER = {
  ...RESULT,
  certificateNo: 'show',
  ownName: 'show',
  ownIdNumber: 'mask',
  holderName: 'show',
  holderIdNumber: 'mask',
  encumbrancerIdNumber: 'mask',
  certificationNo: 'show',
} as const satisfies Row;

export const DISCLOSURE: Readonly<Record<Relation, { basis: string; fields: Row }>> = {
  owner: { basis: '民法典218、条例27、查询办法14', fields: OWNER },
  // A co-owner's number is no part of what another needs to hold their share.
  coOwner: { basis: '民法典218、300、条例27、查询办法14', fields: { ...OWNER, holderIdNumber: 'mask' } },
  heir: { basis: '条例27、查询办法17', fields: OWNER },
  manager: { basis: '条例27、查询办法14、18', fields: OWNER },
  // 证号 in full is its holder's alone (domain.md §6.2); the holder of a mortgage has the number of their own certification.
  rightHolder: {
    basis: '民法典218、条例27、查询办法14',
    fields: {
      ...RESULT,
      certificateNo: 'mask',
      ownName: 'show',
      ownIdNumber: 'mask',
      holderName: 'show',
      holderIdNumber: 'mask',
      certificationNo: 'mask',
    },
  },
  interestedParty: {
    basis: '民法典218、219、条例27、28、查询办法19、20、24、25',
    fields: {
      ...RESULT,
      certificateNo: 'mask',
      holderName: 'show',
      holderIdNumber: 'mask',
      certificationNo: 'mask',
    },
  },
  intending: { basis: '查询办法21', fields: STATUS },
  lawyer: {
    basis: '查询办法21、22、23',
    fields: { ...STATUS, nameMatches: 'show', coOwnership: 'show', court: 'show' },
  },
  stateOrgan: {
    basis: '条例27第2款、28、个保法34',
    fields: { ...OWNER, history: 'show' },
  },
  // What the owner was shown when they chose, which the page lists field by field (个保法14: 充分知情), and of the owner alone (13(1)):
  // co-owners and lenders did not consent, and what is owed is told by whoever lends.
  authorised: {
    basis: '个保法13、14、15、民法典218',
    fields: {
      ...STATUS,
      right: 'show',
      coOwnership: 'show',
      ownName: 'show',
    },
  },
};

/** Null: hidden. */
export const disclosureOf = (relation: Relation, field: Field): Disclosure | null =>
  DISCLOSURE[relation].fields[field] ?? null;

export interface DisclosureContext {
  at: Date;
  /** Blind index of the requester, or of the owner who authorised them; null: not named by the register. */
  self: string | null;
  /** Opens a sealed ID number; asked only where the row shows a mask of it. */
  openIdNumber(unitCode: string, holder: Holder): string;
  /** The name that a lawyer asks to have verified. */
  claimedName?: string | null;
}

interface Showing extends DisclosureContext {
  relation: Relation;
  unit: UnitDocument;
}

export function disclose(
  stored: UnitDocument,
  relation: Relation,
  context: DisclosureContext,
): DisclosedUnit {
  const on = legalDayOf(context.at);
  const unit = settleUnit(stored, on);
  const showing: Showing = { ...context, relation, unit };
  const may = (field: Field) => disclosureOf(relation, field) !== null;
  const { code, codeGrouped, status, district, address, natural, flags } = presentUnitSummary(unit, on);
  const { landNature, houseNature, ...described } = natural;
  const right = liveRight(unit);
  const live = unit.encumbrances.filter(isLive);
  return {
    relation,
    asOf: context.at.toISOString(),
    ...{ code, codeGrouped, status, district, address, flags },
    natural: { ...described, ...(may('nature') ? { landNature, houseNature } : {}) },
    ...(may('coOwnership') ? { coOwnership: right?.coOwnership ?? null } : {}),
    ...(may('right') ? { right: right && rightOf(showing, right) } : {}),
    ...(may('encumbrances') ? { encumbrances: live.map((one) => encumbranceOf(showing, one)) } : {}),
    // Where each encumbrance is shown, its court stands in it.
    ...(may('court') && !may('encumbrances') ? { courts: courtsOf(live) } : {}),
    ...(may('nameMatches') ? { nameMatches: matchOf(right, context.claimedName ?? '') } : {}),
    ...(may('history') ? { history: endedRights(unit).map((one) => rightOf(showing, one)) } : {}),
  };
}

const endedRights = ({ rights }: UnitDocument) => rights.filter(({ status }) => status === 'historic');

const courtsOf = (encumbrances: readonly Encumbrance[]): string[] => [
  ...new Set(encumbrances.flatMap(({ seizure }) => (seizure ? [seizure.court] : []))),
];

/** Between names; a space is none, it stands within names as they are typed. */
const BETWEEN_NAMES = /[、，,；;]/u;

/** 查询办法22(一): whether the names given are as registered, compared loosely as names are typed. One that is not makes it none. */
function matchOf(right: Right | null, claimed: string): 'all' | 'some' | 'none' {
  const owners = new Set((right?.holders ?? []).map(({ name }) => nameKey(name)));
  const whole = nameKey(claimed);
  // A name may have a comma of its own, as those of companies abroad have.
  const parts = owners.has(whole) ? [whole] : claimed.split(BETWEEN_NAMES).map(nameKey);
  const given = new Set(parts.filter((part) => part !== ''));
  if (given.size === 0 || [...given].some((name) => !owners.has(name))) return 'none';
  return given.size === owners.size ? 'all' : 'some';
}

const dayOf = (at: Date | null): string | null => at && legalDayOf(at);

function rightOf(showing: Showing, right: Right): DisclosedRight {
  const { relation } = showing;
  const number = disclosureOf(relation, 'certificateNo');
  const others = disclosureOf(relation, 'holderName') !== null;
  const people = others || disclosureOf(relation, 'ownName') !== null;
  // Where the others are hidden, so is how many there are.
  const holders = right.holders.filter((holder) => others || isOwn(showing, holder));
  return {
    kind: right.kind,
    landTermUntil: right.landTermUntil,
    registeredOn: legalDayOf(right.registeredAt),
    closedOn: dayOf(right.closedAt),
    ...(number ? { certificateNo: masked(right.certificateNo, number, maskNumber) } : {}),
    ...(people ? { holders: holders.map((holder) => ownerOf(showing, holder)) } : {}),
  };
}

/** The requester's own cells are for them as an owner, or as holder of what encumbers the unit. */
const isOwn = ({ self }: Showing, { idIndex }: Holder): boolean => self !== null && idIndex === self;

function ownerOf(showing: Showing, holder: Holder): DisclosedHolder {
  const own = isOwn(showing, holder) && showing.relation !== 'rightHolder';
  return {
    ...holderOf(showing, holder, own, {
      name: own ? 'ownName' : 'holderName',
      idNumber: own ? 'ownIdNumber' : 'holderIdNumber',
    }),
    ...(disclosureOf(showing.relation, 'share') ? { share: holder.share } : {}),
  };
}

function holderOf(
  showing: Showing,
  holder: Holder,
  own: boolean,
  fields: { name: Field; idNumber: Field },
): DisclosedHolder {
  const { relation, unit } = showing;
  const name = disclosureOf(relation, fields.name);
  const person = holder.partyKind === 'person';
  const number = disclosureOf(relation, fields.idNumber);
  return {
    own,
    partyKind: holder.partyKind,
    ...(name ? { name: name === 'mask' && person ? maskName(holder.name) : holder.name } : {}),
    ...(number && person ? { idNumberMasked: maskIdNumber(showing.openIdNumber(unit._id, holder)) } : {}),
  };
}

function encumbranceOf(showing: Showing, one: Encumbrance): DisclosedEncumbrance {
  const { relation, unit } = showing;
  const may = (field: Field) => disclosureOf(relation, field) !== null;
  const number = disclosureOf(relation, 'certificationNo');
  const { mortgage, seizure } = one;
  const person = (holder: Holder): DisclosedHolder => {
    const own = isOwn(showing, holder);
    return holderOf(showing, holder, own, {
      name: own && may('ownName') ? 'ownName' : 'encumbrancerName',
      idNumber: own ? 'ownIdNumber' : 'encumbrancerIdNumber',
    });
  };
  return {
    kind: one.kind,
    waiting: one.status === 'waiting',
    rank: positionOf(unit, one),
    registeredOn: legalDayOf(one.registeredAt),
    from: one.from,
    until: one.until,
    ...(may('encumbrancerName') ? { holders: one.holders.map(person) } : {}),
    ...(number ? { certificationNo: masked(one.certificateNo, number, maskNumber) } : {}),
    ...(mortgage && may('debt') ? { debt: debtOf(mortgage) } : {}),
    ...(seizure && may('court') ? { court: seizure.court } : {}),
    ...(seizure && may('orderNo') ? { orderNo: seizure.docNo } : {}),
  };
}

const debtOf = ({
  mode,
  amountFen,
  debtFrom,
  debtUntil,
  transferRestricted,
}: NonNullable<Encumbrance['mortgage']>) => ({
  maximum: mode === 'maximum',
  amountFen,
  from: debtFrom,
  until: debtUntil,
  transferRestricted,
});

const masked = (value: string | null, how: Disclosure, mask: (value: string) => string): string | null =>
  value === null || how === 'show' ? value : mask(value);

/** `鲁(2021)聊城市不动产权第****342号`: enough for whoever has the paper to see that it is the same. */
export function maskNumber(number: string): string {
  return number.replace(
    /\d+(?=\D*$)/u,
    (serial) => '*'.repeat(Math.max(serial.length - 3, 1)) + serial.slice(-3),
  );
}
