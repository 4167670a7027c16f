import { afterEach, describe, expect, it } from 'vitest';
import { dayAndTime } from '../../../frontend/features/cases/wording.ts';
import { onMakeUp } from '../../../frontend/i18n/format.ts';

afterEach(() => onMakeUp(() => false));

describe('a moment of the timeline', () => {
  it('says of a worked Saturday that it is one, and of other days no more than the date', () => {
    onMakeUp((day) => day === '2026-10-10');
    expect(dayAndTime('2026-10-10T01:20:00Z')).toBe('10月10日（周六，调休上班）9:20');
    expect(dayAndTime('2026-10-09T01:20:00Z')).toBe('10月9日 9:20');
  });
});
