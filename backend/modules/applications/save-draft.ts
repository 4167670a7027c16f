import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/errors.ts';
import { foldUnitCode } from '../register/index.ts';
import {
  mergeAnswers,
  openAnswers,
  reconcileAnswers,
  sameValue,
  sealAnswers,
  valueAt,
  type Answers,
  type ReconcileForm,
} from './answers.ts';
import type { ApplicationDocument, CaseParty } from './application.model.ts';
import { audienceOf } from './audience.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { demand, tryChange, type Change } from './change.ts';
import type { SaveDraft } from './contract.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { demandDraftRoom } from './draft-room.ts';
import { fieldsOf } from './form-view.ts';
import { getForApplicant } from './load.ts';
import { indexOf, partiesIn } from './parties.ts';
import { openCorrection, type Viewer } from './policy.ts';
import { fieldOf } from './request-correction.ts';
import { getBusinessType } from '../catalogue/index.ts';

/**
 * Autosave: merges changed fields into the draft at the revision that the page was loaded with. Another tab or device
 * that saved in between makes this one fail with `applications.stale_draft`, whose problems point at every field that
 * differs, so that nothing is ever overwritten in silence.
 *
 * Editing what others have signed voids their signatures, and they are told (portal.md §5.7).
 */
export async function saveDraft(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  input: SaveDraft,
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('save', doc, type, viewer);
  const patch: Answers = { ...input.answers };
  if (input.unitCode !== undefined) patch.unitCode = input.unitCode;
  const current = openAnswers(p, doc);
  if (input.revision !== doc.revision) failStale(doc, current, patch, input.revision);
  const { answers, changed, unknown } = mergeAnswers(current, patch, fieldsOf(type));
  if (unknown.length > 0) errors.fail('applications.wrong_key', { key: unknown[0] ?? '' });
  if (changed.length === 0) return doc;
  demandInDefects(doc, changed);
  demandDraftRoom(type, answers, changed);
  const saved = await tryChange(p, doc, type, await editOf(p, doc, type, viewer, answers, changed));
  return saved ?? failStale(await getForApplicant(p, idOrNo, viewer), current, patch, input.revision);
}

/** The write of an edit: answers, what follows from the unit code, and the end of signatures. */
export async function editOf(
  p: Platform,
  doc: ApplicationDocument,
  type: Pick<CaseType, 'applicants'>,
  viewer: Viewer,
  answers: Answers,
  changed: readonly string[],
): Promise<Change> {
  const revision = doc.revision + 1;
  const voided = voidSignatures(p, doc, viewer);
  return {
    set: {
      ...voided.set,
      ...(await withoutUnnamed(p, doc, voided.set.parties ?? doc.parties, { type, answers })),
      ...(doc.status === 'waitingConsent' ? { status: 'draft' as const } : {}),
      answers: sealAnswers(p, doc._id, answers),
      answerRevisions: {
        ...doc.answerRevisions,
        ...Object.fromEntries(changed.map((field) => [field, revision])),
      },
      ...(changed.includes('unitCode') ? unitFields(answers.unitCode) : {}),
    },
    events: voided.events,
    agent: viewer,
  };
}

/** Whoever the edit no longer names is no party any more: the case is closed to them from now on, and nothing is told to them. */
async function withoutUnnamed(
  p: Platform,
  doc: ApplicationDocument,
  parties: readonly CaseParty[],
  { type, answers }: { type: Pick<CaseType, 'applicants'>; answers: Answers },
): Promise<Partial<ApplicationDocument>> {
  const { roles, joining = [] } = type.applicants;
  const named = new Set(partiesIn(roles, answers).map(({ idNumber }) => indexOf(p, idNumber)));
  // Who joins by what the register says stands in no answer.
  const joins = new Set(joining.map(({ key }) => key));
  const left = parties.filter(
    ({ idIndex, formerIndex, role }) =>
      named.has(idIndex) || (formerIndex !== undefined && named.has(formerIndex)) || joins.has(role),
  );
  return left.length === parties.length ? {} : { parties: left, ...(await audienceOf(p, doc, left)) };
}

