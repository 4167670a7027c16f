import { describe, expect, it } from 'vitest';
import { stageDeadlines } from '../../../backend/modules/clock/stages.ts';
import { calendar } from '../../rules/deadline-cases.ts';

const share = (key: string, numerator: number, denominator: number) => ({
  key,
  budgetShare: { numerator, denominator },
});
const acceptedAt = new Date('2026-10-12T10:00:00+08:00');

function dueDays(
  amount: number,
  stages: ReturnType<typeof share>[],
  pauses: { from: Date; to: Date | null; reason: string }[] = [],
  extensions: { stage: string; days: number }[] = [],
) {
  const limit = { amount, unit: 'workingDay' as const };
  return stageDeadlines(calendar, { limit, stages, acceptedAt, pauses, extensions }).map(
    ({ dueOn }) => dueOn,
  );
}

describe('each stage’s own limit inside the promise', () => {
  const thirds = [share('first', 1, 3), share('second', 1, 3), share('third', 1, 3)];

  it('thirds of three days end one day after another', () => {
    expect(dueDays(3, thirds)).toEqual(['2026-10-13', '2026-10-14', '2026-10-15']);
  });

  it('thirds are rounded up, and the last ends with the promise', () => {
    expect(dueDays(4, thirds)).toEqual(['2026-10-14', '2026-10-15', '2026-10-16']);
    expect(dueDays(1, thirds)).toEqual(['2026-10-13', '2026-10-13', '2026-10-13']);
  });

  it.each([
    ['the last', 'third', ['2026-10-13', '2026-10-14', '2026-10-22']],
    ['the second', 'second', ['2026-10-13', '2026-10-21', '2026-10-22']],
    ['the first', 'first', ['2026-10-20', '2026-10-21', '2026-10-22']],
  ])(
    'an extension goes to %s stage when that had the case; the last ends with the due day',
    (_, stage, days) => {
      expect(dueDays(3, thirds, [], [{ stage, days: 5 }])).toEqual(days);
    },
  );

  it('a stage without a share, such as acceptance, has no limit of its own', () => {
    expect(dueDays(3, [share('acceptance', 0, 1), ...thirds])[0]).toBeNull();
  });

  it('a pause moves what comes after it, and leaves what was before', () => {
    const pause = {
      from: new Date('2026-10-14T09:00:00+08:00'),
      to: new Date('2026-10-14T18:00:00+08:00'),
      reason: 'notice',
    };
    expect(dueDays(3, thirds, [pause])).toEqual(['2026-10-13', '2026-10-15', '2026-10-16']);
    expect(dueDays(3, thirds, [{ ...pause, to: null }])).toEqual(['2026-10-13', null, null]);
  });
});
