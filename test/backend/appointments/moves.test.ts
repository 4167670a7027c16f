import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bookings } from '../../../backend/modules/appointments/booking.model.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { seatsOfPerson } from '../../../backend/modules/appointments/locate.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import { installCrashPoints, installPausePoints } from '../../faults/recording-crash-points.ts';
import {
  crowd,
  newBookingId,
  newPerson,
  openHall,
  refusalOf,
  tally,
  tryTake,
  wrongs,
  type Hall,
} from './hall.ts';

let hall: Hall;
let day = 0;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall.close());
afterEach(async () => expect(await wrongs(hall.p)).toEqual([]));
const windows = async (...caps: number[]) => {
  day += 1;
  return Promise.all(
    caps.map((cap, n) =>
      hall.window(
        `${new Date(Date.UTC(2026, 9, 11 + day)).toISOString().slice(0, 10)} ${String(9 + n).padStart(2, '0')}:00`,
        cap,
      ),
    ),
  );
};
const move = (id: string, person: string, slotId: string, moveId = newBookingId()) =>
  moveBooking(hall.p, { id, person, moveId, slotId, pools: ['public'], kind: 'person', actorId: null });

describe('moving a booking', () => {
  it('gives the new window and frees the old one, under the same booking', async () => {
    const [from, to] = await windows(1, 1);
    const person = newPerson();
    const { id } = await tryTake(hall.p, from!, { person, unit: '371502001001GB00001F00010009' });
    await move(id, person, to!);
    const [{ seat, slot }] = (await seatsOfPerson(hall.p, person)) as [
      Awaited<ReturnType<typeof seatsOfPerson>>[0],
    ];
    expect({ slot: slot._id, r: seat.r, m: seat.m, keys: seat.k.length }).toEqual({
      slot: to,
      r: id,
      m: 1,
      keys: 7,
    });
    expect(await hall.slot(from!)).toMatchObject({ used: 0, rem: 0, cool: [{ u: 1 }], out: [] });
    await hall.settle();
    expect(await bookings(hall.p).findById(id).lean()).toMatchObject({
      slotId: to,
      moves: 1,
      status: 'booked',
    });
  });

  it('is known at its new window when the news comes between the commit and the last step', async () => {
    const points = installCrashPoints(hall.database);
    try {
      for (let commands = 1; ; commands += 1) {
        const [from, to] = await windows(1, 1);
        const person = newPerson();
        const { id } = await tryTake(hall.p, from!, { person });
        points.arm(commands);
        const died = await move(id, person, to!).then(
          () => false,
          (error: Error) => error.name === 'Crash' || Promise.reject(error),
        );
        points.arm(null);
        const { seats } = await hall.slot(from!);
        await hall.settle();
        const decided = seats.length === 0;
        expect(await bookings(hall.p).findById(id).lean(), `after ${commands}`).toMatchObject({
          slotId: decided ? to : from,
          status: 'booked',
        });
        if (!died) break;
      }
      hall.advance(60_000);
      await resolveMoves(hall.p);
    } finally {
      points.uninstall();
    }
  });

  it('keeps the old window when the new one is full, or is the same', async () => {
    const [from, to] = await windows(1, 1);
    await tryTake(hall.p, to!);
    const person = newPerson();
    const { id } = await tryTake(hall.p, from!, { person });
    expect(await refusalOf(move(id, person, to!))).toBe('appointments.full');
    expect(await refusalOf(move(id, person, from!))).toBe('appointments.same_window');
    const [only, ...rest] = await seatsOfPerson(hall.p, person);
    expect([only?.slot._id, only?.seat.lent, rest.length]).toEqual([from, undefined, 0]);
    expect(only?.seat.k).toHaveLength(5);
  });

  it('sent twice is one move, and its id is good for one window only', async () => {
    const [from, to, third] = await windows(1, 2, 2);
    const person = newPerson();
    const { id } = await tryTake(hall.p, from!, { person });
    const moveId = newBookingId();
    const refusals = await Promise.all([1, 2, 3].map(() => refusalOf(move(id, person, to!, moveId))));
    expect(refusals.filter((code) => code === 'none').length).toBeGreaterThan(0);
    expect(await refusalOf(move(id, person, to!, moveId))).toBe('none');
    expect(await refusalOf(move(id, person, third!, moveId))).toBe('appointments.id_reused');
    expect(await hall.slot(to!)).toMatchObject({ used: 1 });
  });

  it('under the id of another booking of the same person takes neither away', async () => {
    const [from, to] = await windows(2, 2);
    const person = newPerson();
    const moved = await tryTake(hall.p, from!, { person });
    const other = await tryTake(hall.p, to!, { person, service: 'pickup' });
    expect([moved.ok, other.ok]).toEqual([true, true]);
    expect(await refusalOf(move(moved.id, person, to!, other.id))).not.toBe('none');
    hall.advance(60_000);
    await resolveMoves(hall.p);
    const seats = (await seatsOfPerson(hall.p, person)).map(({ slot, seat }) => [slot._id, seat.r]);
    expect(new Map(seats as [string, string][])).toEqual(
      new Map([
        [from!, moved.id],
        [to!, other.id],
      ]),
    );
  });

  it('under one id to two windows at once leaves one seat, wherever one overtakes the other', async () => {
    const points = installPausePoints(hall.database);
    // Where both wait in one queue, the second cannot get past the first: then the first goes on.
    const orBlocked = (promise: Promise<unknown>) => Promise.race([promise, points.quiet()]);
    try {
      for (let n = 0; n < 7 * 7; n += 1) {
        const [from, left, right] = await windows(1, 1, 1);
        const person = newPerson();
        const { id } = await tryTake(hall.p, from!, { person });
        const moveId = newBookingId();
        const firstStands = points.arm(1 + Math.floor(n / 7));
        const first = refusalOf(move(id, person, left!, moveId));
        await Promise.race([firstStands.reached, first]);
        const secondStands = points.arm(1 + (n % 7));
        const second = refusalOf(move(id, person, right!, moveId));
        await orBlocked(Promise.race([secondStands.reached, second]));
        firstStands.release();
        await orBlocked(first);
        secondStands.release();
        const told = (await Promise.all([first, second])).join(' ');
        hall.advance(60_000);
        await resolveMoves(hall.p);
        expect(await seatsOfPerson(hall.p, person), `way ${n}: ${told}`).toHaveLength(1);
      }
    } finally {
      points.uninstall();
    }
  }, 120_000);

  // `MOVE_PEOPLE=200` for the long form.
  const count = Number(process.env.MOVE_PEOPLE ?? 80);

  it(`T12: ${count} people who swap between two windows all end with one seat, never with none or three`, async () => {
    const half = count / 2;
    const [left, right] = await windows(half + 1, half + 1);
    const people = Array.from({ length: count }, newPerson);
    const taken = await crowd(count, 40, (n) =>
      tryTake(hall.p, n < half ? left! : right!, { person: people[n]! }),
    );
    expect(tally(taken)).toEqual({ ok: count });
    const ids = taken.map(({ id }) => id);
    let running = true;
    const counts = new Set<number>();
    const watch = (async () => {
      while (running) {
        // One query sees one moment of a document, not of two: what is looked for is somebody with no seat at all in both reads.
        const [a, b] = [await hall.slot(left!), await hall.slot(right!)];
        const again = await hall.slot(left!);
        for (const person of people) {
          const seats = [...a.seats, ...b.seats, ...again.seats].filter(({ p }) => p === person);
          counts.add(new Set(seats.map(({ b: id }) => id)).size);
        }
      }
    })();
    const outcomes = await crowd(count, 20, async (n) =>
      refusalOf(move(ids[n]!, people[n]!, n < half ? right! : left!)),
    );
    running = false;
    await watch;
    expect(outcomes.filter((code) => code === 'none').length).toBeGreaterThan(0);
    expect(new Set(outcomes)).toEqual(new Set(['none', 'appointments.full']));
    expect(counts.has(0)).toBe(false);
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
    for (const person of people) expect(await seatsOfPerson(hall.p, person)).toHaveLength(1);
    const slots = await slotCollection(hall.p)
      .find({ _id: { $in: [left!, right!] } })
      .toArray();
    expect(slots.flatMap(({ seats }) => seats).filter(({ lent, repl }) => lent ?? repl)).toEqual([]);
  }, 120_000);

  it('a booking is not cancelled in half while it moves: one of the two is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [from, to] = await windows(1, 1);
      const person = newPerson();
      const { id } = await tryTake(hall.p, from!, { person });
      await Promise.all([
        refusalOf(move(id, person, to!)),
        refusalOf(cancelBooking(hall.p, { id, person, actorId: null })),
      ]);
      hall.advance(11_000);
      await resolveMoves(hall.p);
      const seats = await seatsOfPerson(hall.p, person);
      // The cancellation always gets through in the end, unless the move spent its tries.
      expect(seats.length).toBeLessThanOrEqual(1);
      expect(seats.every(({ seat }) => !seat.lent && !seat.repl && seat.k.length === 5)).toBe(true);
    }
  });

  it('T22: the resolver finds nothing the second time', async () => {
    hall.advance(60_000);
    await resolveMoves(hall.p);
    await hall.settle();
    const before = await slotCollection(hall.p).find().sort({ _id: 1 }).toArray();
    expect(await resolveMoves(hall.p)).toEqual({ resolved: 0, failed: 0 });
    expect(await slotCollection(hall.p).find().sort({ _id: 1 }).toArray()).toEqual(before);
  });
});
