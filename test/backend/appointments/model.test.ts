import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareModel, runSteps, stepArbitrary } from '../../faults/booking/run-model.ts';
import { installCrashPoints, type CrashPoints } from '../../faults/recording-crash-points.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';
import { crowd, makeWindow, newPerson, tally, tryTake, type Try } from './hall.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';

let platform: TestPlatform;
let points: CrashPoints;
beforeAll(async () => {
  platform = await startPlatform();
  await prepareModel(platform.p);
  points = installCrashPoints(platform.database);
});
afterAll(async () => {
  points.uninstall();
  await platform.close();
});

describe('T25: windows beside a model in memory', () => {
  it('hold the same seats, lines and free places after every step of random histories, deaths in moves included', async () => {
    const steps = fc.array(stepArbitrary, { minLength: 1, maxLength: 160, size: 'max' });
    const property = fc.asyncProperty(steps, async (list) => {
      const wrong = await runSteps({ p: platform.p, points }, list);
      if (wrong) throw new Error(wrong);
    });
    await fc.assert(property, { numRuns: 12, seed: 11 });
  });
});

describe('T26: small histories at the same time', () => {
  it('look as if one came after the other: 8 clients, 2 seats', async () => {
    const { p } = platform;
    for (let round = 0; round < 10; round += 1) {
      const slot = await makeWindow(p, `2026-10-13 ${String(8 + round).padStart(2, '0')}:00`, 2);
      const log: { from: number; to: number; act: 'claim' | 'cancel'; ok: boolean }[] = [];
      let clock = 0;
      await crowd(8, 8, async () => {
        const person = newPerson();
        for (let turn = 0; turn < 3; turn += 1) {
          const from = (clock += 1);
          const tried: Try = await tryTake(p, slot, { person });
          log.push({ from, to: (clock += 1), act: 'claim', ok: tried.ok });
          if (!tried.ok) continue;
          const begun = (clock += 1);
          const { already } = await cancelBooking(p, {
            id: tried.id,
            person,
            actorId: null,
            freeAtOnce: true,
          });
          log.push({ from: begun, to: (clock += 1), act: 'cancel', ok: !already });
        }
      });
      expect(isLinearizable(log, 2), JSON.stringify(log)).toBe(true);
      expect(tally([await tryTake(p, slot)])).toEqual({ ok: 1 });
    }
  });
});

/**
 * Whether some order explains every answer. A refusal may come from “full a moment ago” (at most a second old), so it must be true
 * at some moment since the history began; a grant must be true at its own.
 */
function isLinearizable(log: { from: number; to: number; act: string; ok: boolean }[], cap: number): boolean {
  const grants = log.filter(({ ok }) => ok);
  // Never more seats taken than there are, however the acts that overlap are ordered in favour of the system.
  const moments = [...new Set(log.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const surely = (moment: number) =>
    grants.filter(({ act, to }) => act === 'claim' && to <= moment).length -
    grants.filter(({ act, from }) => act === 'cancel' && from <= moment).length;
  if (moments.some((moment) => surely(moment) > cap)) return false;
  const possibly = (moment: number) =>
    grants.filter(({ act, from }) => act === 'claim' && from <= moment).length -
    grants.filter(({ act, to }) => act === 'cancel' && to <= moment).length;
  const refused = log.filter(({ act, ok }) => act === 'claim' && !ok);
  return refused.every(({ to }) => moments.some((moment) => moment <= to && possibly(moment) >= cap));
}
