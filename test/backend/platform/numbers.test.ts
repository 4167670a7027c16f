import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import {
  NumberBlocks,
  numbers,
  reserveNumber,
  settleNumber,
} from '../../../backend/platform/database/numbers.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

const format = (serial: number): string => `鲁(2026)聊城市不动产权第${String(serial).padStart(7, '0')}号`;

describe('numbers', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
    await migrate(platform.p, [], platformModels);
  });
  afterAll(() => platform.close());

  it('gives 60 holders that ask at once 60 numbers without a gap', async () => {
    const given = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        reserveNumber(platform.p, { series: 'race', holder: `h${n}`, format }),
      ),
    );
    expect(new Set(given)).toEqual(new Set(Array.from({ length: 60 }, (_, n) => format(n + 1))));
  });

  it('gives a holder that asks again the number it already has', async () => {
    const ask = () =>
      reserveNumber(platform.p, { series: 'again', holder: 'same', format: (n) => `again-${n}` });
    const [first, ...others] = await Promise.all(Array.from({ length: 10 }, ask));
    expect(others.every((number) => number === first)).toBe(true);
    expect(await ask()).toBe(first);
  });

  it('settles a number once: a void one is never issued', async () => {
    const number = await reserveNumber(platform.p, {
      series: 'settle',
      holder: 'x',
      format: (n) => `settle-${n}`,
    });
    await settleNumber(platform.p, number, 'void', 'the case was withdrawn');
    await settleNumber(platform.p, number, 'issued');
    expect(await numbers(platform.p).findById(number).lean()).toMatchObject({
      state: 'void',
      reason: 'the case was withdrawn',
    });
  });

  it('hands out blocks so that four processes share a series without a duplicate', async () => {
    const processes = Array.from({ length: 4 }, (_, n) => new NumberBlocks(7, `process-${n}`));
    const serials = await Promise.all(
      processes.flatMap((blocks) =>
        Array.from({ length: 50 }, () => blocks.next(platform.p, 'case:20261009')),
      ),
    );
    expect(new Set(serials).size).toBe(200);
    expect(Math.max(...serials)).toBeLessThanOrEqual(200 + 4 * 7);
  });
});
