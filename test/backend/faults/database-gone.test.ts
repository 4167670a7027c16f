import { describe, expect, it } from 'vitest';
import { judgeGone, takeDatabaseAway } from '../../faults/parts/gone-part.ts';

describe('a running API whose database goes away', () => {
  it('answers 503 in time and works again by itself', async () => {
    const figures = await takeDatabaseAway(1, 2_500);
    expect(figures.answers.map(({ status }) => status)).toContain(503);
    expect(judgeGone(figures)).toEqual([]);
  }, 90_000);
});
