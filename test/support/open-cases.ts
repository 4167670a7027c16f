import { Types } from 'mongoose';
import { applications, type ApplicationDocument } from '../../backend/modules/applications/index.ts';
import type { Platform } from '../../backend/platform/platform.ts';

/**
 * Copies of a case that was made by hand, each a case of its own: only what identifies is changed. `change` says how the n-th
 * differs.
 */
export async function copyCases(
  p: Platform,
  template: ApplicationDocument,
  count: number,
  change: (n: number) => Partial<ApplicationDocument> = () => ({}),
  show: (done: number, of: number) => void = () => undefined,
): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += 1_000) {
    const batch = Array.from({ length: Math.min(1_000, count - start) }, (_, place) => {
      const n = start + place;
      const _id = new Types.ObjectId().toHexString();
      ids.push(_id);
      const no = `20250101${String(n).padStart(8, '0')}`;
      return { ...template, _id, no, created: { key: null, fingerprint: '' }, outbox: [], ...change(n) };
    });
    await applications(p).collection.insertMany(batch as never, { ordered: false });
    show(start + batch.length, count);
  }
  return ids;
}

export async function storedCase(p: Platform, id: string): Promise<ApplicationDocument> {
  const doc = await applications(p).collection.findOne({ _id: id as never });
  if (!doc) throw new Error(`no case ${id}`);
  return doc as unknown as ApplicationDocument;
}
