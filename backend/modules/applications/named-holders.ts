import type { Problem } from '../../platform/errors.ts';
import { nameKey } from '../accounts/index.ts';
import type { ApplicantRole, BusinessType } from '../catalogue/index.ts';
import {
  foldAnyCertificateNo,
  isLive,
  liveRight,
  type Encumbrance,
  type UnitDocument,
} from '../register/index.ts';
import type { Answers } from './answers.ts';
import type { PartyDraft } from './parties.ts';

/** Who is named beside who holds by the register. Pure. */

/**
 * The live mortgage whose certification the answers name: it is discharged by its own mortgagees (细则70). Until a number is
 * given, any of them may be meant; a case without it is not complete and cannot be filed.
 */
function mortgagesMeant(unit: UnitDocument, answers: Answers): Encumbrance[] {
  const typed = typeof answers.certificateNo === 'string' ? answers.certificateNo.trim() : '';
  const number = foldAnyCertificateNo(typed) ?? typed;
  return unit.encumbrances.filter(
    (one) => one.kind === 'mortgage' && isLive(one) && (number === '' || one.certificateNo === number),
  );
}

export interface Stated {
  answers: Answers;
  parties: PartyDraft[];
  /** Blind index of each party, in the same order. */
  indexes: string[];
  /** The reader is the initiator, and a clerk has seen their card or confirmed their organisation. */
  verified: boolean;
}

export interface HolderRole {
  role: ApplicantRole;
  /** Blind indexes of who is named. */
  own: string[];
  /** Who holds by the register: of a right one set, of several mortgages one each. */
  sets: string[][];
}

/** The roles that the register fills, with who is named for each. Pure. */
export function holderRoles(
  type: BusinessType,
  unit: UnitDocument,
  { answers, parties, indexes }: Pick<Stated, 'answers' | 'parties' | 'indexes'>,
): HolderRole[] {
  const indexesOf = ({ holders }: { holders: readonly { idIndex: string }[] }) =>
    holders.map(({ idIndex }) => idIndex);
  return type.applicants.roles.flatMap((role) => {
    if (role.relation !== 'currentHolder' && role.relation !== 'currentMortgagee') return [];
    const own = indexes.filter((_, place) => parties[place]?.role === role.key);
    // Of who comes under a new number the clerk judges, and the answer gives nothing away (see `renumbered`).
    const former = parties.some((party) => party.role === role.key && party.former);
    if (own.length === 0 || former) return [];
    const held = role.relation === 'currentHolder' ? liveRight(unit) : null;
    const sets =
      role.relation === 'currentHolder'
        ? [held ? indexesOf(held) : []]
        : mortgagesMeant(unit, answers).map(indexesOf);
    return [{ role, own, sets }];
  });
}

/** One holder applies for themselves (更名): the others need not be listed. */
export const holdsAlone = ({ relation, max }: ApplicantRole): boolean =>
  relation === 'currentHolder' && max === 1;

/**
 * Whether who is named is who the register says, under the name that it says: one answer for a wrong number, a wrong
 * name and a holder who is left out.
 */
export function giverProblems(type: BusinessType, unit: UnitDocument, stated: Stated): Problem[] {
  const recorded = recordedHolders(unit);
  return holderRoles(type, unit, stated).flatMap(({ role, own, sets }) => {
    const listed = sets.some(
      (set) =>
        own.every((index) => set.includes(index)) &&
        (holdsAlone(role) || set.every((index) => own.includes(index))),
    );
    const named = stated.parties.every((party, at) => {
      const known = recorded.find(({ idIndex }) => idIndex === stated.indexes[at]);
      return party.role !== role.key || (known !== undefined && nameKey(known.name) === nameKey(party.name));
    });
    if (listed && named) return [];
    return [{ pointer: `/answers/${role.answerKey}`, code: 'applications.giver_differs' }];
  });
}

export const recordedHolders = (unit: UnitDocument) =>
  [liveRight(unit), ...unit.encumbrances.filter(isLive)].flatMap((record) => record?.holders ?? []);
