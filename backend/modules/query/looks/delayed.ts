import type { Platform } from '../../../platform/platform.ts';
import { delays, type DelayDocument } from './delay.model.ts';
import { withheldBy } from './withholding.ts';

/**
 * Ids of queries that a delay of notice (暂缓告知) keeps from those concerned, or kept from them until after `since`: until then nobody
 * could ask about them, and their papers are what would answer (个人信息保护法 50).
 */
export async function findDelayedQueries(p: Platform, since: Date): Promise<string[]> {
  const found = (await delays(p)
    .collection.find(
      { state: { $in: ['asked', 'inForce', 'refused', 'ended'] }, until: { $gte: since } },
      { projection: { outbox: 0 } },
    )
    .hint('by-state')
    .toArray()) as unknown as DelayDocument[];
  const late = found.filter(({ endedAt, until }) => (endedAt ?? until) >= since);
  const spans = await Promise.all(late.map((delay) => withheldBy(p, delay)));
  return spans.flatMap(({ targetIds }) => [...targetIds]);
}
