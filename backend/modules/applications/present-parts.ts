import { maskIdNumber, maskName, maskPhone } from '../accounts/index.ts';
import type { BusinessType, MaterialNeed } from '../catalogue/index.ts';
import type { ApplicationDocument, CaseDocument, CaseParty, Consent } from './application.model.ts';
import type {
  ClocksView,
  ClockView,
  DocumentRef,
  DocumentView,
  FieldProblem,
  MaterialView,
  PartyView,
  PauseView,
} from './contract.ts';
import type { DeadlineAnswer } from '../clock/index.ts';
import { sentenceOf, findErrorDefinition, type Problem } from '../../platform/errors.ts';
import { switchesLimit } from './limit-switch.ts';
import { NOT_ASKED, type PartyDraft } from './parties.ts';
import { isInitiator, openCorrection, type Viewer } from './policy.ts';
import { DOCUMENT_TITLES, PAUSE_WORDS } from './wording.ts';

/** Parts that several pages show. Pure; built field by field, so that nothing is shown that is not named here. */

export interface PartySource {
  draft: PartyDraft;
  idIndex: string;
  consent: Consent;
  formerMatches: boolean;
}

/** The parties as the answers name them now, each with the consent that stands in the case. */
export function partySources(
  doc: Pick<ApplicationDocument, 'parties'>,
  drafts: readonly PartyDraft[],
  indexes: readonly string[],
  /** Who is a holder under their former number, by id; only the desk is told. */
  formerHolders: readonly string[] = [],
): PartySource[] {
  return drafts.map((draft, place) => {
    const idIndex = indexes[place] ?? '';
    const stored = doc.parties.find((party: CaseParty) => party.id === draft.id && party.idIndex === idIndex);
    const consent =
      stored?.consent ?? (draft.signs ? NOT_ASKED : { ...NOT_ASKED, state: 'notNeeded' as const });
    return { draft, idIndex, consent, formerMatches: formerHolders.includes(draft.id) };
  });
}

export type NameRule = 'full' | 'masked';

/**
 * One applicant as somebody else sees them: name full to those who sign with them and to staff, masked elsewhere;
 * numbers always masked but for the person themselves and staff.
 */
export function presentParty(
  { draft, idIndex, consent, formerMatches }: PartySource,
  {
    doc,
    type,
    viewer,
    names,
  }: { doc: ApplicationDocument; type: BusinessType; viewer: Viewer; names: NameRule },
): PartyView {
  const { id, role, kind, name, idNumber, phone, share, former } = draft;
  const isYou = viewer.keys.includes(`index:${idIndex}`);
  const open = viewer.kind === 'staff';
  const isOwner = doc.initiator.partyKey === `index:${idIndex}`;
  const { roles, joining = [] } = type.applicants;
  const joined = joining.find(({ key }) => key === role);
  const label = [...roles, ...joining].find(({ key }) => key === role)?.label ?? { zh: role, en: role };
  return {
    id,
    role,
    roleLabel: label,
    why: joined?.why ?? null,
    basis: joined?.basis ?? null,
    kind,
    name: open || isYou || names === 'full' || kind === 'organisation' ? name : maskName(name),
    idNumber: open ? idNumber : maskIdNumber(idNumber),
    formerIdNumber: former ? (open ? former.idNumber : maskIdNumber(former.idNumber)) : null,
    formerMatches: open && former ? formerMatches : null,
    phone: phone === null ? null : open ? phone : maskPhone(phone),
    share,
    isYou,
    isInitiator: isOwner,
    consent: {
      state: isOwner && consent.state === 'notAsked' ? 'notNeeded' : consent.state,
      invitedAt: consent.invitedAt?.toISOString() ?? null,
      decidedAt: consent.decidedAt?.toISOString() ?? null,
      reason: open || isYou || isInitiator(doc, viewer) ? consent.reason : null,
    },
  };
}

export type ScanStates = ReadonlyMap<string, string>;

const SOURCES = { applicant: 'applicant', shared: 'shared', ownRegister: 'own', portal: 'own' } as const;

