import { maskName } from '../accounts/index.ts';
import type { FileFacts } from '../files/index.ts';
import { DELAY_GROUNDS, longestDelayDays } from './contract/looks.ts';
import type {
  DeskQueryRow,
  EvidenceView,
  NoticeView,
  QueryKindsView,
  QuerySummary,
  QueryView,
  ResultView,
} from './contract/views.ts';
import { keptUntilOn, type RetentionRule } from './kept-until.ts';
import { missingPapers, needsWords, optionalPapers, QUERY_RULES } from './policy.ts';
import type { QueryDocument } from './query.model.ts';
import type { ResultRecord } from './result-record.ts';
import type { QueryTerms } from './terms.ts';
import { QUERY_KINDS } from './vocabulary.ts';

/** Wire objects of queries, field by field. Pure. */

function presentHead(query: QueryDocument): Omit<QuerySummary, 'kept' | 'notice'> {
  const { _id: id, no, kind, relation, state, purpose, purposeText, target, due, decision, revision } = query;
  return {
    ...{ id, no, kind, relation, state, purpose, purposeText, target, revision },
    letterNo: query.letterNo ?? null,
    askedAt: query.askedAt.toISOString(),
    due: due && {
      promisedAt: due.promisedAt.toISOString(),
      promisedOn: due.promisedOn,
      legalOn: due.legalOn,
    },
    decidedAt: decision && decision.at.toISOString(),
  };
}

/** @param notice whether those concerned are told of it, see telling.ts */
export function presentSummary(
  query: QueryDocument,
  rule: RetentionRule,
  notice: NoticeView | null,
): QuerySummary {
  const untilOn = keptUntilOn(query, rule);
  const erasedAt = query.keeping?.erasedAt?.toISOString() ?? null;
  return { ...presentHead(query), kept: untilOn === null ? null : { untilOn, erasedAt }, notice };
}

export interface ResultLinks {
  verifyUrl: string;
}

export function presentResult(
  { _id, result }: Pick<QueryDocument, '_id' | 'result'>,
  record: ResultRecord,
  { verifyUrl }: ResultLinks,
): ResultView | null {
  if (!result) return null;
  const { kind, no, at, agency, coverage, units, refusal } = record;
  return { kind, no, at, agency, coverage, units, refusal, verifyUrl, pdfUrl: `/api/queries/${_id}/pdf` };
}

export const presentEvidence = (
  evidence: QueryDocument['evidence'],
  facts: readonly FileFacts[],
): EvidenceView[] =>
  evidence.flatMap(({ code, fileId }) => {
    const file = facts.find(({ id }) => id === fileId);
    if (!file) return [];
    const { name, type, sizeBytes, pages, scan } = file;
    return [{ code, fileId, name, type, sizeBytes, pages, scan }];
  });

export interface QueryParts {
  evidence: EvidenceView[];
  idNumberMasked: string | null;
  result: ResultView | null;
  notice: NoticeView | null;
}

export function presentQuery(
  query: QueryDocument,
  { evidence, idNumberMasked, result, notice }: QueryParts,
  rule: RetentionRule,
): QueryView {
  const { person, claimedName, state } = query;
  return {
    ...presentSummary(query, rule, notice),
    evidence,
    claimedName,
    client: query.client ?? null,
    person: person && { name: person.name, idNumberMasked },
    result,
    may: { withdraw: state === 'waiting', setNotice: notice?.silent ?? false },
  };
}

/** Past the office's own promise, past what the law allows: while it waits, and as it was when it was decided. */
export function lateness({ due, decision }: Pick<QueryDocument, 'due' | 'decision'>, now: Date) {
  const at = decision?.at ?? now;
  if (due === null || at <= due.promisedAt) return 'no' as const;
  return at > due.legalAt ? ('law' as const) : ('promise' as const);
}

export function presentRow(query: QueryDocument, now: Date): DeskQueryRow {
  const { id, no, kind, state, askedAt, due, decidedAt, purpose } = presentHead(query);
  const { name, organisation } = query.asker;
  const organ = QUERY_RULES[kind].relation === 'stateOrgan';
  return {
    ...{ id, no, kind, state, askedAt, due, decidedAt },
    purpose: organ ? null : purpose,
    asker: organ ? null : { name: maskName(name), organisation: organisation?.name ?? null },
    late: lateness(query, now),
  };
}

export function presentKinds(
  { promisedWorkdays, legalWorkdays }: QueryTerms,
  { decidedYears: keptYears, withdrawnDays: keptDaysWithdrawn }: RetentionRule,
): QueryKindsView {
  const items = Object.values(QUERY_KINDS).map((kind) => {
    const { who, target, purposes, own, decided, basis } = QUERY_RULES[kind];
    return {
      kind,
      who: [...who],
      target,
      purposes: [...purposes],
      papers: purposes.map((purpose) => ({
        purpose,
        lines: missingPapers(kind, purpose, []).map((line) => [...line]),
        optional: [...optionalPapers(kind, purpose)],
      })),
      own,
      decided,
      basis,
      wordsFor: own ? [] : purposes.filter(needsWords),
    };
  });
  const silenceDays = DELAY_GROUNDS.map((ground) => ({ ground, days: longestDelayDays(ground) }));
  return { items, promisedWorkdays, legalWorkdays, keptYears, keptDaysWithdrawn, silenceDays };
}
