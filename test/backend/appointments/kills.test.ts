import { describe, expect, it } from 'vitest';
import { runBookingKills, type KillOptions } from '../../faults/booking/run-kills.ts';

const SHORT: KillOptions = {
  databaseKills: 4,
  apiKills: 0,
  workers: 0,
  people: 60,
  windows: 14,
  seed: 7,
  everyMs: 500,
};

describe('T21, T30: what was acknowledged is there', () => {
  it('after 4 SIGKILLs of the database under load: 0 lost, 0 overbooked, 0 freed twice', async () => {
    const { figures, wrong } = await runBookingKills(SHORT);
    expect(wrong).toEqual([]);
    expect(figures.databaseKills).toBe(4);
    expect(Math.min(figures.claims ?? 0, figures.cancels ?? 0, figures.moves ?? 0)).toBeGreaterThan(0);
  });

  it('T29: and without the journal it is not, which the same comparison sees', async () => {
    const { figures, wrong } = await runBookingKills({ ...SHORT, sabotage: 'no-journal' });
    expect(figures.databaseKills).toBe(4);
    expect(wrong.length).toBeGreaterThan(0);
  }, 180_000);
});
