/**
 * T40, T41: who is overtaken, and whether the draw is fair, in figures. `npx tsx test/faults/booking/run-fairness.ts [requests] [seeds]`,
 * default 400 requests and 2,000 seeds. T42, that anybody can work a draw out again, is `verify-draw.mjs`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { allot } from '../../../backend/modules/appointments/allot.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { createDice } from '../support/random.ts';
import { openFreshPlatform } from '../support/fresh-platform.ts';
import { crowd, makeWindow, newPerson, prepareHall, tryTake } from './windows.ts';

const REQUESTS = Number(process.argv[2] ?? 400);
const SEEDS = Number(process.argv[3] ?? 2_000);
const APART_MS = 50;
const NOW = new Date('2026-10-09T10:30:00+08:00');

interface Asked {
  at: number;
  /** Number of the seat; null when refused. */
  seat: number | null;
}

async function ask(p: Platform, slotId: string): Promise<Asked> {
  const at = performance.now();
  const tried = await tryTake(p, slotId, { person: newPerson() });
  return { at, seat: tried.ok ? tried.seat.n : null };
}

/** Pairs asked at least 50 ms apart of which the later one was seated first, or alone. */
function overtakings(asked: readonly Asked[]): { pairs: number; overtaken: number } {
  const inOrder = [...asked].sort((a, b) => a.at - b.at);
  let [pairs, overtaken] = [0, 0];
  for (const [place, first] of inOrder.entries()) {
    for (const later of inOrder.slice(place + 1)) {
      if (later.at - first.at < APART_MS) continue;
      pairs += 1;
      if (later.seat !== null && (first.seat === null || later.seat < first.seat)) overtaken += 1;
    }
  }
  return { pairs, overtaken };
}

/** Twenty groups of fifty people expect as many wins each; drawn without putting back, they vary by 95 % of that. */
function fairness(seeds: number): { chi2: number; least: number; most: number } {
  const list = Array.from({ length: 1_000 }, (_, n) => ({
    id: n.toString(16).padStart(24, '0'),
    windows: ['w'],
  }));
  const wins = new Array<number>(20).fill(0);
  const dice = createDice(41);
  for (let seed = 0; seed < seeds; seed += 1)
    for (const { id, slotId } of allot(`${dice.next()}`, list, [{ slotId: 'w', free: 50 }]))
      if (slotId !== null) wins[Math.floor(Number.parseInt(id, 16) / 50)]! += 1;
  const expected = (seeds * 50) / 20;
  const chi2 = wins.reduce((sum, n) => sum + (n - expected) ** 2 / (expected * 0.95), 0);
  return { chi2, least: Math.min(...wins), most: Math.max(...wins) };
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const { p: fresh, close } = await openFreshPlatform('fairness', pino({ level: 'silent' }));
const p: Platform = { ...fresh, time: { ...fresh.time, now: () => new Date(NOW) } };
let wrong = 0;
try {
  await prepareHall(p);
  const calm = await makeWindow(p, '2026-10-12 09:00', Math.floor(REQUESTS * 0.75));
  const asked: Promise<Asked>[] = [];
  for (let n = 0; n < REQUESTS; n += 1) {
    if (n > 0) await delay(APART_MS);
    asked.push(ask(p, calm));
  }
  const apart = overtakings(await Promise.all(asked));
  say(
    `T40  ${REQUESTS} requests, each ${APART_MS} ms after the last, for ${Math.floor(REQUESTS * 0.75)} seats: ${apart.overtaken} overtakings in ${apart.pairs} pairs`,
  );
  wrong += apart.overtaken;
  const rush = await makeWindow(p, '2026-10-12 10:00', 500);
  const pressed = overtakings(await crowd(1_000, 64, () => ask(p, rush)));
  say(
    `T40  1,000 requests of 64 at once for 500 seats: ${pressed.overtaken} overtakings in ${pressed.pairs} pairs asked ${APART_MS} ms or more apart`,
  );
  wrong += pressed.overtaken;
} finally {
  await close();
}
const { chi2, least, most } = fairness(SEEDS);
say(
  `T41  1,000 people, 50 seats, ${SEEDS} seeds: χ² ${chi2.toFixed(2)} with 19 degrees of freedom (below 36.19 for p > 0.01); of 20 groups ${least} to ${most} wins, ${(SEEDS * 50) / 20} expected`,
);
if (chi2 >= 36.19) wrong += 1;
process.exitCode = wrong > 0 ? 1 : 0;
