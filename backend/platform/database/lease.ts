import type { Collection } from 'mongodb';
import { defineModel } from './model.ts';
import type { Platform } from '../platform.ts';

interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
  fence: number;
}

export const leases = defineModel<LeaseDocument>({
  collection: 'leases',
  fields: { _id: String, holder: String, until: Date, fence: Number },
  // `_id` is the invariant: one document, so at most one holder, for a name.
  indexes: [],
});

export interface Lease {
  /** Rises with every change of holder; a late writer of an earlier fence can be told apart. */
  fence: number;
}

/**
 * Takes or renews a lease by one guarded write. The database's own clock decides, so processes whose clocks
 * differ cannot both hold it. Null: somebody else holds it.
 */
export async function acquireLease(
  p: Platform,
  name: string,
  holder: string,
  forMs: number,
): Promise<Lease | null> {
  const collection = nativeLeases(p);
  const mine = { $eq: ['$holder', holder] };
  const take = async (): Promise<Lease | null> => {
    const taken = await collection.findOneAndUpdate(
      { _id: name, $expr: { $or: [mine, { $lt: ['$until', '$$NOW'] }] } },
      [
        {
          $set: {
            fence: { $cond: [mine, '$fence', { $add: ['$fence', 1] }] },
            holder,
            until: { $add: ['$$NOW', forMs] },
          },
        },
      ],
      { returnDocument: 'after' },
    );
    return taken && { fence: taken.fence };
  };
  const taken = await take();
  if (taken) return taken;
  try {
    // A lease that nobody ever held starts out free; whoever inserts it must still win the update.
    await collection.insertOne({ _id: name, holder: '', until: new Date(0), fence: 0 });
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return null;
    throw error;
  }
  return take();
}

/** Gives a lease back before it runs out. Does nothing for a holder that lost it. */
export async function releaseLease(p: Platform, name: string, holder: string): Promise<void> {
  await nativeLeases(p).updateOne({ _id: name, holder }, { $set: { until: new Date(0), holder: '' } });
}

function nativeLeases(p: Platform): Collection<LeaseDocument> {
  return leases(p).collection as unknown as Collection<LeaseDocument>;
}
