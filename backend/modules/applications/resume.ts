import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument, CaseDocument, CasePause } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import type { Resume } from './contract.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import { openPauses, type Viewer } from './policy.ts';
import type { PauseReason } from './vocabulary.ts';
import { instantWords, PAUSE_WORDS } from './wording.ts';
import { timeErrors } from './time-errors.ts';

/** Ends pauses at an instant, by default now: the lists as they are afterwards, for one write. */
export function closePauses(
  p: Platform,
  doc: ApplicationDocument,
  ids: readonly string[],
  at: Date = p.time.now(),
) {
  const now = p.time.now();
  const ended = doc.pauses.filter(({ id, to }) => to === null && ids.includes(id));
  const pauses = doc.pauses.map((one) => (ended.includes(one) ? { ...one, to: at } : one));
  const events = ended.map(({ id }) => ({
    id: newId(),
    kind: 'resumed' as const,
    at,
    recordedAt: now,
    pauseId: id,
  }));
  return { ended, pauses, clockEvents: [...doc.clockEvents, ...events] };
}

/** 恢复办理告知书; `at`: the instant from which time counts again, which may lie before its date. */
export function resumption(
  p: Platform,
  doc: ApplicationDocument,
  { reason, note, at }: { reason: PauseReason; note: string; at: Date },
): CaseDocument {
  return makeDocument(p, doc, 'resumptionNotice', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('恢复的事由', 'Reason that ended', PAUSE_WORDS[reason].label),
      row('说明', 'Explanation', note),
      row('恢复计时', 'Time counts again from', instantWords(at)),
    ],
    paragraphs: [
      { zh: '从上面的时间起接着计算办理时间。', en: 'The time to completion runs on from the time above.' },
    ],
  });
}

/** The instant at which work went on: not to come, and after each of the pauses began. */
function demandInstant(p: Platform, open: readonly CasePause[], resumedAt: string | undefined): Date {
  const now = p.time.now();
  if (resumedAt === undefined) return now;
  const at = new Date(resumedAt);
  const pointer = '/resumedAt';
  if (at > now)
    timeErrors.fail('applications.resume_future', {}, [{ pointer, code: 'applications.resume_future' }]);
  const latest = open.reduce((last, { from }) => (from > last ? from : last), new Date(0));
  if (at <= latest) {
    const params = { from: instantWords(latest).zh };
    const code = 'applications.resume_before_pause';
    timeErrors.fail(code, params, [{ pointer, code, params }]);
  }
  return at;
}

/** Lets the clock run on. Without `pauseId` every open pause ends, but for a supplement, which the applicant answers. */
export async function resume(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { pauseId, note, resumedAt }: Resume,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('resume', doc, type, viewer);
  const open = openPauses(doc).filter(({ id, reason }) =>
    pauseId === undefined ? reason !== 'supplement' : id === pauseId,
  );
  if (open.length === 0) errors.fail('applications.not_paused');
  if (open.some(({ reason }) => reason === 'supplement')) errors.fail('applications.supplement_open');
  const at = demandInstant(p, open, resumedAt);
  const { pauses, clockEvents, ended } = closePauses(
    p,
    doc,
    open.map(({ id }) => id),
    at,
  );
  const notice = resumption(p, doc, { reason: ended[0]?.reason ?? 'inquiry', note, at });
  return applyChange(p, doc, type, {
    set: { pauses, clockEvents },
    push: { documents: [notice] },
    events: [caseEvent(p, 'resumed', doc, viewer.accountId, { reasons: ended.map(({ reason }) => reason) })],
  });
}
