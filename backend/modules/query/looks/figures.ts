import type { Platform } from '../../../platform/platform.ts';
import { legalDayOf } from '../../../platform/time.ts';
import { LONGEST_DELAY_DAYS, type DelayFigures, type DelayGround } from '../contract/looks.ts';
import { queries } from '../query.model.ts';
import { delays } from './delay.model.ts';
import { DELAY_WORDS } from './words.ts';

/**
 * How often law kept a look from people, for everybody: of years that are over, and of what has been told since. What is kept now is no
 * figure: in one city it would tell the person concerned. A ground with few cases stands among the others.
 */

/** Fewer are not told apart. */
const LEAST = 5;

interface Ended {
  ground: DelayGround;
  at: Date;
}

async function readEnded(p: Platform): Promise<Ended[]> {
  const [asked, told] = await Promise.all([
    delays(p)
      .collection.find({ state: 'ended' } as never, { projection: { ground: 1, endedAt: 1 } })
      .hint('by-state')
      .toArray() as unknown as Promise<{ ground: DelayGround; endedAt: Date }[]>,
    queries(p)
      .find({ 'notice.releasedAt': { $type: 'date' } }, { 'notice.ground': 1, 'notice.releasedAt': 1 })
      .lean<{ notice: { ground: DelayGround; releasedAt: Date } }[]>(),
  ]);
  return [
    ...asked.map(({ ground, endedAt: at }) => ({ ground, at })),
    ...told.map(({ notice: { ground, releasedAt: at } }) => ({ ground, at })),
  ];
}

type Year = DelayFigures['years'][number];

/** Pure. The total is null where it is small itself; what is left over of small grounds is added to the smallest that is shown. */
export function yearOf(year: string, grounds: readonly DelayGround[]): Year {
  const counts = new Map<DelayGround, number>();
  for (const ground of grounds) counts.set(ground, (counts.get(ground) ?? 0) + 1);
  const shown = [...counts].filter(([, count]) => count >= LEAST).sort((a, b) => b[1] - a[1]);
  const rest = grounds.length - shown.reduce((sum, [, count]) => sum + count, 0);
  // A small rest is the total less what is shown: the smallest ground goes into it.
  const merged = rest > 0 && rest < LEAST ? (shown.pop()?.[1] ?? 0) + rest : rest;
  return {
    year,
    total: grounds.length < LEAST ? null : grounds.length,
    grounds: shown.map(([ground, count]) => ({ label: DELAY_WORDS[ground], count })),
    others: merged < LEAST ? 0 : merged,
  };
}

export async function delayFigures(p: Platform): Promise<DelayFigures> {
  const current = legalDayOf(p.time.now()).slice(0, 4);
  const byYear = new Map<string, DelayGround[]>();
  for (const { at, ground } of await readEnded(p)) {
    const year = legalDayOf(at).slice(0, 4);
    if (year < current) byYear.set(year, [...(byYear.get(year) ?? []), ground]);
  }
  const years = [...byYear].sort(([a], [b]) => (a < b ? 1 : -1)).map(([year, all]) => yearOf(year, all));
  return { years, longestDays: LONGEST_DELAY_DAYS };
}
