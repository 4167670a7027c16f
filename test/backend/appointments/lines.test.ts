import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot } from '../../../backend/modules/appointments/change-slot.ts';
import { passOffersOn } from '../../../backend/modules/appointments/clear-slot.ts';
import { coolUntil } from '../../../backend/modules/appointments/give-up.ts';
import { keysOf, waitKeyOf } from '../../../backend/modules/appointments/keys.ts';
import { bookerOf } from '../../../backend/modules/appointments/booker.ts';
import { findBooking } from '../../../backend/modules/appointments/persons.ts';
import { joinLine } from '../../../backend/modules/appointments/wait.ts';
import type { ApplicantActor } from '../../../backend/modules/accounts/index.ts';
import type { Waiter } from '../../../backend/modules/appointments/slot.model.ts';
import {
  crowd,
  newBookingId,
  newPerson,
  newWaiter,
  openHall,
  refusalOf,
  tally,
  tryTake,
  wrongs,
  type Hall,
} from './hall.ts';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall.close());
afterEach(async () => expect(await wrongs(hall.p)).toEqual([]));
const fresh = (cap: number) => hall.freshWindow(cap);
const waiterOf = (person = newPerson()): Waiter => newWaiter(hall.p, person);
const join = (slotId: string, waiter: Waiter) =>
  changeSlot(hall.p, slotId, ({ wait }) => ({ change: { wait: [...wait, waiter] }, result: undefined }));

describe('seats that are given up', () => {
  it('T8: go to who waits first, and never to who claims at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const slot = await fresh(1);
      const person = newPerson();
      const { id } = await tryTake(hall.p, slot, { person });
      const [first, second] = [waiterOf(), waiterOf()];
      await join(slot, first);
      const [, , tries] = await Promise.all([
        cancelBooking(hall.p, { id, person, actorId: null }),
        join(slot, second),
        crowd(8, 8, () => tryTake(hall.p, slot)),
      ]);
      expect(tally(tries)).toEqual({ 'appointments.full': 8 });
      const { seats, wait } = await hall.slot(slot);
      expect(seats.map(({ b, s }) => [b, s])).toEqual([[first.b, 'H']]);
      expect(wait.map(({ b }) => b)).toEqual([second.b]);
    }
  });

  it('T8: pass over who has booked elsewhere meanwhile; a cancellation never fails because of the line', async () => {
    const [slot, other] = [await fresh(1), await fresh(1)];
    const person = newPerson();
    const { id } = await tryTake(hall.p, slot, { person });
    const [elsewhere, next] = [waiterOf(), waiterOf()];
    await join(slot, elsewhere);
    await join(slot, next);
    await tryTake(hall.p, other, { person: elsewhere.p });
    await cancelBooking(hall.p, { id, person, actorId: null });
    const { seats, wait } = await hall.slot(slot);
    expect([seats.map(({ b }) => b), wait]).toEqual([[next.b], []]);
  });

  it('seat somebody at another of their places, when the one they had in mind was taken by another booking', async () => {
    const [slot, other] = [await fresh(1), await fresh(1)];
    const { id } = await tryTake(hall.p, slot);
    const waiter = waiterOf();
    await join(slot, waiter);
    await tryTake(hall.p, other, { person: waiter.p, service: 'mortgage' });
    await cancelBooking(hall.p, { id, person: null, actorId: null });
    expect((await hall.slot(slot)).seats.map(({ b }) => b)).toEqual([waiter.b]);
  });

  it('lose nobody their place to a booking of theirs that is over, or a hold that has run out, and is not cleared away yet', async () => {
    const now = hall.p.time.now();
    const over = await hall.window('2026-10-14 09:00', 1);
    const held = await hall.window('2026-10-14 10:00', 1);
    const slot = await hall.window('2026-10-14 15:00', 2);
    const [sat, holding] = [waiterOf(), waiterOf()];
    await tryTake(hall.p, over, { person: sat.p });
    await tryTake(hall.p, held, { person: holding.p, heldUntil: new Date('2026-10-14T09:40:00+08:00') });
    const taken = [await tryTake(hall.p, slot), await tryTake(hall.p, slot)];
    hall.setNow(new Date('2026-10-14T09:45:00+08:00'));
    await join(slot, sat);
    await join(slot, holding);
    for (const { id } of taken) await cancelBooking(hall.p, { id, person: null, actorId: null });
    const { seats, wait } = await hall.slot(slot);
    expect([seats.map(({ b, s }) => [b, s]), wait]).toEqual([
      [
        [sat.b, 'H'],
        [holding.b, 'H'],
      ],
      [],
    ]);
    expect((await hall.slot(held)).seats).toEqual([]);
    hall.setNow(now);
  });

  it('lose nobody their place to a hold of their own that has run out in the same window', async () => {
    const now = hall.p.time.now();
    const slot = await hall.window('2026-10-15 15:00', 2);
    const waiter = waiterOf();
    const heldUntil = new Date('2026-10-15T09:40:00+08:00');
    const held = await tryTake(hall.p, slot, { person: waiter.p, heldUntil });
    const { id } = await tryTake(hall.p, slot);
    hall.setNow(new Date('2026-10-15T09:45:00+08:00'));
    await join(slot, waiter);
    await cancelBooking(hall.p, { id, person: null, actorId: null });
    const { seats, wait, rem, cool } = await hall.slot(slot);
    expect([seats.map(({ b, s }) => [b, s]), wait]).toEqual([[[waiter.b, 'H']], []]);
    // Two came free and one was offered: the other is free as after any hold that has run out.
    expect([rem, cool]).toEqual([1, []]);
    await hall.settle();
    const ends = await Promise.all([held.id, id].map((one) => findBooking(hall.p, one)));
    expect(ends.map((one) => one?.status)).toEqual(['expired', 'cancelled']);
    hall.setNow(now);
  });

  it('a hold that has run out takes no place among those one may have: its person waits again', async () => {
    const now = hall.p.time.now();
    const [booked, held, slot] = [
      await hall.window('2026-10-16 14:00', 1),
      await hall.window('2026-10-16 14:30', 1),
      await hall.window('2026-10-16 15:00', 1),
    ];
    const actor = { accountId: newBookingId(), personIndex: 'somebody', organisation: null, kind: 'citizen' };
    const { person } = bookerOf(hall.p, actor as unknown as ApplicantActor);
    await tryTake(hall.p, booked, { person, service: 'mortgage' });
    await tryTake(hall.p, held, { person, heldUntil: new Date('2026-10-16T09:40:00+08:00') });
    const { id } = await tryTake(hall.p, slot);
    hall.setNow(new Date('2026-10-16T09:45:00+08:00'));
    const order = { id: newBookingId(), slotId: slot, service: 'transfer' };
    expect(await refusalOf(joinLine(hall.p, actor as unknown as ApplicantActor, order))).toBe('none');
    await cancelBooking(hall.p, { id, person: null, actorId: null });
    expect((await hall.slot(slot)).seats.map(({ b }) => b)).toEqual([order.id]);
    hall.setNow(now);
  });

  it('never seat one key twice in one window, where the unique index does not look', async () => {
    const slot = await fresh(2);
    const taken = [await tryTake(hall.p, slot), await tryTake(hall.p, slot)];
    const person = newPerson();
    // In line for two services with the same place among two.
    await join(slot, waiterOf(person));
    const second = waiterOf(person);
    const k = keysOf(second.b, { person, service: 'mortgage', place: 0, unit: null });
    await join(slot, { ...second, w: waitKeyOf(person, 'mortgage'), sv: 'mortgage', k });
    for (const { id } of taken) await cancelBooking(hall.p, { id, person: null, actorId: null });
    const keys = (await hall.slot(slot)).seats.flatMap((seat) => seat.k);
    expect([keys.length, new Set(keys).size]).toEqual([10, 10]);
  });

  it('T35: cannot be claimed before their random time, can from then on', async () => {
    const slot = await hall.window('2026-10-20 09:00', 1);
    const person = newPerson();
    const { id } = await tryTake(hall.p, slot, { person });
    await cancelBooking(hall.p, { id, person, actorId: null });
    const { cool } = await hall.slot(slot);
    const at = cool[0]!.at.getTime();
    const now = hall.p.time.now().getTime();
    expect(at - now).toBeGreaterThanOrEqual(10 * 60_000);
    expect(at - now).toBeLessThanOrEqual(120 * 60_000);
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ 'appointments.full': 1 });
    hall.setNow(new Date(at - 1));
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ 'appointments.full': 1 });
    hall.setNow(new Date(at));
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ ok: 1 });
    hall.setNow(new Date(now));
  });

  it('T35: come back spread over the whole of the stated time', () => {
    const now = new Date('2026-10-09T02:00:00Z');
    const startAt = new Date('2026-10-19T02:00:00Z');
    const minutes = Array.from(
      { length: 4_000 },
      () => (coolUntil(hall.p, { least: 10, most: 120 }, now, startAt).getTime() - now.getTime()) / 60_000,
    );
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(120);
    const bins = Array.from(
      { length: 11 },
      (_, bin) => minutes.filter((m) => Math.floor((m - 10) / 10) === bin).length,
    );
    const chi2 = bins.reduce((sum, n) => sum + (n - 4_000 / 11) ** 2 / (4_000 / 11), 0);
    // 10 degrees of freedom: above this one time in ten thousand.
    expect(chi2).toBeLessThan(35.6);
  });

  it('are free at once where a clerk says so', async () => {
    const slot = await fresh(1);
    const { id } = await tryTake(hall.p, slot);
    await cancelBooking(hall.p, { id, person: null, actorId: null, freeAtOnce: true });
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ ok: 1 });
  });
});

