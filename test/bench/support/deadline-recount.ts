import { applications, type ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { caseFacts, type CaseFact } from '../../../backend/modules/supervision/case-fact.model.ts';
import type { DeadlineStage } from './deadline-stage.ts';

/** Document by document, without an index or a counter. */
export async function recountOpen(stage: DeadlineStage, now: Date): Promise<Record<string, number>> {
  const lights: Record<string, number> = { black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0 };
  const cursor = applications(stage.p)
    .collection.find({}, { projection: { work: 1 } })
    .hint({ $natural: 1 });
  for await (const { work } of cursor as unknown as AsyncIterable<ApplicationDocument>) {
    if (!work.open) continue;
    const light =
      work.statutoryDueAt && work.statutoryDueAt < now
        ? 'black'
        : work.dueAt && work.dueAt < now
          ? 'red'
          : work.paused
            ? 'paused'
            : !work.dueAt
              ? 'none'
              : work.yellowAt && work.yellowAt <= now
                ? 'yellow'
                : 'green';
    lights[light] = (lights[light] ?? 0) + 1;
  }
  return lights;
}

/** By month: registered, of those on time, of those on the edge. From the facts, without a counter. */
export async function recountMonths(stage: DeadlineStage): Promise<Record<string, [number, number, number]>> {
  const months: Record<string, [number, number, number]> = {};
  const cursor = caseFacts(stage.p).collection.find({}).hint({ $natural: 1 });
  for await (const { day, kind, end } of cursor as unknown as AsyncIterable<CaseFact>) {
    const own = (months[day.slice(0, 7)] ??= [0, 0, 0]);
    if (kind !== 'registered') continue;
    own[0] += 1;
    if (end?.onTime) own[1] += 1;
    if (end?.edge) own[2] += 1;
  }
  return months;
}
