import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';
import { appealRights, type Located } from './authority.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand, demandRead } from './change.ts';
import { giveUpPlaces, leaveQueue } from './close-case.ts';
import type { Decline } from './contract.ts';
import { demandTermOver } from './correction-due.ts';
import { makeDocument, row, type DocumentContent } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import { openCorrection, type Viewer } from './policy.ts';
import { opinionOf } from './review.ts';
import { returnContent, returnGroundOf } from './return-order.ts';
import { personOf } from './viewer.ts';
import type { DocumentKind } from './vocabulary.ts';
import { DECLINE_WORDS, type DeclineReason } from './wording.ts';

/**
 * 不予受理 (条例17): told at once, in writing, with the reason and, where another office is competent, which one.
 * Silence would count as acceptance. An order of a court whose missing papers did not come in the term of the notice is
 * sent back the same way, so that it does not stand in the way of the complete order behind it (查封规定1, 7).
 */
export async function decline(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { reason, facts, goTo, filingHash }: Decline,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('decline', doc, type, viewer);
  demandRead(doc, filingHash);
  const open = openCorrection(doc);
  if (open) await demandTermOver(p, open);
  if (reason === 'notOurArea' && !goTo) {
    errors.fail('applications.go_to_needed', {}, [{ pointer: '/goTo', code: 'applications.go_to_needed' }]);
  }
  const notice = makeDocument(p, doc, ...declineNotice(doc, type, { reason, facts, goTo }));
  const status = 'declined' as const;
  const after = await applyChange(p, doc, type, {
    set: {
      status,
      handler: null,
      queue: leaveQueue(p, doc),
      decision: { reason, facts, at: p.time.now(), by: personOf(viewer), goTo: goTo ?? null },
    },
    push: { documents: [notice], opinions: [opinionOf(p, 'decline', 'acceptance', viewer, facts)] },
    events: [caseEvent(p, 'declined', doc, viewer.accountId, { reason })],
  });
  await giveUpPlaces(p, doc, after);
  return after;
}

/** What goes out, word for word: the act writes it, and the dialog shows it before. Throws for a ground that is not open. */
export function declineNotice(
  doc: Pick<ApplicationDocument, 'no'> & Located,
  type: CaseType,
  { reason, facts, goTo }: Pick<Decline, 'reason' | 'facts' | 'goTo'>,
): [DocumentKind, DocumentContent] {
  const ground = returnGroundOf(type, reason);
  if (ground) return ['returnLetter', returnContent(doc, type, { ground, facts })];
  const content = declineContent(doc, type, { reason: reason as DeclineReason, facts, goTo });
  return ['declineNotice', content];
}

/** 不予受理告知书. Pure. */
export function declineContent(
  doc: Pick<ApplicationDocument, 'no'> & Located,
  type: Pick<CaseType, 'name'>,
  { reason, facts, goTo }: { reason: DeclineReason; facts: string; goTo?: string | undefined },
): DocumentContent {
  const [words, basis] = DECLINE_WORDS[reason];
  return {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      row('不予受理的理由', 'Reason', words),
      row('事实', 'Facts', facts),
      row('依据', 'Legal basis', basis),
      ...(goTo ? [row('可以到哪里办理', 'Where to apply', goTo)] : []),
    ],
    paragraphs: [appealRights(doc)],
  };
}