describe('held seats', () => {
  it('that have run out are claimed by whoever comes, without any timer', async () => {
    const slot = await fresh(1);
    const person = newPerson();
    const begin = hall.p.time.now();
    await tryTake(hall.p, slot, { person, heldUntil: new Date(begin.getTime() + 60_000) });
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ 'appointments.full': 1 });
    hall.advance(60_000);
    expect(tally([await tryTake(hall.p, slot)])).toEqual({ ok: 1 });
    // And do not keep their person from booking elsewhere.
    expect(tally([await tryTake(hall.p, await fresh(1), { person })])).toEqual({ ok: 1 });
  });

  it('that were offered pass on to the next in line when nobody takes them', async () => {
    const slot = await fresh(1);
    const { id } = await tryTake(hall.p, slot);
    const line = [waiterOf(), waiterOf()];
    for (const waiter of line) await join(slot, waiter);
    await cancelBooking(hall.p, { id, person: null, actorId: null });
    expect((await hall.slot(slot)).seats.map(({ b }) => b)).toEqual([line[0]!.b]);
    hall.advance(31 * 60_000);
    await passOffersOn(hall.p);
    const { seats, wait } = await hall.slot(slot);
    expect([seats.map(({ b }) => b), wait]).toEqual([[line[1]!.b], []]);
    await passOffersOn(hall.p);
    expect((await hall.slot(slot)).seats.map(({ b }) => b)).toEqual([line[1]!.b]);
  });
});
