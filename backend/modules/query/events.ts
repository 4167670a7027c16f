import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { QueryDocument } from './query.model.ts';

type Happening = 'asked' | 'answered' | 'refused' | 'withdrawn' | 'noticeSet' | 'released' | 'papersErased';

/**
 * `query.<happening> {queryId, no, kind, relation, purpose, unitCode, askerId}`: ids and closed words. `unitCode` is null for queries
 * of all that one owns, or of a person.
 */
export function queryEvent(
  p: Platform,
  happening: Happening,
  query: Pick<QueryDocument, '_id' | 'no' | 'kind' | 'relation' | 'purpose' | 'unitCode' | 'asker'>,
  actorId: string | null,
  more: Record<string, string> = {},
): OutboxEvent {
  const { _id: queryId, no, kind, relation, purpose, unitCode, asker } = query;
  return p.outbox.event(`query.${happening}`, actorId, {
    ...{ queryId, no, kind, relation, purpose, unitCode, askerId: asker.accountId },
    ...more,
  });
}
