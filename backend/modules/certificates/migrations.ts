import type { Db } from 'mongodb';
import { newId } from '../../platform/ids.ts';
import type { Migration } from '../../platform/database/migrations.ts';
import type { CertificateDocument } from './certificate.model.ts';

const BATCH = 500;

/** Certificates from before they had a leaf in the log are handed to it like new ones; the subscriber makes their leaf. */
export const logEarlierCertificates: Migration = {
  id: '2026-11-30-log-earlier-certificates',
  async up(db: Db) {
    const certificates = db.collection<CertificateDocument>('certificates');
    // Nothing is delivered before the migrations are through: whoever carries the event was met before.
    const filter = { leaf: { $exists: false }, 'outbox.type': { $ne: 'certificates.imported' } };
    const cursor = certificates.find(filter, { projection: { issuedAt: 1 } });
    let writes: object[] = [];
    const flush = async () => {
      if (writes.length > 0) await certificates.bulkWrite(writes as never, { ordered: false });
      writes = [];
    };
    for await (const { _id, issuedAt } of cursor) {
      const event = {
        id: newId(),
        type: 'certificates.imported',
        at: issuedAt,
        actorId: null,
        requestId: null,
        data: { certificateId: _id },
      };
      writes.push({ updateOne: { filter: { _id }, update: { $push: { outbox: event } } } });
      if (writes.length >= BATCH) await flush();
    }
    await flush();
  },
};
