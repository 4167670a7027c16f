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
    // What is lost is what was acknowledged in the last tenth of a second: a kill may find nothing there, a dozen do not.
    const wrong: string[] = [];
    for (let seed = 1; seed <= 3 && wrong.length === 0; seed += 1) {
      const more = { databaseKills: 12, people: 180, lanes: 24, seed, sabotage: 'no-journal' } as const;
      wrong.push(...(await runBookingKills({ ...SHORT, ...more })).wrong);
    }
    expect(wrong.length).toBeGreaterThan(0);
  }, 300_000);
});
