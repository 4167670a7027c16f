import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAbsent, onlyDuplicates } from '../../../backend/platform/database/insert-absent.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

interface Row {
  _id: string;
  n: number;
}

describe('inserting what is absent', () => {
  let platform: TestPlatform;
  const rows = () => platform.p.database.connection.collection<Row>('rows');
  const present = async () =>
    (await rows().find({}).sort({ _id: 1 }).toArray()).map(({ _id, n }) => [_id, n]);
  beforeAll(async () => {
    platform = await startPlatform();
    await platform.p.database.connection.createCollection('rows', {
      validator: { n: { $gte: 0 } },
    } as never);
  });
  afterAll(() => platform.close());

  it('leaves what is there, and says how many it inserted', async () => {
    expect(await insertAbsent(rows(), [])).toBe(0);
    expect(await insertAbsent(rows(), [{ _id: 'a', n: 1 }])).toBe(1);
    const again = [
      { _id: 'a', n: 2 },
      { _id: 'b', n: 2 },
    ];
    expect(await insertAbsent(rows(), again)).toBe(1);
    expect(await insertAbsent(rows(), again)).toBe(0);
    expect(await present()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('throws when something else went wrong beside one that is there', async () => {
    const mixed = [
      { _id: 'a', n: 3 },
      { _id: 'c', n: -1 },
    ];
    await expect(insertAbsent(rows(), mixed)).rejects.toThrow();
    expect(await present()).toHaveLength(2);
  });

  it('throws when what was written did not reach the journal', () => {
    const writeErrors = [{ code: 11_000 }];
    const result = (concern: object | undefined) => ({ getWriteConcernError: () => concern });
    expect(onlyDuplicates({ code: 11_000, writeErrors, result: result(undefined) })).toBe(true);
    expect(onlyDuplicates({ code: 11_000, writeErrors, result: result({ code: 91 }) })).toBe(false);
    expect(onlyDuplicates({ code: 11_000 })).toBe(false);
    expect(onlyDuplicates(new Error('gone'))).toBe(false);
  });
});