export function presentMaterial(
  { material, state: need }: MaterialNeed,
  { doc, scans }: { doc: ApplicationDocument; scans: ScanStates },
): MaterialView {
  const { code, name, why, basis, form, source } = material;
  const files = doc.materials.find((one) => one.code === code)?.files ?? [];
  const scanOf = (fileId: string) => scans.get(fileId) ?? 'clean';
  const states = files.map(({ fileId }) => scanOf(fileId));
  const defect = openCorrection(doc)?.defects.find(
    ({ target }) => 'materialCode' in target && target.materialCode === code,
  );
  return {
    code,
    name,
    why,
    basis: basis.zh,
    need: need === 'provide' ? 'required' : need === 'optional' ? 'optional' : 'notNeeded',
    source: SOURCES[source],
    state: materialState(need, states),
    form,
    files: files.map(({ fileId, name: fileName, mediaType, size, sha256 }) => {
      const scan = scanOf(fileId);
      return {
        fileId,
        name: fileName,
        mediaType,
        size,
        sha256,
        scan:
          scan === 'infected'
            ? ('infected' as const)
            : scan === 'pending'
              ? ('pending' as const)
              : ('clean' as const),
      };
    }),
    defect: defect ? { defect: defect.defect, remedy: defect.remedy } : null,
  };
}

function materialState(need: MaterialNeed['state'], scans: readonly string[]): MaterialView['state'] {
  if (scans.includes('infected')) return 'unusable';
  if (scans.includes('pending')) return 'scanning';
  if (scans.length > 0) return 'received';
  if (need === 'exempt') return 'shared';
  return need === 'notNeeded' ? 'notNeeded' : 'missing';
}

export function presentPause(
  {
    id,
    reason,
    basis,
    note,
    from,
    plannedEndOn,
    to,
    backdated,
    recordedAt,
    approvedBy,
  }: ApplicationDocument['pauses'][number],
  type: Pick<BusinessType, 'limits'>,
  audience: 'staff' | 'applicant',
): PauseView {
  const { label } = PAUSE_WORDS[reason];
  return {
    id,
    reason,
    label,
    stopsClock: !switchesLimit(type, reason),
    basis,
    note,
    from: from.toISOString(),
    plannedEndOn,
    backdated: backdated ?? false,
    recordedAt: (recordedAt ?? from).toISOString(),
    approvedBy: audience === 'staff' ? (approvedBy?.name ?? null) : null,
    to: to?.toISOString() ?? null,
  };
}

export const presentCorrection = (doc: Pick<ApplicationDocument, 'status' | 'corrections'>) => {
  const latest = openCorrection(doc) ?? doc.corrections.at(-1);
  if (!latest) return null;
  const { defects, requestedAt, dueOn, kind, answeredAt } = latest;
  return {
    defects: defects.map(({ target, defect, remedy }) => ({ target, defect, remedy })),
    requestedAt: requestedAt.toISOString(),
    dueOn,
    kind,
    answeredAt: answeredAt?.toISOString() ?? null,
  };
};

export const documentRef = ({ id, kind, no, at }: CaseDocument): DocumentRef => ({
  id,
  kind,
  title: DOCUMENT_TITLES[kind],
  no,
  at: at.toISOString(),
});

export function presentDocument(document: CaseDocument, caseNo: string | null): DocumentView {
  const { rows, paragraphs, issuedBy, signature } = document;
  return { ...documentRef(document), caseNo, rows, paragraphs, issuedBy, signature };
}

/** Problems with their sentences: a page shows all of them, each at its field. */
export function presentProblem({ pointer, code, params, sentence }: Problem): FieldProblem {
  const words = sentence ?? findErrorDefinition(code) ?? { zh: code, en: code };
  return {
    pointer,
    code,
    message: { zh: sentenceOf(words, 'zh-CN', params), en: sentenceOf(words, 'en', params) },
  };
}

type Face = DeadlineAnswer['promised'];

/** Counted and remaining in the unit of the limit: they add up to it, with its extension. */
export function presentFace(face: Face, citation: ClockView['citation']): ClockView {
  const { limit, dueOn, dueAt, provisional, extendedByDays, remaining, lateDays } = face;
  const hours = limit.unit === 'workingHour';
  const left = hours ? (remaining.officeMinutes ?? 0) / 60 : (remaining.days ?? 0);
  return {
    limit: { amount: limit.amount, unit: limit.unit },
    citation,
    dueOn,
    dueAt,
    provisional,
    extendedByDays,
    remainingUnits: left,
    countedUnits: Math.max(0, limit.amount + extendedByDays - left),
    overdueUnits: lateDays,
  };
}

export function presentClocks(deadline: DeadlineAnswer, citation: ClockView['citation']): ClocksView {
  return {
    light: deadline.light === 'done' ? 'none' : deadline.light,
    running: deadline.state === 'running',
    promised: presentFace(deadline.promised, citation),
    statutory: presentFace(deadline.statutory, citation),
  };
}
