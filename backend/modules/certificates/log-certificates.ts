import type { Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { appendEntries, signOrReport } from '../ledger/index.ts';
import { certificates, type CertificateDocument } from './certificate.model.ts';
import { certificateEntryId, makeLeaf } from './leaf.ts';

type Loggable = Pick<CertificateDocument, '_id' | 'issuedAt' | 'leaf' | 'record'>;

const FIELDS = { record: 1, issuedAt: 1, leaf: 1 } as const;

async function findLoggable(p: Platform, ids: readonly string[]): Promise<Loggable[]> {
  return (await certificates(p)
    .collection.find({ _id: { $in: ids as never[] } }, { projection: FIELDS })
    .toArray()) as unknown as Loggable[];
}

/** Gives a leaf to certificates of before there was a log. Of two deliveries one writes, and both go on with what was written. */
async function giveLeaves(p: Platform, without: readonly Loggable[]): Promise<void> {
  if (without.length === 0) return;
  const writes = without.map(({ _id, issuedAt, record }) => ({
    updateOne: {
      filter: { _id: _id as never, leaf: { $exists: false } },
      update: { $set: { leaf: makeLeaf(p, { id: _id, at: issuedAt, record }) } },
    },
  }));
  await certificates(p).collection.bulkWrite(writes as never, { ordered: false });
}

/**
 * `certificates.issued` and `certificates.imported` `{certificateId}`: the certificate is in the log and under a signed head before the event
 * counts as delivered. Idempotent by the entry's id.
 */
export const logCertificates: Subscriber = {
  name: 'certificates.log',
  types: ['certificates.issued', 'certificates.imported'],
  async handle(p, events) {
    const ids = [...new Set(events.map(({ data }) => String(data.certificateId)))];
    await giveLeaves(
      p,
      (await findLoggable(p, ids)).filter(({ leaf }) => leaf === undefined),
    );
    const found = await findLoggable(p, ids);
    await appendEntries(
      p,
      found.map(({ _id, leaf }) => ({ entryId: certificateEntryId(_id), bytes: leaf!.bytes })),
    );
    await signOrReport(p);
  },
};
