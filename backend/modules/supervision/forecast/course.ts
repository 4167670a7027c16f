import { nextThresholds, type Calendar, type ClockEvent, type LimitRule } from '../../clock/index.ts';
import type { Span } from './working-time.ts';

/**
 * The way of a case from its acceptance, in milliseconds. `seenAt` is the only door to it for whoever forecasts: what happened after
 * an instant is not behind it.
 */
export interface Course {
  id: string;
  type: string;
  office: string;
  acceptedAt: number;
  /** In order; the last is open while the case is. */
  stages: readonly { step: string; from: number; to: number | null }[];
  pauses: readonly (Span & { reason: string })[];
  /** Null while open. */
  endedAt: number | null;
  /** Ended by 登簿, and not by a refusal or a withdrawal. Not known before the end. */
  registered: boolean;
  extendedByDays: number;
}

export interface TypeRules {
  limits: LimitRule;
  /** Steps inside the promise, in order. */
  steps: readonly string[];
}

export interface Rules {
  calendar: Calendar;
  types: ReadonlyMap<string, TypeRules>;
}

export const isOpenAt = (course: Course, at: number): boolean =>
  course.acceptedAt <= at && (course.endedAt === null || course.endedAt > at);

/** The case as anybody could know it at an instant at which it was open: nothing that came later. */
export function seenAt(course: Course, at: number): Course {
  const until = (to: number | null) => (to === null || to > at ? null : to);
  return {
    ...course,
    stages: course.stages.filter(({ from }) => from <= at).map((one) => ({ ...one, to: until(one.to) })),
    pauses: course.pauses.filter(({ from }) => from <= at).map((one) => ({ ...one, to: until(one.to) })),
    endedAt: null,
    registered: false,
  };
}

function eventsOf({ acceptedAt, pauses, extendedByDays }: Course): ClockEvent[] {
  const event = (at: number) => ({ at: new Date(at), recordedAt: new Date(at) });
  return [
    { id: 'a', kind: 'accepted', ...event(acceptedAt) },
    ...pauses.flatMap(({ from, to, reason }, n): ClockEvent[] => [
      { id: `p${n}`, kind: 'paused', reason, ...event(from) },
      ...(to === null ? [] : [{ id: `r${n}`, kind: 'resumed' as const, pauseId: `p${n}`, ...event(to) }]),
    ]),
    ...(extendedByDays > 0
      ? [
          {
            id: 'x',
            kind: 'extended' as const,
            days: extendedByDays,
            approvedBy: '',
            basis: '',
            ...event(acceptedAt),
          },
        ]
      : []),
  ];
}

/** When the promise ends as the events stand, by the deadline clock itself; null while a pause holds it. */
export function dueOf(course: Course, limits: LimitRule, calendar: Calendar): number | null {
  const thresholds = nextThresholds({ events: eventsOf(course), limits, calendar });
  const red = thresholds.find(({ kind }) => kind === 'red');
  // Red is the first millisecond past the due instant.
  return red ? red.at.getTime() - 1 : null;
}

/**
 * Whether the promise that ended at `due` was broken, as known then; a pause opened meanwhile moves the promise, so that it was not.
 * Looks at nothing after `due`.
 */
export function brokenAt(course: Course, due: number, forecastAt: number): boolean {
  if (course.endedAt !== null && course.endedAt <= due) return false;
  return !course.pauses.some(({ from }) => from > forecastAt && from <= due);
}
