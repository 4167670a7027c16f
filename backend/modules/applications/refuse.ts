import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';
import { appealRights, type Located } from './authority.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand, demandRead } from './change.ts';
import { giveUpPlaces, leaveQueue, stopClock } from './close-case.ts';
import type { Refuse } from './contract.ts';
import { demandTermOver } from './correction-due.ts';
import { makeDocument, row, type DocumentContent } from './documents.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import { openCorrection, type Viewer } from './policy.ts';
import { errors } from './errors.ts';
import { opinionOf } from './review.ts';
import { returnContent, returnGroundOf } from './return-order.ts';
import { personOf } from './viewer.ts';
import type { DocumentKind, RefusalReason } from './vocabulary.ts';
import { REFUSAL_WORDS } from './wording.ts';

/**
 * 不予登记 (条例22): a reason of the closed list, the facts, and how to appeal. The originals go back, copies are kept
 * (浙江规则37, as a model).
 */
export async function refuse(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { reason, facts, filingHash }: Refuse,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('refuse', doc, type, viewer);
  demandRead(doc, filingHash);
  await demandSupplementOver(p, doc, reason);
  const notice = makeDocument(p, doc, ...refusalNotice(doc, type, { reason, facts }));
  const status = 'refused' as const;
  const clockEvents = stopClock(p, doc);
  const now = p.time.now();
  const pauses = doc.pauses.map((one) => (one.to === null ? { ...one, to: now } : one));
  const after = await applyChange(p, doc, type, {
    set: {
      status,
      handler: null,
      clockEvents,
      pauses,
      queue: leaveQueue(p, doc),
      decision: { reason, facts, at: now, by: personOf(viewer), goTo: null },
    },
    push: { documents: [notice], opinions: [opinionOf(p, 'refuse', doc.step ?? '', viewer, facts)] },
    events: [caseEvent(p, 'refused', doc, viewer.accountId, { reason })],
  });
  await giveUpPlaces(p, doc, after);
  return after;
}

/** What goes out, word for word: the act writes it, and the dialog shows it before. Throws for a ground that is not open. */
export function refusalNotice(
  doc: Pick<ApplicationDocument, 'no'> & Located,
  type: CaseType,
  { reason, facts }: Pick<Refuse, 'reason' | 'facts'>,
): [DocumentKind, DocumentContent] {
  const ground = returnGroundOf(type, reason);
  if (ground) return ['returnLetter', returnContent(doc, type, { ground, facts })];
  return ['refusalNotice', refusalContent(doc, type, { reason: reason as RefusalReason, facts })];
}

/** 不予登记告知书. Pure. */
export function refusalContent(
  doc: Pick<ApplicationDocument, 'no'> & Located,
  type: Pick<CaseType, 'name'>,
  { reason, facts }: { reason: RefusalReason; facts: string },
): DocumentContent {
  const [words, basis] = REFUSAL_WORDS[reason];
  return {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      row('不予登记的理由', 'Reason', words),
      row('事实', 'Facts', facts),
      row('依据', 'Legal basis', basis),
    ],
    paragraphs: [
      appealRights(doc),
      {
        zh: '申请材料的原件退还申请人，本机构留存复印件。原因消除后可以重新申请。',
        en: 'Originals are returned; copies are kept. You may apply again once the reason has gone.',
      },
    ],
  };
}

/** 浙江规则36: only who let the term of a supplement run out may be refused for it; nobody before it has, for whatever reason. */
async function demandSupplementOver(
  p: Platform,
  doc: ApplicationDocument,
  reason: Refuse['reason'],
): Promise<void> {
  const open = openCorrection(doc);
  if (open) await demandTermOver(p, open);
  else if (reason === 'supplementOverdue') errors.fail('applications.supplement_not_overdue');
}
