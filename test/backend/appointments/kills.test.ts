import { describe, expect, it } from 'vitest';
import { runBookingKills } from '../../faults/booking/run-kills.ts';

describe('T21, T30: what was acknowledged is there', () => {
  it('after 4 SIGKILLs of the database under load: 0 lost, 0 overbooked, 0 freed twice', async () => {
    const { figures, wrong } = await runBookingKills({
      databaseKills: 4,
      apiKills: 0,
      workers: 0,
      people: 60,
      windows: 14,
      seed: 7,
      everyMs: 500,
    });
    expect(wrong).toEqual([]);
    expect(figures.databaseKills).toBe(4);
    expect(Math.min(figures.claims ?? 0, figures.cancels ?? 0, figures.moves ?? 0)).toBeGreaterThan(0);
  });
});
