import type { Calendar } from './calendar.ts';
import { readEvents, type ClockEvent } from './events.ts';
import { yellowAt } from './lights.ts';
import { endsItself, planEndOf } from './pause-plan.ts';
import { mergePauses } from './pauses.ts';
import { countBoth, type LimitRule } from './two-clocks.ts';

/** yellow 临期 · red 超期 · black 法定超期 · pauseEnd: a pause that should have ended is still open. */
export type ThresholdKind = 'yellow' | 'red' | 'black' | 'pauseEnd';

export interface Threshold {
  kind: ThresholdKind;
  /** The first millisecond at which it holds: past the due instant for red and black, the close of the planned day for pauseEnd. */
  at: Date;
  /** Only of a pauseEnd: the `paused` event that it is about. */
  pauseId?: string;
}

/** Pauses nobody has ended, with the end each should have had, but for those that end themselves; those that switch the limit included. */
function openPlans(events: readonly ClockEvent[], calendar: Calendar): Threshold[] {
  const ended = new Set(events.flatMap((event) => (event.kind === 'resumed' ? [event.pauseId] : [])));
  return events.flatMap((event) =>
    event.kind === 'paused' && event.plannedEnd && !ended.has(event.id) && !endsItself(event.reason)
      ? [
          {
            kind: 'pauseEnd' as const,
            at: planEndOf(calendar, event.plannedEnd, event.reason),
            pauseId: event.id,
          },
        ]
      : [],
  );
}

/**
 * When the light of a case changes if nothing else happens to it, in order, those already past included: what an alarm
 * clock has to be set to. Empty before acceptance and once the clock has stopped; while paused only the planned ends, unless
 * the promise was broken before. Pure, and without the explanation of each day: some microseconds.
 */
export function nextThresholds({
  events,
  limits,
  calendar,
}: {
  events: readonly ClockEvent[];
  limits: LimitRule;
  calendar: Calendar;
}): Threshold[] {
  if (!events.some(({ kind }) => kind === 'accepted')) return [];
  const time = readEvents(events, limits.switchToStatutory);
  if (time.stoppedAt !== null) return [];
  const { promised, statutory } = countBoth(time, limits, calendar, mergePauses(time.pauses));
  const past = (kind: ThresholdKind, at: Date | null): Threshold[] =>
    at === null ? [] : [{ kind, at: new Date(at.getTime() + 1) }];
  const yellow = yellowAt(promised);
  return [
    ...(yellow ? [{ kind: 'yellow' as const, at: yellow }] : []),
    ...past('red', promised.due.at),
    ...past('black', statutory.due.at),
    ...openPlans(events, calendar),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}
