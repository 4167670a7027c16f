import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAvailability } from '../../../backend/modules/appointments/availability.ts';
import { HALL, openHall, tryTake, type Hall } from './hall.ts';

/** The hall is counted again when somebody asks after this long, by the machine's own clock. */
const COUNTED_AGAIN_MS = 1_050;
const DAY = '2026-10-13';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall.close());

const ask = () =>
  readAvailability(hall.p, { hall: HALL, pool: 'public', service: 'transfer', from: DAY, to: DAY });
const levelsOf = ({ body }: Awaited<ReturnType<typeof ask>>) =>
  body.days.flatMap(({ windows }) => windows.map(({ from, level }) => `${from} ${level}`));

async function askAgain() {
  await delay(COUNTED_AGAIN_MS);
  return ask();
}

describe('which windows of a hall are free', () => {
  it('is made anew only when a seat or time itself has changed it', async () => {
    const at = hall.p.time.now().getTime();
    const opensAt = new Date(at + 60_000);
    const heldUntil = new Date(at + 120_000);
    const held = await hall.window(`${DAY} 09:00`, 1);
    await hall.window(`${DAY} 10:00`, 10, { opensAt });

    const first = await ask();
    expect(levelsOf(first)).toEqual(['09:00 few', '10:00 notYet']);
    expect(await askAgain()).toBe(first);

    expect((await tryTake(hall.p, held, { heldUntil })).ok).toBe(true);
    const taken = await askAgain();
    expect(levelsOf(taken)).toEqual(['09:00 full', '10:00 notYet']);
    expect(taken.etag).not.toBe(first.etag);

    hall.setNow(new Date(opensAt.getTime() - 1));
    expect(await askAgain()).toBe(taken);
    hall.setNow(opensAt);
    expect(levelsOf(await askAgain())).toEqual(['09:00 full', '10:00 plenty']);
    hall.setNow(heldUntil);
    expect(levelsOf(await askAgain())).toEqual(['09:00 few', '10:00 plenty']);
    hall.setNow(new Date(`${DAY}T09:00:00+08:00`));
    expect(levelsOf(await askAgain())).toEqual(['09:00 past', '10:00 plenty']);
    // A clock that goes back takes nothing of the future with it.
    hall.setNow(new Date(at));
    expect(levelsOf(await askAgain())).toEqual(['09:00 full', '10:00 notYet']);
  });

  it('says no day is still to be released once its release has passed and no window was made', async () => {
    const [soon, far] = ['2026-10-14', '2026-10-30'];
    const said = async () => {
      await delay(COUNTED_AGAIN_MS);
      const order = { hall: HALL, pool: 'public', service: 'transfer', from: soon, to: far } as const;
      const { days } = (await readAvailability(hall.p, order)).body;
      return [soon, far].map((date) => days.find((day) => day.date === date));
    };
    const notReleased = { why: 'notReleased', opensAt: expect.any(String) };
    const none = { why: 'full', opensAt: null, sentence: { zh: '当天没有可以预约的时间' } };
    const over = { why: 'past', opensAt: null, sentence: { zh: '已经过了' } };
    const before = await said();
    expect(before).toMatchObject([none, notReleased]);
    // Time alone changes it, though no window of the hall begins then.
    hall.setNow(new Date(before[1]?.opensAt ?? ''));
    expect(await said()).toMatchObject([over, none]);
  });
});
