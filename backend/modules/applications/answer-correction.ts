import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import { newId } from '../../platform/ids.ts';
import type { ApplicationDocument, Submission } from './application.model.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import { answerTerms } from './answer-due.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { examine } from './examine.ts';
import { currentParties, filingOf } from './filed.ts';
import { getForApplicant } from './load.ts';
import { missingSignatures, openCorrection, type Viewer } from './policy.ts';
import { closePauses } from './resume.ts';
import { isServedOrder, keepServed } from './served.ts';
import { confirmAttached } from './submit.ts';

/**
 * The applicant has put right what the notice listed and hands the case in again. Before acceptance it goes back to
 * 预审 with a new working day for the answer; after acceptance the clock runs on from this moment.
 */
export async function answerCorrection(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { revision }: { revision: number },
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  const examination = await examine(p, doc, type, { reader: 'applicant', viewer });
  const { hash } = filingOf(p, doc, type, examination);
  const parties = currentParties(p, doc, examination, hash).map((party) =>
    keepInitiator(party, doc, hash, p.time.now()),
  );
  demand('answerCorrection', { ...doc, parties }, type, viewer);
  if (revision !== doc.revision) errors.fail('applications.stale_draft');
  if (examination.problems.length > 0) {
    errors.fail('applications.incomplete', { count: examination.problems.length }, examination.problems);
  }
  const missing = missingSignatures({ parties, initiator: doc.initiator }, hash);
  if (missing.length > 0) {
    errors.fail('applications.consent_missing', { names: missing.map(({ name }) => name).join('、') });
  }
  const { unspoken } = examination;
  if (unspoken.length > 0) errors.fail('applications.incomplete', { count: unspoken.length }, unspoken);
  await confirmAttached(p, doc);
  const after = await applyChange(
    p,
    doc,
    type,
    await answered(p, doc, viewer, { hash, parties, limits: type.limits }),
  );
  if (isServedOrder(type)) await keepServed(p, after._id);
  return after;
}

/** The initiator signs by handing in, so their signature is of the newest filing. */
function keepInitiator(
  party: ApplicationDocument['parties'][number],
  doc: ApplicationDocument,
  hash: string,
  at: Date,
) {
  if (!party.signs || `index:${party.idIndex}` !== doc.initiator.partyKey) return party;
  return { ...party, consent: { ...party.consent, state: 'signed' as const, decidedAt: at, hash } };
}

async function answered(
  p: Platform,
  doc: ApplicationDocument,
  viewer: Viewer,
  {
    hash,
    parties,
    limits,
  }: { hash: string; parties: ApplicationDocument['parties']; limits: CaseType['limits'] },
) {
  const now = p.time.now();
  const open = openCorrection(doc);
  const before = doc.status === 'correction';
  const submission: Submission = {
    id: newId(),
    at: now,
    hash,
    byAccountId: viewer.accountId,
    idempotencyKey: null,
    fingerprint: '',
    ...(before
      ? answerTerms(await getCalendar(p), limits, now)
      : { answerDueAt: doc.submission?.answerDueAt ?? now }),
  };
  const supplements = doc.pauses
    .filter(({ reason, to }) => reason === 'supplement' && to === null)
    .map(({ id }) => id);
  const { pauses, clockEvents } = closePauses(p, doc, supplements);
  const corrections = doc.corrections.map((one) => (one === open ? { ...one, answeredAt: now } : one));
  return {
    set: {
      ...(before ? { status: 'submitted' as const } : {}),
      parties,
      submission,
      corrections,
      pauses,
      clockEvents,
    },
    push: { earlierSubmissions: doc.submission ? [doc.submission] : [] },
    events: [
      caseEvent(p, 'correctionAnswered', doc, viewer.accountId, {
        kind: open?.kind ?? 'correction',
        resumed: supplements.length > 0,
      }),
    ],
    agent: viewer,
  };
}
