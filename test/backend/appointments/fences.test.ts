import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentsModule } from '../../../backend/modules/appointments/index.ts';
import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { chooseWriteConcern, topologyOf } from '../../../backend/platform/database/connect.ts';
import { missingStructures } from '../../../backend/platform/database/migrations.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { patchDriver } from '../../faults/sabotage/preload.mjs';
import { indexOf } from '../../support/plan.ts';
import { DAY, HALL, openHall, tryTake, type Hall } from './hall.ts';

describe('what the database itself refuses', () => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await openHall();
  });
  afterAll(() => hall.close());
  const codeOf = async (work: Promise<unknown>) =>
    work.then(
      () => 0,
      (error: { code?: number }) => error.code,
    );

  it('T27: an overbooked window and sums that differ from the seats, whoever writes them', async () => {
    const id = await hall.window(`${DAY} 09:00`, 1);
    await tryTake(hall.p, id);
    const { seats } = await hall.slot(id);
    const write = (change: object) => codeOf(slotCollection(hall.p).updateOne({ _id: id }, change));
    const second = { ...seats[0]!, b: 'x', k: ['id:x'] };
    expect(await write({ $push: { seats: second }, $inc: { used: 1, rem: -1 } })).toBe(121);
    expect(await write({ $push: { seats: second } })).toBe(121);
    expect(await write({ $inc: { used: 1 } })).toBe(121);
    expect(await write({ $inc: { rem: 1 } })).toBe(121);
    expect(await write({ $set: { cap: 0 } })).toBe(121);
    expect(await write({ $push: { cool: { at: new Date(), u: 1 } } })).toBe(121);
    expect(
      await codeOf(slotCollection(hall.p).insertOne({ ...(await hall.slot(id)), _id: 'y', used: 0 })),
    ).toBe(121);
  });

  it('T27: one key in two windows', async () => {
    const [id, other] = [await hall.window(`${DAY} 10:00`, 2), await hall.window(`${DAY} 10:30`, 2)];
    await tryTake(hall.p, id);
    const { seats } = await hall.slot(id);
    const change = { $set: { seats, used: 1, rem: 1 } };
    expect(await codeOf(slotCollection(hall.p).updateOne({ _id: other }, change))).toBe(11_000);
  });

  it('finds everything by an index, whatever the collection grows to', async () => {
    const plans: [object, string][] = [
      [{ 'seats.r': 'x' }, 'seat'],
      [{ 'seats.p': 'x' }, 'person'],
      [{ 'out.r': 'x' }, 'gone'],
      [{ hall: HALL, date: { $gte: DAY } }, 'hall-day'],
      [{ settled: false, endAt: { $lte: new Date() } }, 'to-settle'],
    ];
    for (const [filter, name] of plans)
      expect(
        indexOf(
          await slotCollection(hall.p)
            .find(filter as never)
            .hint(name)
            .explain('queryPlanner'),
        ),
      ).toBe(name);
  });
});

describe('T28: the app does not serve', () => {
  const models = (appointmentsModule.models ?? []).filter(
    ({ declaration }) => declaration.collection === 'slots',
  );

  it('without the unique index of the seats’ keys, or with one that is not unique', async () => {
    const hall = await openHall();
    try {
      expect(await missingStructures(hall.p, models)).toEqual([]);
      await slotCollection(hall.p).dropIndex('seat-keys');
      expect(await missingStructures(hall.p, models)).toEqual(['slots.seat-keys']);
      await slotCollection(hall.p).createIndex({ 'seats.k': 1 }, { name: 'seat-keys' });
      expect(await missingStructures(hall.p, models)).toEqual(['slots.seat-keys (unique)']);
    } finally {
      await hall.close();
    }
  });

  it('without the validator of the sums', async () => {
    const hall = await openHall();
    try {
      const { connection } = hall.p.database;
      await connection.dropCollection('slots');
      await connection.createCollection('slots');
      expect(await missingStructures(hall.p, models)).toContain('slots (validator)');
    } finally {
      await hall.close();
    }
  });
});

describe('T30: how writes are acknowledged', () => {
  it('journaled, by a majority where there is a replica set', () => {
    expect(chooseWriteConcern(topologyOf({}))).toEqual({ w: 1, j: true });
    expect(chooseWriteConcern(topologyOf({ setName: 'rs0' }))).toEqual({ w: 'majority', j: true });
  });

  it('the claim and every other write of a window too: on the wire, each is journaled', async () => {
    const hall = await openHall();
    const concerns: unknown[] = [];
    const end = patchDriver((command: Record<string, unknown>) => {
      if (command.findAndModify === 'slots' || command.update === 'slots')
        concerns.push(command.writeConcern);
    });
    try {
      const id = await hall.window(`${DAY} 09:00`, 2);
      concerns.length = 0;
      const taken = await tryTake(hall.p, id);
      await cancelBooking(hall.p, { id: taken.id, person: null, actorId: null });
      const known = concerns.filter((concern) => concern !== undefined);
      expect(known.length).toBeGreaterThanOrEqual(2);
      expect(new Set(known.map((concern) => JSON.stringify(concern)))).toEqual(new Set(['{"w":1,"j":true}']));
    } finally {
      end();
      await hall.close();
    }
  });
});
