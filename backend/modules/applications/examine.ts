import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/errors.ts';
import { legalDayOf } from '../../platform/time.ts';
import { nameKey } from '../accounts/index.ts';
import {
  connectedServices,
  resolveMaterials,
  validateAnswers,
  type BusinessType,
  type Facts,
  type MaterialNeed,
} from '../catalogue/index.ts';
import {
  findUnit,
  foldAnyCertificateNo,
  foldUnitCode,
  isLive,
  liveRight,
  openIdNumber,
  ownsUnit,
  presentConflict,
  refusingConflicts,
  type Conflict,
  type UnitDocument,
} from '../register/index.ts';
import { openAnswers, type Answers } from './answers.ts';
import type { ApplicationDocument } from './application.model.ts';
import { errors } from './errors.ts';
import {
  conditionsMet,
  conflictsWith,
  factsOf,
  isMinor,
  mortgageesJoin,
  restrictingMortgages,
} from './facts.ts';
import {
  indexOf,
  joiningParties,
  partiesIn,
  partyContext,
  partyPointer,
  type PartyDraft,
} from './parties.ts';
import { giverProblems, holderRoles, holdsAlone, recordedHolders, type Stated } from './named-holders.ts';
import { idKindCode } from './plan.ts';
import { openCorrection, type Viewer } from './policy.ts';
import { seizureConflicts, servedOnOf } from './renewal.ts';
import { documentProblems } from './document-kinds.ts';
import { renumbered } from './renumbered.ts';

/** Everything that decides whether a case can be filed, put together once and used by every page and act. */
export interface Examination {
  answers: Answers;
  parties: PartyDraft[];
  /** Blind index of each party, in the same order. */
  indexes: string[];
  /** Ids of the parties whose name and former number are those of a holder. For the desk alone. */
  formerHolders: string[];
  unit: UnitDocument | null;
  /** The reader may be told about the unit: it is theirs, or they named a certificate that fits. */
  unitKnown: boolean;
  facts: Facts;
  conditionsMet: NonNullable<Conflict['condition']>[];
  conflicts: Conflict[];
  materials: MaterialNeed[];
  /** All at once, each with the pointer of its field. Empty: it can be filed, but for `unspoken`. */
  problems: Problem[];
  /**
   * What the register says against who is named beside the reader. A draft never shows it, or whoever holds a certificate
   * number could try the ID numbers of its holder; it stands in the way when the others are asked, or when all have signed.
   */
  unspoken: Problem[];
}

export interface ExamineOptions {
  /** `staff` has filed cases before it: who may know of the unit was settled then. */
  reader: 'applicant' | 'staff';
  /** Who reads. What is said of the initiator's own standing in the register needs a verified initiator. */
  viewer?: Viewer;
  /** Answers that are not stored yet. */
  answers?: Answers;
  /** Units that were read together with the case. */
  units?: readonly UnitDocument[] | undefined;
}

export async function examine(
  p: Platform,
  doc: ApplicationDocument,
  type: BusinessType,
  options: ExamineOptions,
): Promise<Examination> {
  const answers = options.answers ?? openAnswers(p, doc);
  const on = legalDayOf(p.time.now());
  const named = renumbered(
    partiesIn(type.applicants.roles, answers),
    type.effects,
    answers,
    (idNumber) => `index:${indexOf(p, idNumber)}` === doc.initiator.partyKey,
  );
  const code = typeof answers.unitCode === 'string' ? foldUnitCode(answers.unitCode) : '';
  const brought = options.units?.find(({ _id }) => _id === code);
  const unit = brought ?? (code === '' ? null : await findUnit(p, code));
  const unitKnown = unit !== null && (options.reader === 'staff' || knows(doc, type, unit, answers));
  const parties = [...named, ...joinedParties(p, doc, type, unitKnown ? unit : null, on)];
  const indexes = parties.map(({ idNumber }) => indexOf(p, idNumber));
  const known = parties.map(({ relation }, place) => ({ relation, idIndex: indexes[place] ?? '' }));
  const facts = factsOf(unitKnown ? unit : null, parties, on, known);
  const met = conditionsMet(answers, doc.materials, known, unitKnown ? unit : null, on);
  if (mortgageesJoin(unitKnown ? unit : null, on, standsFor(doc, indexes))) met.push('mortgageeJoins');
  const servedOn = servedOnOf(doc, p.time.now());
  const conflicts =
    unitKnown && unit
      ? [
          ...conflictsWith([unit], type, { on, caseId: doc._id, conditionsMet: met }),
          ...seizureConflicts(unit, { caseId: doc._id, type, answers, parties, servedOn, on }),
        ]
      : [];
  const materials = resolveMaterials(type, answers, { facts, connected: await connectedServices() });
  const verified = options.viewer?.keys.includes(doc.initiator.partyKey) ?? false;
  const stated = { answers, parties, indexes, verified };
  const problems = [
    ...validateAnswers(type, answers, { today: on, prefix: '/answers' }),
    ...unitProblems(answers, unit, unitKnown),
    ...(unitKnown && unit ? registerProblems(doc, type, unit, stated) : []),
    ...(unitKnown && unit ? nameProblems(doc, type, unit, stated) : []),
    ...minorProblems(parties, on),
    ...documentProblems(parties),
    ...conflictProblems(conflicts, unit, doc),
    ...materialProblems(materials, doc),
  ];
  return {
    answers,
    parties,
    indexes,
    formerHolders: options.reader === 'staff' ? formerHoldersOf(p, unit, parties) : [],
    unit,
    unitKnown,
    facts,
    conditionsMet: met,
    conflicts,
    materials,
    problems,
    unspoken: unitKnown && unit ? giverProblems(type, unit, stated) : [],
  };
}