/** As typed, whether the register has it or not: a draft tells nobody which units there are. */
function unitFields(typed: unknown): Partial<ApplicationDocument> {
  return { unitCodes: typeof typed === 'string' && typed !== '' ? [foldUnitCode(typed)] : [] };
}

/** Any later change voids a signature: what was signed is no longer what would be filed. */
export function voidSignatures(
  p: Platform,
  doc: ApplicationDocument,
  viewer: Viewer,
): Required<Pick<Change, 'set' | 'events'>> {
  const asked = doc.parties.filter(
    ({ consent }) => consent.state === 'signed' || consent.state === 'invited',
  );
  if (asked.length === 0) return { set: {}, events: [] };
  const parties: CaseParty[] = doc.parties.map((party) =>
    asked.includes(party)
      ? { ...party, consent: { ...party.consent, state: 'void', hash: null, decidedAt: p.time.now() } }
      : party,
  );
  const data = { partyIds: asked.map(({ id }) => id) };
  return { set: { parties }, events: [caseEvent(p, 'consentVoided', doc, viewer.accountId, data)] };
}

/** 补正 covers what the notice lists; anything else would be a new application. */
function demandInDefects(doc: ApplicationDocument, changed: readonly string[]): void {
  const correction = openCorrection(doc);
  if (!correction) return;
  const open = correction.defects.flatMap(({ target }) => ('field' in target ? [fieldOf(target.field)] : []));
  const outside = changed.filter((field) => !open.includes(field));
  if (outside.length === 0) return;
  const problems = outside.map((field) => ({
    pointer: `/answers/${field}`,
    code: 'applications.defect_only',
  }));
  errors.fail('applications.defect_only', {}, problems);
}

/** Fields that changed since the page was loaded, and fields that the page wants otherwise than they are now. */
function failStale(doc: ApplicationDocument, current: Answers, patch: Answers, revision: number): never {
  const since = Object.entries(doc.answerRevisions).flatMap(([field, at]) => (at > revision ? [field] : []));
  const wanted = Object.keys(patch).filter(
    (field) => !sameValue(patch[field] ?? undefined, valueAt(current, `/${field}`)),
  );
  const problems: Problem[] = [...new Set([...since, ...wanted])].map((field) => ({
    pointer: `/answers/${field}`,
    code: 'applications.field_differs',
  }));
  return errors.fail('applications.stale_draft', {}, problems);
}

/**
 * A draft follows its business type: when a newer version is in force, answers are carried over field by field and the
 * draft says what became of each. A filed case keeps the version it was filed under.
 */
export async function reconcileDraft(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
): Promise<{ doc: ApplicationDocument; type: CaseType }> {
  const type = await typeOf(p, doc);
  if (doc.status !== 'draft') return { doc, type };
  const { version: newestVersion } = await getBusinessType(p, doc.typeCode);
  if (newestVersion <= type.version) return { doc, type };
  const newest = await typeOf(p, { ...doc, typeVersion: newestVersion });
  const outcome = reconcileAnswers(
    openAnswers(p, doc),
    type.form as unknown as ReconcileForm,
    newest.form as unknown as ReconcileForm,
  );
  const { answers, kept, changed, dropped, added } = outcome;
  const voided = voidSignatures(p, doc, viewer);
  const saved = await tryChange(p, doc, newest, {
    set: {
      ...voided.set,
      typeVersion: newest.version,
      answers: sealAnswers(p, doc._id, answers),
      reconciliation: { fromVersion: type.version, toVersion: newest.version, kept, changed, dropped, added },
    },
    events: voided.events,
  });
  // A lost race means that another tab did the same; the next read sees it.
  return { doc: saved ?? doc, type: saved ? newest : type };
}
