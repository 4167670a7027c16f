import { checkResidentId } from '../accounts/index.ts';
import type { Facts } from '../catalogue/index.ts';
import {
  conflictsOf,
  isInForce,
  settleLapsed,
  type Conflict,
  type ConflictContext,
  type Encumbrance,
  type UnitDocument,
} from '../register/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { Answers } from './answers.ts';
import type { CaseMaterial } from './application.model.ts';
import type { PartyDraft } from './parties.ts';

/** What the register and the parties say that the catalogue's conditions ask for, and what the case has shown. Pure. */

type Condition = NonNullable<Conflict['condition']>;

/** 自然资发〔2021〕54号: mortgages registered before this day follow the old rule. */
const NEW_MORTGAGE_RULE_FROM = Date.parse('2021-01-01T00:00:00+08:00');
const ADULT_YEARS = 18;

/** A party by what it is to the unit and by blind index. */
type KnownParty = Pick<PartyDraft, 'relation'> & { idIndex: string };

export function factsOf(
  unit: UnitDocument | null,
  parties: readonly PartyDraft[],
  on: string,
  known: readonly KnownParty[] = [],
): Facts {
  // As law has them today: a waiting seizure may be in force before the job has marked it.
  const inForce = settleLapsed(unit?.encumbrances ?? [], on).filter((encumbrance) =>
    isInForce(encumbrance, on),
  );
  const has = (test: (encumbrance: Encumbrance) => boolean) => inForce.some(test);
  const mortgage = ({ kind }: Encumbrance) => kind === 'mortgage';
  return {
    mortgaged: has(mortgage),
    seized: has(({ kind }) => kind === 'seizure'),
    mortgageRestricted: unit !== null && restrictingMortgages(unit, on).length > 0,
    mortgageBefore2021: has(
      (one) =>
        mortgage(one) &&
        one.mortgage?.transferRestricted !== true &&
        one.registeredAt.getTime() < NEW_MORTGAGE_RULE_FROM,
    ),
    objection: has(({ kind }) => kind === 'objection'),
    preNotice: has(({ kind }) => kind === 'preNotice'),
    preNoticeOfOther: has(({ kind }) => kind === 'preNotice') && !noticeHolderActs(known, unit, on),
    residenceRight: has(({ kind }) => kind === 'residence'),
    agent: false,
    guardian: parties.some((party) => isMinor(party, on)),
  };
}

/**
 * The mortgages in force that record 禁止或限制转让抵押不动产的约定. While one stands, the transfer is applied for by acquirer,
 * mortgagor and mortgagee together (民法典406, 担保制度解释43, 自然资发〔2021〕54号).
 */
export function restrictingMortgages(unit: UnitDocument, on: string): Encumbrance[] {
  return settleLapsed(unit.encumbrances, on).filter(
    (one) =>
      one.kind === 'mortgage' &&
      one.mortgage?.transferRestricted === true &&
      !one.mortgage.underConstruction &&
      isInForce(one, on),
  );
}

/** Whether the holders of all of them stand among the parties, each with a signature where one is asked for already. */
export function mortgageesJoin(
  unit: UnitDocument | null,
  on: string,
  stands: (idIndex: string) => boolean,
): boolean {
  const restricting = unit === null ? [] : restrictingMortgages(unit, on);
  const holders = restricting.flatMap((one) => one.holders.map(({ idIndex }) => idIndex));
  return holders.length > 0 && holders.every(stands);
}

/** 民法典17: under 18; the guardian acts (细则11). By a resident's number whatever document is named: that choice makes nobody older. */
export function isMinor({ kind, idNumber }: PartyDraft, on: string): boolean {
  if (kind !== 'person') return false;
  const checked = checkResidentId(idNumber);
  if (!checked.valid) return false;
  const adultOn = `${Number(checked.bornOn.slice(0, 4)) + ADULT_YEARS}${checked.bornOn.slice(4)}`;
  return on < adultOn;
}

/** Which paper or answer shows that a condition of the conflict matrix is met (domain.md §5.1, ◐). */
const EVIDENCE = {
  ownRiskPromise: { materials: ['M24-risk'], answers: [] },
  preNoticeHolderConsent: { materials: ['M25-notice'], answers: [] },
  mortgageeConsent: { materials: ['M25-mortgagee', 'M25'], answers: [] },
  // Shown by signatures of the case, never by a paper: see `mortgageesJoin`.
  mortgageeJoins: { materials: [], answers: [] },
  residenceInformed: { materials: [], answers: ['inquiryMortgageKnown', 'inquiryBurdensKnown'] },
  residenceConsent: { materials: ['M25-residence', 'M25'], answers: [] },
  easementConsent: { materials: ['M25-easement', 'M25'], answers: [] },
  constructionRelease: { materials: ['M25-construction', 'M14'], answers: [] },
  courtConsent: { materials: ['M18', 'M25-court'], answers: [] },
  registerErrorProof: { materials: ['M24'], answers: [] },
  differentGround: { materials: ['M24-ground'], answers: [] },
} as const satisfies Record<Condition, { materials: readonly string[]; answers: readonly string[] }>;

export function conditionsMet(
  answers: Answers,
  materials: readonly CaseMaterial[],
  parties: readonly { relation: string; idIndex: string }[],
  unit: UnitDocument | null,
  on: string,
): Condition[] {
  const received = new Set(materials.filter(({ files }) => files.length > 0).map(({ code }) => code));
  const shown = Object.entries(EVIDENCE).flatMap(([condition, { materials: papers, answers: fields }]) =>
    papers.some((code) => received.has(code)) || fields.some((field) => answers[field] === true)
      ? [condition as Condition]
      : [],
  );
  return noticeHolderActs(parties, unit, on)
    ? [...new Set([...shown, 'preNoticeHolderConsent' as const])]
    : shown;
}

/**
 * 民法典221: a transfer to the holders of the advance notice, all of them and nobody else, needs nobody's consent. A
 * holder who is left out, or a stranger who comes in, does. Nor does what the holders dispose of themselves: who
 * signs the application consents.
 */
function noticeHolderActs(
  parties: readonly { relation: string; idIndex: string }[],
  unit: UnitDocument | null,
  on: string,
): boolean {
  const holders = settleLapsed(unit?.encumbrances ?? [], on)
    .filter((one) => one.kind === 'preNotice' && isInForce(one, on))
    .flatMap((one) => one.holders.map(({ idIndex }) => idIndex));
  if (holders.length === 0) return false;
  const of = (wanted: string) =>
    parties.filter(({ relation }) => relation === wanted).map(({ idIndex }) => idIndex);
  const all = (some: readonly string[], others: readonly string[]) =>
    some.every((index) => others.includes(index));
  const incoming = of('incomingHolder');
  return all(holders, of('currentHolder')) || (all(incoming, holders) && all(holders, incoming));
}

export function conflictsWith(
  units: readonly UnitDocument[],
  type: Pick<BusinessType, 'request'>,
  context: ConflictContext,
): Conflict[] {
  return units.flatMap((unit) => conflictsOf(unit, type.request, context));
}
