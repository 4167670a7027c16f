import { readEvents, stageDeadlines, type Calendar, type StageExtension } from '../clock/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { CaseType } from './case-type.ts';
import { deadlineOf } from './clocks.ts';

type Source = Pick<ApplicationDocument, 'acceptance' | 'clockEvents' | 'opinions'>;

/** The step that had the case at an instant: behind the last review that was passed by then. */
function stepAt({ opinions }: Source, { steps }: Pick<CaseType, 'steps'>, at: Date): string {
  const inside = steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  const passed = opinions.findLast((one) => one.act === 'review' && one.at <= at);
  const place = passed ? inside.findIndex(({ key }) => key === passed.step) + 1 : 0;
  return (inside[place] ?? inside.at(-1))?.key ?? '';
}

/** Each extension with the step that needed it; in all no more than the law lets the promise grow. */
function extensionsOf(doc: Source, type: Pick<CaseType, 'steps'>, most: number): StageExtension[] {
  let left = most;
  return doc.clockEvents
    .flatMap((event) => (event.kind === 'extended' ? [event] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((event) => {
      const days = Math.min(event.days, left);
      left -= days;
      return { stage: stepAt(doc, type, event.at), days };
    });
}

/**
 * The latest instant of each step inside the promise as it binds now, extensions and a change to the statutory limit
 * included, so that no step ends after the case's own due day or long before it; none while the clock stands still. Pure.
 */
export function stepDue(
  doc: Source,
  type: CaseType,
  { calendar, now }: { calendar: Calendar; now: Date },
): Map<string, Date | null> {
  const deadline = doc.acceptance && deadlineOf(doc.clockEvents, type.limits, calendar, now);
  if (!deadline) return new Map();
  const { acceptedAt, pauses } = readEvents(doc.clockEvents, type.limits.switchToStatutory);
  const { limit, extendedByDays } = deadline.promised;
  const extensions = extensionsOf(doc, type, extendedByDays);
  const stages = stageDeadlines(calendar, { limit, stages: type.steps, acceptedAt, pauses, extensions });
  return new Map(stages.map(({ key, dueAt }) => [key, dueAt]));
}
