import { describe, expect, it } from 'vitest';
import { deadlineVectors } from '../../backend/modules/clock/published-vectors.ts';
import { oracleDue, readOracleCalendar } from './deadline-oracle.ts';
import { clockAnswer, wallInstant } from './deadline-vectors.ts';

const { vectors } = deadlineVectors;

describe('the published vectors', () => {
  it('have each id once and cover the table, the mistakes of others, hours, pauses, extensions, months and mid-year changes', () => {
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    const groups = [...new Set(vectors.map(({ id }) => id.replace(/-\d+$/, '')))];
    expect(groups.sort()).toEqual([
      'close',
      'day',
      'extension',
      'hour',
      'mid-year',
      'month',
      'pause',
      'provisional',
      'start',
      'table',
      'year',
      'zone',
    ]);
    expect(vectors.filter(({ basis }) => basis.startsWith('others:')).length).toBeGreaterThanOrEqual(10);
  });

  it.each(vectors)('$id $title: the clock', (vector) => {
    const { dueOn, dueAt, provisional } = vector;
    expect(clockAnswer(vector)).toEqual({ dueOn, dueAt, provisional });
  });

  it.each(vectors)('$id $title: the oracle', (vector) => {
    const { limit, statutory, pauses, acceptedAt, extendedByDays, calendarAsOf } = vector;
    const cap = statutory ? statutory.amount - limit.amount : extendedByDays;
    const answer = oracleDue(readOracleCalendar(calendarAsOf ?? undefined), {
      ...limit,
      acceptedAt: Date.parse(acceptedAt),
      pauses: pauses.map(({ from, to }) => ({ from: Date.parse(from), to: to ? Date.parse(to) : null })),
      extraDays: Math.min(extendedByDays, cap),
    });
    expect({ dueOn: answer?.dueOn ?? null, dueAt: wallInstant(answer?.dueAt ?? null) }).toEqual({
      dueOn: vector.dueOn,
      dueAt: vector.dueAt,
    });
  });
});