/** What was filed is what was signed; it follows the register again only while a correction is open. */
const isFiled = (doc: ApplicationDocument): boolean =>
  doc.submission !== null && openCorrection(doc) === null;

/** Who applies as well by what the register says: as it stands while the case is filled in, as filed afterwards. */
function joinedParties(
  p: Platform,
  doc: ApplicationDocument,
  type: BusinessType,
  unit: UnitDocument | null,
  on: string,
): PartyDraft[] {
  const { joining = [] } = type.applicants;
  if (joining.length === 0) return [];
  if (isFiled(doc)) {
    return doc.parties
      .filter(({ role }) => joining.some(({ key }) => key === role))
      .map((party, place) => ({
        ...party,
        relation: 'currentMortgagee' as const,
        answerKey: '',
        place,
        idNumber: p.crypto.fields.decrypt(party.idNumber, partyContext(doc._id, party.id, 'idNumber')),
        phone: null,
      }));
  }
  if (unit === null) return [];
  const holders = restrictingMortgages(unit, on).flatMap((one) => one.holders);
  return joiningParties(
    joining,
    holders.map((holder) => ({
      name: holder.name,
      partyKind: holder.partyKind,
      idKind: idKindCode(holder.idKind),
      idNumber: openIdNumber(p, unit._id, holder),
    })),
  );
}

/**
 * While it is filled in, standing among the parties is enough: nothing is filed before each has signed. Once filed, only
 * who signed counts, so that a mortgage that was recorded meanwhile bars the transfer until its holder has joined.
 */
function standsFor(doc: ApplicationDocument, indexes: readonly string[]): (idIndex: string) => boolean {
  if (!isFiled(doc)) return (idIndex) => indexes.includes(idIndex);
  const signed = doc.parties.filter(({ consent }) => consent.state === 'signed');
  return (idIndex) => signed.some((party) => party.idIndex === idIndex);
}

/** The initiator's index among the register's holders; null as long as nobody has confirmed whose account it is. */
const provenIndexOf = ({ initiator }: ApplicationDocument): string | null =>
  initiator.unproven ? null : initiator.partyKey.replace(/^index:/, '');

/**
 * Nothing of a unit is told to somebody who merely typed its code: it must be theirs, or they name the number of its
 * certificate or of a certification on it. A court needs neither (嘱托).
 */
function knows(doc: ApplicationDocument, type: BusinessType, unit: UnitDocument, answers: Answers): boolean {
  if (type.applicants.mode === 'entrusted') return true;
  const index = provenIndexOf(doc);
  const encumbrances = unit.encumbrances.filter(isLive);
  if (index !== null && ownsUnit(unit, index)) return true;
  if (encumbrances.some(({ holders }) => holders.some(({ idIndex }) => idIndex === index))) return true;
  const named = ['certificateNo', 'titleCertificateNo', 'certificationNo'].flatMap((field) => {
    const value = answers[field];
    const folded = typeof value === 'string' ? foldAnyCertificateNo(value) : null;
    return folded === null ? [] : [folded];
  });
  const numbers = [liveRight(unit), ...encumbrances].map((record) => record?.certificateNo ?? null);
  return named.some((number) => numbers.includes(number));
}

function unitProblems(answers: Answers, unit: UnitDocument | null, unitKnown: boolean): Problem[] {
  const typed = answers.unitCode;
  if (typeof typed !== 'string' || typed === '' || (unit && unitKnown)) return [];
  // The same words for a code that does not exist and for one that is not theirs to know.
  return [{ pointer: '/answers/unitCode', code: 'applications.unit_unknown' }];
}

/**
 * 共同申请: the parties must be who the register says they are (条例18, 民法典212). While it is filled in, the applicant is told
 * of their own place there and of how many hold with them; of the others, see `giverProblems`.
 */
function registerProblems(
  doc: ApplicationDocument,
  type: BusinessType,
  unit: UnitDocument,
  stated: Stated,
): Problem[] {
  const problems: Problem[] = [];
  const mine = doc.initiator.partyKey.replace(/^index:/, '');
  const outside = stated.parties.length > 0 && !stated.indexes.includes(mine);
  const [firstRole] = type.applicants.roles;
  const notParty = { pointer: `/answers/${firstRole?.answerKey ?? ''}`, code: 'applications.you_not_party' };
  // Of a single applicant who is somebody else nothing more is said: right or wrong, the number is not theirs to try.
  if (outside && type.applicants.mode === 'single') return [notParty];
  for (const { role, own, sets } of stated.verified ? holderRoles(type, unit, stated) : []) {
    const concerned = own.includes(mine) || sets.some((set) => set.includes(mine));
    const stands = sets.some(
      (set) =>
        set.includes(mine) && own.includes(mine) && (holdsAlone(role) || set.length === new Set(own).size),
    );
    if (concerned && !stands) {
      const code = role.relation === 'currentHolder' ? 'not_holder' : 'not_mortgagee';
      problems.push({ pointer: `/answers/${role.answerKey}`, code: `applications.${code}` });
    }
  }
  if (outside) problems.push(notParty);
  return problems;
}

