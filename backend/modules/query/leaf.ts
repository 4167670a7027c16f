import type { Platform } from '../../platform/platform.ts';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import { leafHolds, makeDocumentLeaf, type CertificateLeaf } from '../certificates/index.ts';
import { appendEntries, signOrReport, type LeafSource, type SourcedLeaf } from '../ledger/index.ts';
import { queries, type QueryDocument, type QueryResult } from './query.model.ts';

/** Results of queries in the ledger: that a document was issued, when, and what it said, without saying any of it. */

/** The id was chosen at random by whoever asked, so that it says nothing. */
export const resultEntryId = (queryId: string): string => `queryResult:${queryId}`;

const recorded = ({ id, at, record }: { id: string; at: Date; record: string }) => ({
  kind: 'queryResult' as const,
  entryId: resultEntryId(id),
  at,
  record,
});

export const makeResultLeaf = (
  p: Pick<Platform, 'random'>,
  made: { id: string; at: Date; record: string },
): CertificateLeaf => makeDocumentLeaf(p, recorded(made));

type WithResult = { _id: string; result: QueryResult };

async function* leaves(p: Platform): AsyncGenerator<SourcedLeaf> {
  const filter = { 'result.leaf': { $exists: true } };
  const cursor = queries(p).collection.find(filter, { projection: { result: 1 } });
  for await (const { _id: id, result } of cursor as unknown as AsyncIterable<WithResult>) {
    const { at, leaf, record } = result;
    // Of an answer that was erased the salt is gone as well: the leaf stands in the log, and says nothing.
    const holds = leafHolds(leaf, recorded({ id, at, record }));
    yield { entryId: resultEntryId(id), bytes: leaf.bytes, holds };
  }
}

/** Results as they stand beside the log. */
export const queryResultLeaves: LeafSource = { kind: 'queryResult', leaves };

/** The result is in the log and under a signed head before its event counts as delivered. Idempotent by the entry's id. */
export const logResults: Subscriber = {
  name: 'query.log',
  types: ['query.answered', 'query.refused'],
  async handle(p, events: readonly DeliveredEvent[]) {
    const ids = [...new Set(events.map(({ data }) => String(data.queryId)))];
    const found = (await queries(p)
      .find({ _id: { $in: ids } }, { 'result.leaf': 1 })
      .lean()) as unknown as Pick<QueryDocument, '_id' | 'result'>[];
    const entries = found.flatMap(({ _id, result }) =>
      result ? [{ entryId: resultEntryId(_id), bytes: result.leaf.bytes }] : [],
    );
    await appendEntries(p, entries);
    await signOrReport(p);
  },
};
