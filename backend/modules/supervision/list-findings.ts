import type { Platform } from '../../platform/platform.ts';
import type { FindingPage, FindingQuery, FindingView, Text } from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { olderThan } from './cursor.ts';
import { findings, type FindingDocument } from './finding.model.ts';
import { typeName } from './list-alarms.ts';
import { withoutOwnCases, type Reader } from './own-cases.ts';
import { FINDING_KINDS, type FindingKind } from './vocabulary.ts';

const WORDS = {
  lateAcceptance: { zh: '材料齐了很久才受理', en: 'Accepted long after it was complete' },
  secondCorrection: { zh: '第二次补正', en: 'A second request for corrections' },
  lastDayPause: { zh: '最后一天才暂停', en: 'Paused on the last day' },
  latePause: { zh: '超期以后才暂停', en: 'Paused after the due day' },
  overlongPause: { zh: '暂停超过计划', en: 'Paused for longer than planned' },
  longPause: { zh: '计划暂停过长', en: 'Planned to be paused for very long' },
  restartedCase: { zh: '退回后马上重新收件', en: 'Withdrawn and filed again at once' },
  afterHoursAcceptance: { zh: '即办件在下班后受理', en: 'An instant type accepted after hours' },
  unprovenAgent: { zh: '经办人用了工作人员的身份证号', en: 'Acted under a staff member’s ID number' },
} as const satisfies Record<FindingKind, Text>;

const WINDOW_MS = 30 * 86_400_000;

async function present(p: Platform, finding: FindingDocument): Promise<FindingView> {
  const { _id, kind, caseId, no, typeCode, officeId, person, at, evidence, otherNo } = finding;
  return {
    id: _id,
    kind,
    label: WORDS[kind],
    caseId,
    no,
    type: typeCode,
    typeName: await typeName(p, typeCode),
    office: officeId,
    person: person && { id: person.accountId, name: person.name },
    at: at.toISOString(),
    evidence: { zh: evidence.zh, en: evidence.en },
    otherNo,
  };
}

/**
 * 要看一看的做法, newest first.
 * @param hall whose findings are counted; null: all
 */
export async function listFindings(
  p: Platform,
  reader: Reader,
  query: FindingQuery,
  hall: string | null,
): Promise<FindingPage> {
  const { kind, office, clerk, cursor, limit = 20 } = query;
  const filter = {
    ...(kind ? { kind } : {}),
    ...(office ? { officeId: office } : {}),
    ...(clerk ? { 'person.accountId': clerk } : {}),
    ...olderThan('at', cursor),
  };
  const since = new Date(p.time.now().getTime() - WINDOW_MS);
  const [found, counted] = await Promise.all([
    findings(p)
      .collection.find(filter as never, { hint: kind ? 'newest-of-kind' : 'newest' })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .toArray() as unknown as Promise<FindingDocument[]>,
    Promise.all(
      FINDING_KINDS.map((one) =>
        findings(p).collection.countDocuments(
          { kind: one, at: { $gte: since }, ...(hall === null ? {} : { officeId: hall }) },
          { hint: 'newest-of-kind' },
        ),
      ),
    ),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const seen = await withoutOwnCases(p, reader, shown, ({ caseId }) => caseId);
  return {
    items: await Promise.all(seen.map((finding) => present(p, finding))),
    nextCursor: found.length > limit && last ? cursorOf({ at: last.at, id: last._id }) : null,
    counts: FINDING_KINDS.map((one, place) => ({ kind: one, label: WORDS[one], count: counted[place] ?? 0 })),
  };
}

/** The findings about one case, oldest first. */
export async function findingsOfCase(p: Platform, caseId: string): Promise<FindingView[]> {
  const found = (await findings(p)
    .collection.find({ caseId })
    .sort({ at: 1 })
    .toArray()) as unknown as FindingDocument[];
  return Promise.all(found.map((finding) => present(p, finding)));
}