/**
 * 条例16, 18: who files is registered under the name of the document shown: the register's where they hold already, the
 * verified one where they come in. What others call each other they see when they sign.
 */
function nameProblems(
  doc: ApplicationDocument,
  type: BusinessType,
  unit: UnitDocument,
  { answers, parties, indexes, verified }: Stated,
): Problem[] {
  const recorded = recordedHolders(unit);
  const mine = doc.initiator.partyKey.replace(/^index:/, '');
  if (type.applicants.mode === 'single' && !indexes.includes(mine)) return [];
  return parties.flatMap((party, at) => {
    const { relation, name } = party;
    const present = relation === 'currentHolder' || relation === 'currentMortgagee';
    if (party.former) return ownNameDiffers(doc, party, answers);
    if (indexes[at] !== mine) return [];
    const known = verified ? recorded.find(({ idIndex }) => idIndex === mine) : undefined;
    const differs = present
      ? known !== undefined && nameKey(known.name) !== nameKey(name)
      : name !== doc.initiator.name;
    return differs ? [{ pointer: partyPointer(party, 'name'), code: 'applications.name_differs' }] : [];
  });
}

/** 条例18: old name and old number beside the register, by blind index. */
function formerHoldersOf(p: Platform, unit: UnitDocument | null, parties: readonly PartyDraft[]): string[] {
  const holders = (unit && liveRight(unit)?.holders) ?? [];
  return parties.flatMap(({ id, name, former }) => {
    const index = former && indexOf(p, former.idNumber);
    const known = holders.some((one) => one.idIndex === index && nameKey(one.name) === nameKey(name));
    return former && known ? [id] : [];
  });
}

/**
 * Under a new number the name that was verified is either the one in the register, or the new one of the same
 * application. Compared with the account alone, never with the register.
 */
function ownNameDiffers(doc: ApplicationDocument, party: PartyDraft, answers: Answers): Problem[] {
  const { changeKind, newName } = answers;
  const both = changeKind === 'both' && typeof newName === 'string';
  const same = both
    ? newName.trim() === doc.initiator.name
    : nameKey(party.name) === nameKey(doc.initiator.name);
  const pointer = both ? '/answers/newName' : partyPointer(party, 'name');
  return same ? [] : [{ pointer, code: 'applications.name_differs' }];
}

/** 细则11: a minor cannot apply alone, and a guardian cannot sign in the ward's place online. */
function minorProblems(parties: readonly PartyDraft[], on: string): Problem[] {
  return parties
    .filter((party) => isMinor(party, on))
    .map((party) => ({
      pointer: partyPointer(party, 'idNumber'),
      code: 'applications.minor_needs_guardian',
    }));
}

function conflictProblems(
  conflicts: readonly Conflict[],
  unit: UnitDocument | null,
  doc: ApplicationDocument,
): Problem[] {
  const index = provenIndexOf(doc);
  const own = unit !== null && index !== null && ownsUnit(unit, index);
  const barring = conflicts.filter(
    (one) => refusingConflicts([one]).length > 0 || (one.verdict === 'condition' && !one.met),
  );
  return barring.map((conflict) => {
    const { sentence } = presentConflict(conflict, own);
    return {
      pointer: '/answers/unitCode',
      code: 'applications.conflict',
      params: { reason: sentence.zh },
      sentence,
    };
  });
}

function materialProblems(materials: readonly MaterialNeed[], doc: ApplicationDocument): Problem[] {
  return materials.flatMap(({ material, state }) => {
    const received = doc.materials.some(({ code, files }) => code === material.code && files.length > 0);
    // What may only be shown on paper is looked at in the hall; the acceptance notice says which day.
    if (state !== 'provide' || received || material.form === 'paper') return [];
    const { zh, en } = material.name;
    return [
      {
        pointer: `/materials/${material.code}`,
        code: 'applications.material_missing',
        params: { material: zh },
        sentence: { zh: `还缺“${zh}”。`, en: `"${en}" is still missing.` },
      },
    ];
  });
}

/** What bars a case when it is accepted: refusals and unmet conditions. Earlier cases only make it wait. */
export function refuseConflicts(conflicts: readonly Conflict[]): void {
  const [first] = conflicts.filter(
    (one) => refusingConflicts([one]).length > 0 || (one.verdict === 'condition' && !one.met),
  );
  if (first) {
    errors.fail('applications.conflict', { reason: first.sentence.zh }, [
      {
        pointer: '',
        code: 'applications.conflict',
        params: { reason: first.sentence.zh },
        sentence: first.sentence,
      },
    ]);
  }
}
