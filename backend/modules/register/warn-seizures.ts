import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { units, type Encumbrance, type UnitDocument } from './unit.model.ts';

const BATCH = 200;

/** A court needs time to order and serve a renewal before the term ends (民诉法解释485; domain.md §5.2). */
export const WARN_DAYS = 30;

/** One term of one seizure: a renewal makes another, which is told of in its turn. */
const termKey = ({ id, until }: Pick<Encumbrance, 'id' | 'until'>): string => `${id}|${until}`;

/** Units on which a seizure in force ends in the days given and was not told of, by what the unit itself says. */
const untold = (from: string, through: string) => ({
  // The earliest end of anything on the unit is no later than that of the seizure.
  nextLapseOn: { $type: 'string', $lte: through },
  $expr: {
    $anyElementTrue: {
      $map: {
        input: '$encumbrances',
        as: 'one',
        in: {
          $and: [
            { $eq: ['$$one.kind', 'seizure'] },
            { $eq: ['$$one.status', 'current'] },
            { $gte: ['$$one.until', from] },
            { $lte: ['$$one.until', through] },
            {
              $not: {
                $in: [{ $concat: ['$$one.id', '|', '$$one.until'] }, { $ifNull: ['$seizuresTold', []] }],
              },
            },
          ],
        },
      },
    },
  },
});

/** Tells of every seizure whose term ends within the days of warning; each term once, by a mark in the same write. */
export async function warnSeizures(p: Platform, now: Date): Promise<{ warned: number }> {
  const from = legalDayOf(now);
  const through = legalDayOf(new Date(now.getTime() + WARN_DAYS * 86_400_000));
  const found = (await units(p)
    .collection.find(untold(from, through) as never)
    .limit(BATCH)
    .toArray()) as unknown as UnitDocument[];
  let warned = 0;
  for (const unit of found) {
    const told = unit.seizuresTold ?? [];
    const ending = unit.encumbrances.filter(
      (one) =>
        one.kind === 'seizure' &&
        one.status === 'current' &&
        one.until !== null &&
        one.until >= from &&
        one.until <= through &&
        !told.includes(termKey(one)),
    );
    warned += await tell(p, unit, ending);
  }
  return { warned };
}

async function tell(p: Platform, unit: UnitDocument, ending: readonly Encumbrance[]): Promise<number> {
  const events = ending.map(({ id, until, caseId, seizure }) =>
    p.outbox.event('register.seizureExpiring', null, {
      unitCode: unit._id,
      encumbranceId: id,
      until,
      docNo: seizure?.docNo ?? '',
      // Who renewed last has the term in hand.
      caseId: seizure?.renewals?.at(-1)?.caseId ?? caseId,
    }),
  );
  const { modifiedCount } = await units(p).collection.updateOne(
    // Another process, or a change of the register meanwhile: the next run looks again.
    { _id: unit._id as never, revision: unit.revision },
    {
      $push: { seizuresTold: { $each: ending.map(termKey) }, outbox: { $each: events } },
      $inc: { revision: 1 },
    } as never,
  );
  if (modifiedCount === 0) return 0;
  p.outbox.notify('units');
  return events.length;
}

export const warnSeizuresJob: Job = {
  name: 'register.warnSeizures',
  everyMs: 60 * 60_000,
  run: (p, now) => warnSeizures(p, now),
};
