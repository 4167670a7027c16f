import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { Located } from './authority.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange } from './change.ts';
import { giveUpPlaces, leaveQueue } from './close-case.ts';
import { declineContent } from './decline.ts';
import { makeDocument, type DocumentContent } from './documents.ts';
import { caseEvent } from './events.ts';
import { lastDayOf } from './correction-due.ts';
import { openCorrection } from './policy.ts';
import { targetName } from './request-correction.ts';
import { dayWords } from './wording.ts';

/**
 * 补正 before acceptance that was not answered by its last day: the application is not accepted, and told so in writing with
 * what was missing and the ways to appeal (条例17(三)). Nobody withdrew it (条例15 leaves that to the applicants), and it may
 * be filed again at any time.
 */
export async function lapseCorrection(p: Platform, doc: ApplicationDocument): Promise<ApplicationDocument> {
  const type = await typeOf(p, doc);
  const now = p.time.now();
  const calendar = await getCalendar(p);
  const asked = openCorrection(doc);
  const names = asked?.defects.map((defect) => targetName(type, defect).zh).join('、') ?? '';
  const due = asked ? dayWords(lastDayOf(asked.dueOn, calendar), now, calendar).zh : '';
  const facts = `补正告知书要求在 ${due}前补齐：${names}。到期没有收到。`;
  const content = lapseContent(doc, type, facts);
  const after = await applyChange(p, doc, type, {
    set: {
      status: 'declined',
      handler: null,
      queue: leaveQueue(p, doc),
      decision: { reason: 'notCompleted', facts, at: now, by: null, goTo: null },
    },
    push: { documents: [makeDocument(p, doc, 'declineNotice', content)] },
    events: [caseEvent(p, 'correctionLapsed', doc, null, { reason: 'notCompleted' })],
  });
  await giveUpPlaces(p, doc, after);
  return after;
}

function lapseContent(
  doc: Pick<ApplicationDocument, 'no'> & Located,
  type: Pick<CaseType, 'name'>,
  facts: string,
): DocumentContent {
  const { rows, paragraphs } = declineContent(doc, type, { reason: 'notCompleted', facts });
  return { rows, paragraphs: [FILE_AGAIN, ...paragraphs] };
}

const FILE_AGAIN = {
  zh: '材料备齐后可以随时重新申请，不受这一次的影响；受理先后按新的申请算。',
  en: 'You may file again at any time once the materials are complete; this time does not count against you. The order is that of the new application.',
};
