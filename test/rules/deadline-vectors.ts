import { buildCalendar, type Calendar } from '../../backend/modules/clock/calendar.ts';
import { computeDeadline } from '../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../backend/modules/clock/events.ts';
import { deadlineVectors, type DeadlineVector } from '../../backend/modules/clock/published-vectors.ts';
import { hours, years } from './deadline-cases.ts';

const calendars = new Map<string | null, Calendar>();
function calendarOf(asOf: string | null): Calendar {
  const known = calendars.get(asOf) ?? buildCalendar(years, hours, { asOf });
  calendars.set(asOf, known);
  return known;
}

function eventsOf({ acceptedAt, pauses, extendedByDays }: DeadlineVector): ClockEvent[] {
  const at = new Date(acceptedAt);
  const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at, recordedAt: at }];
  pauses.forEach(({ from, to }, index) => {
    const [start, id] = [new Date(from), `p${index}`];
    events.push({ id, kind: 'paused', at: start, recordedAt: start, reason: 'supplement' });
    if (to) {
      const end = new Date(to);
      events.push({ id: `r${index}`, kind: 'resumed', at: end, recordedAt: end, pauseId: id });
    }
  });
  if (extendedByDays > 0) {
    const days = extendedByDays;
    events.push({ id: 'x', kind: 'extended', at, recordedAt: at, days, approvedBy: 'head', basis: 'test' });
  }
  return events;
}

/** A due instant as the vectors write it, or null. */
export const wallInstant = (at: number | null): string | null =>
  at === null ? null : `${new Date(at + 8 * 3_600_000).toISOString().substring(0, 19)}+08:00`;

/** What the clock makes of a vector. */
export function clockAnswer(vector: DeadlineVector) {
  const { limit, statutory = { amount: 3_660, unit: 'day' as const } } = vector;
  const { promised } = computeDeadline({
    events: eventsOf(vector),
    limits: { promised: limit, statutory, switchToStatutory: [] },
    calendar: calendarOf(vector.calendarAsOf),
    now: new Date(vector.acceptedAt),
  });
  const dueAt = wallInstant(promised.dueAt === null ? null : Date.parse(promised.dueAt));
  return { dueOn: promised.dueOn, dueAt, provisional: promised.provisional };
}

/** Ids of the vectors that the clock gets wrong. */
export function vectorsMissed(): string[] {
  return deadlineVectors.vectors
    .filter((vector) => {
      const { dueOn, dueAt, provisional } = clockAnswer(vector);
      return dueOn !== vector.dueOn || dueAt !== vector.dueAt || provisional !== vector.provisional;
    })
    .map(({ id }) => id);
}
