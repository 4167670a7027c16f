import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot, slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { passOffersOn, withOffers } from '../../../backend/modules/appointments/clear-slot.ts';
import { getScheduleOn } from '../../../backend/modules/appointments/get-schedule.ts';
import { giveUp } from '../../../backend/modules/appointments/give-up.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import type { Waiter } from '../../../backend/modules/appointments/slot.model.ts';
import { installCrashPoints, installPausePoints } from '../../faults/recording-crash-points.ts';
import {
  DAY,
  HALL,
  newBookingId,
  newPerson,
  newWaiter,
  openHall,
  tally,
  tryTake,
  wrongs,
  type Hall,
} from './hall.ts';

/** What one caller does while another stands between two commands, and what one bad window does to the others. */
let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ deliver: false });
});
afterAll(() => hall.close());
afterEach(async () => expect(await wrongs(hall.p)).toEqual([]));
const fresh = (cap: number) => hall.freshWindow(cap);
const waiterOf = (person = newPerson()): Waiter => newWaiter(hall.p, person);
const setLine = (slotId: string, wait: Waiter[]) =>
  changeSlot(hall.p, slotId, () => ({ change: { wait }, result: undefined }));

describe('a cancellation never fails because of somebody in line', () => {
  it('who leaves the line between the write that ran into their booking and the look at the line', async () => {
    const points = installPausePoints(hall.database);
    try {
      // After each command of the cancellation the waiter leaves, in another process: past this one's queue.
      for (let commands = 1; commands <= 9; commands += 1) {
        const [slot, other] = [await fresh(1), await fresh(1)];
        const person = newPerson();
        const { id } = await tryTake(hall.p, slot, { person });
        const waiter = waiterOf();
        await setLine(slot, [waiter]);
        await tryTake(hall.p, other, { person: waiter.p });
        const stands = points.arm(commands);
        const cancelled = cancelBooking(hall.p, { id, person, actorId: null }).then(
          ({ status }) => status,
          (error: Error) => error.message,
        );
        await Promise.race([stands.reached, cancelled]);
        await slotCollection(hall.p).updateOne({ _id: slot }, { $set: { wait: [] }, $inc: { ver: 1 } });
        stands.release();
        expect(await cancelled, `after ${commands}`).toBe('cancelled');
      }
    } finally {
      points.uninstall();
    }
  });

  it('nor, however often the line changes under it: then the seat is kept for the line', async () => {
    const [slot, other] = [await fresh(1), await fresh(1)];
    const { id } = await tryTake(hall.p, slot);
    const waiter = waiterOf();
    await setLine(slot, [waiter]);
    await tryTake(hall.p, other, { person: waiter.p });
    const { rules } = await getScheduleOn(hall.p, HALL, DAY);
    // Whenever the line is looked at, whose key it was has just left it.
    await withOffers(
      hall.p,
      (taken) =>
        changeSlot<void>(hall.p, slot, (one, now) => ({
          ...giveUp(hall.p, one, id, { why: 'cancelled', now, rules, taken }),
          result: undefined,
        })),
      () => Promise.resolve([]),
    );
    expect(await hall.slot(slot)).toMatchObject({ seats: [], cool: [], rem: 1, wait: [{ b: waiter.b }] });
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ ok: 1 });
    expect((await hall.slot(slot)).wait).toEqual([]);
  });
});

describe('an id that was given up', () => {
  it('is told so when it is sent again, before and after the news of it', async () => {
    const slot = await fresh(2);
    const person = newPerson();
    const { id } = await tryTake(hall.p, slot, { person });
    await cancelBooking(hall.p, { id, person, actorId: null });
    expect(await tryTake(hall.p, slot, { id, person })).toMatchObject({ code: 'appointments.id_given_up' });
    expect((await hall.slot(slot)).seats).toEqual([]);
  });
});

