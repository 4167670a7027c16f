import type { Platform } from '../../platform/platform.ts';
import type { ApplicantRole, JoiningParty } from '../catalogue/index.ts';
import type { Answers } from './answers.ts';
import type { CaseParty, Consent } from './application.model.ts';

/** A party as the answers name it, in clear. */
export interface PartyDraft {
  id: string;
  role: string;
  relation: ApplicantRole['relation'];
  /** Empty for who joins by what the register says: nobody filled them in. */
  answerKey: string;
  /** Place in the answer's list, for JSON pointers. */
  place: number;
  kind: 'person' | 'organisation';
  name: string;
  /** Code of the dictionary 证件种类. */
  idKind: string;
  idNumber: string;
  phone: string | null;
  share: { numerator: number; denominator: number } | null;
  signs: boolean;
  /** 证件变更: the number under which the register still knows them; `idNumber` is then that of the new document. */
  former?: { idKind: string; idNumber: string };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function shareOf(value: unknown): PartyDraft['share'] {
  if (value === null || typeof value !== 'object') return null;
  const { numerator, denominator } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return null;
  return { numerator: numerator as number, denominator: denominator as number };
}

/** The parties that the answers name, as far as they are filled in. Pure. */
export function partiesIn(roles: readonly ApplicantRole[], answers: Answers): PartyDraft[] {
  return roles.flatMap((role) => {
    const listed = answers[role.answerKey];
    if (!Array.isArray(listed)) return [];
    return listed.flatMap((item: unknown, place) => {
      if (item === null || typeof item !== 'object') return [];
      const answer = item as Record<string, unknown>;
      const draft: PartyDraft = {
        id: `${role.key}-${place + 1}`,
        role: role.key,
        relation: role.relation,
        answerKey: role.answerKey,
        place,
        kind: answer.partyKind === 'organisation' ? 'organisation' : 'person',
        name: text(answer.name),
        idKind: text(answer.idKind),
        idNumber: foldNumber(text(answer.idNumber)),
        phone: text(answer.phone) || null,
        share: role.shares ? shareOf(answer.share) : null,
        signs: role.signs,
      };
      return draft.name || draft.idNumber ? [draft] : [];
    });
  });
}

/** Full-width forms, spaces and dashes of typing away, letters raised: the form that blind indexes are made of. */
export function foldNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\u00AD\u200B-\u200F\u2010-\u2015\u2060-\u2069\uFEFF-]/gu, '')
    .toUpperCase();
}

/** A holder in the register, with the number in clear. */
export interface RecordedHolder {
  name: string;
  partyKind: PartyDraft['kind'];
  idKind: string;
  idNumber: string;
}

/** Those who join by what the register says, one each however many mortgages they hold. Pure. */
export function joiningParties(
  joining: readonly JoiningParty[],
  holders: readonly RecordedHolder[],
): PartyDraft[] {
  const once = holders.filter(
    ({ idNumber }, place) => holders.findIndex((other) => other.idNumber === idNumber) === place,
  );
  return joining.flatMap(({ key }) =>
    once.map(({ name, partyKind, idKind, idNumber }, place) => ({
      id: `${key}-${place + 1}`,
      role: key,
      relation: 'currentMortgagee' as const,
      answerKey: '',
      place,
      kind: partyKind,
      name,
      idKind,
      idNumber,
      phone: null,
      share: null,
      signs: true,
    })),
  );
}

/** Where a problem of a party is marked: at their field, or at the party where nobody filled one in. */
export const partyPointer = ({ id, answerKey, place }: PartyDraft, field: string): string =>
  answerKey === '' ? `/parties/${id}` : `/answers/${answerKey}/${place}/${field}`;

export const NOT_ASKED: Consent = {
  state: 'notAsked',
  invitedAt: null,
  decidedAt: null,
  hash: null,
  accountId: null,
  factor: null,
  reason: null,
  token: null,
};

export const partyContext = (caseId: string, partyId: string, field: 'idNumber' | 'phone'): string =>
  `applications|${caseId}|party:${partyId}:${field}`;

export const indexOf = (p: Platform, idNumber: string): string => p.crypto.index.of('id-number', idNumber);

/**
 * The parties as stored. Someone who stays the same person in the same place keeps their signature, which holds only
 * as long as the filing gives the hash that they signed.
 */
export function sealParties(
  p: Platform,
  caseId: string,
  drafts: readonly PartyDraft[],
  before: readonly CaseParty[],
): CaseParty[] {
  return drafts.map((draft) => {
    const idIndex = indexOf(p, draft.idNumber);
    const known = before.find(({ id, idIndex: index }) => id === draft.id && index === idIndex);
    const { id, role, relation, kind, name, idKind, share, signs } = draft;
    return {
      id,
      role,
      relation,
      kind,
      name,
      idKind,
      // The same number in the same place is sealed already.
      idNumber:
        known?.idNumber ?? p.crypto.fields.encrypt(draft.idNumber, partyContext(caseId, id, 'idNumber')),
      idIndex,
      ...(draft.former ? { formerIndex: indexOf(p, draft.former.idNumber) } : {}),
      phone:
        draft.phone === null ? null : p.crypto.fields.encrypt(draft.phone, partyContext(caseId, id, 'phone')),
      share,
      signs,
      consent: known?.consent ?? (signs ? NOT_ASKED : { ...NOT_ASKED, state: 'notNeeded' }),
    };
  });
}