describe('a repeated request', () => {
  it('to another process is never told “full” of one’s own seat', async () => {
    const other = await openHall({ deliver: false, database: hall.database });
    try {
      const slot = await fresh(1);
      const [first, person, id] = [newPerson(), newPerson(), newBookingId()];
      const { id: given } = await tryTake(hall.p, slot, { person: first });
      expect(tally([await tryTake(other.p, slot)])).toEqual({ 'appointments.full': 1 });
      await cancelBooking(hall.p, { id: given, person: first, actorId: null, freeAtOnce: true });
      expect(await tryTake(hall.p, slot, { person, id })).toMatchObject({ ok: true });
      expect(await tryTake(other.p, slot, { person, id })).toMatchObject({ ok: true, again: true });
      expect((await hall.slot(slot)).seats).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('and losers cost no read each: hundreds that come together share one', async () => {
    const slot = await fresh(1);
    await tryTake(hall.p, slot);
    await tryTake(hall.p, slot);
    const points = installCrashPoints(hall.database);
    try {
      points.arm(1_000_000);
      const tries = await Promise.all(Array.from({ length: 300 }, () => tryTake(hall.p, slot)));
      expect(tally(tries)).toEqual({ 'appointments.full': 300 });
      expect(points.count()).toBeLessThan(30);
    } finally {
      points.arm(null);
      points.uninstall();
    }
  });
});

describe('one bad window', () => {
  /** A window that no act can change: its hall has no schedule. */
  const spoil = async (slotId: string) => {
    const slot = await hall.slot(slotId);
    const _id = slotId.replace('liaocheng-centre', 'a-hall-that-is-gone');
    await slotCollection(hall.p).deleteOne({ _id: slotId });
    await slotCollection(hall.p).insertOne({ ...slot, _id, hall: 'a-hall-that-is-gone' });
    return _id;
  };

  it('does not keep offers from the others', async () => {
    const [bad, good] = [await fresh(1), await fresh(1)];
    const [late, next] = [waiterOf(), waiterOf()];
    await setLine(bad, [late]);
    await setLine(good, [next]);
    const spoilt = await spoil(bad);
    hall.logLines.length = 0;
    expect(await passOffersOn(hall.p)).toMatchObject({ failed: 1 });
    expect((await hall.slot(good)).seats.map(({ b }) => b)).toEqual([next.b]);
    const line = hall.logLines.find((text) => text.includes(spoilt));
    expect(line).toContain('appointments.hall_unknown');
    expect(line).not.toContain(late.p);
    await slotCollection(hall.p).deleteOne({ _id: spoilt });
  });

  it('does not keep moves that were cut off elsewhere from being settled', async () => {
    const points = installCrashPoints(hall.database);
    /** A move that died after so many commands; null when its new seat was not taken yet. */
    const cutOff = async (commands: number) => {
      const [from, to] = [await fresh(1), await fresh(1)];
      const person = newPerson();
      const { id } = await tryTake(hall.p, from, { person });
      points.arm(commands);
      const order = { id, person, moveId: newBookingId(), slotId: to, pools: ['public'] as const };
      await moveBooking(hall.p, { ...order, kind: 'person', actorId: null }).catch(() => undefined);
      points.arm(null);
      return (await hall.slot(to)).seats[0]?.repl ? { from, to } : null;
    };
    try {
      let commands = 1;
      while (!(await cutOff(commands))) commands += 1;
      await resolveMoves(hall.p, -1);
      const [bad, good] = [(await cutOff(commands))!, (await cutOff(commands))!];
      const spoilt = await spoil(bad.from);
      await slotCollection(hall.p).updateOne(
        { _id: bad.to },
        { $set: { 'seats.0.repl.slot': spoilt }, $inc: { ver: 1 } },
      );
      hall.advance(60_000);
      expect((await resolveMoves(hall.p)).failed).toBeGreaterThan(0);
      expect((await hall.slot(good.from)).seats).toEqual([]);
      expect((await hall.slot(good.to)).seats.map(({ repl }) => repl)).toEqual([undefined]);
      await slotCollection(hall.p).deleteMany({ _id: { $in: [spoilt, bad.to] } });
    } finally {
      points.uninstall();
    }
  });
});
