import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookings, bookingPersons } from '../../../backend/modules/appointments/booking.model.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot } from '../../../backend/modules/appointments/change-slot.ts';
import { clearSlot } from '../../../backend/modules/appointments/clear-slot.ts';
import { keysOf, waitKeyOf } from '../../../backend/modules/appointments/keys.ts';
import { seatsOfPerson } from '../../../backend/modules/appointments/locate.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import { settleSlot } from '../../../backend/modules/appointments/settle-slot.ts';
import { issueTicket, ticketCollection } from '../../../backend/modules/appointments/tickets.ts';
import { installCrashPoints, type CrashPoints } from '../../faults/recording-crash-points.ts';
import { DAY, HALL, newBookingId, newPerson, openHall, tryTake, wrongs, type Hall } from './hall.ts';

/**
 * T20: the process dies after each database command of an act, its answer lost. Then either the resolver alone, or the client who
 * sends the same again, must find everything in order. Delivery is off, so that every command is the act's own.
 */
let hall: Hall;
let points: CrashPoints;
let minute = 0;
beforeAll(async () => {
  hall = await openHall({ deliver: false });
  points = installCrashPoints(hall.database);
});
afterAll(async () => {
  points.uninstall();
  await hall.close();
});

const fresh = (cap: number) => {
  minute += 1;
  const at = `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const date = new Date(Date.UTC(2026, 9, 12 + Math.floor(minute / 1_440))).toISOString().slice(0, 10);
  return hall.window(`${date} ${at}`, cap);
};

/** Every point of death of an act. `scene` is made anew for each; `act` may be done again; `after` looks. */
async function enumerate<S>(
  scene: () => Promise<S>,
  act: (scene: S) => Promise<unknown>,
  after: (scene: S, again: boolean) => Promise<void>,
): Promise<number> {
  const rehearsal = await scene();
  points.arm(1_000_000);
  await act(rehearsal);
  const commands = points.count();
  points.arm(null);
  await after(rehearsal, true);
  for (const again of [false, true]) {
    for (let n = 0; n <= commands; n += 1) {
      const one = await scene();
      points.arm(n);
      await act(one).catch((error: unknown) => {
        if ((error as Error).name !== 'Crash') throw error;
      });
      points.arm(null);
      await resolveMoves(hall.p, -1);
      expect(await resolveMoves(hall.p, -1), `second pass after ${n}`).toEqual({ resolved: 0, failed: 0 });
      if (again) await act(one);
      await after(one, again);
    }
  }
  expect(await wrongs(hall.p)).toEqual([]);
  return commands;
}

describe('T20: a death after each command', () => {
  it('of a claim: nothing, or the whole booking; sent again, the booking', async () => {
    const commands = await enumerate(
      async () => ({ slot: await fresh(1), person: newPerson(), id: newBookingId() }),
      ({ slot, person, id }) => tryTake(hall.p, slot, { person, id }),
      async ({ slot, person, id }, again) => {
        const { seats } = await hall.slot(slot);
        expect(seats.length).toBeLessThanOrEqual(1);
        if (again) expect(seats.map(({ b, p }) => [b, p])).toEqual([[id, person]]);
      },
    );
    expect(commands).toBeGreaterThan(0);
  });

  it('of a cancellation, with and without somebody in line: freed once', async () => {
    for (const waiting of [false, true]) {
      await enumerate(
        async () => {
          const [slot, person, waiter] = [await fresh(1), newPerson(), newPerson()];
          const { id } = await tryTake(hall.p, slot, { person });
          const b = newBookingId();
          if (waiting) {
            await changeSlot(hall.p, slot, ({ wait }) => ({
              change: {
                wait: [
                  ...wait,
                  {
                    b,
                    p: waiter,
                    w: waitKeyOf(waiter, 'transfer'),
                    k: keysOf(b, { person: waiter, service: 'transfer', place: 0, unit: null }),
                    sv: 'transfer',
                    bt: null,
                    unit: null,
                    a: 'a',
                    at: hall.p.time.now(),
                  },
                ],
              },
              result: undefined,
            }));
          }
          return { slot, person, id, b };
        },
        ({ person, id }) => cancelBooking(hall.p, { id, person, actorId: null }),
        async ({ slot, person, b }, again) => {
          const { seats, cool, out } = await hall.slot(slot);
          const left = seats.filter(({ p }) => p === person).length;
          expect(out.length).toBe(1 - left);
          if (again) expect(left).toBe(0);
          expect([cool.length, seats.filter((seat) => seat.b === b).length]).toEqual(
            left === 1 ? [0, 0] : waiting ? [0, 1] : [1, 0],
          );
        },
      );
    }
  });

  it('of a move: never no seat; afterwards one, the old before the commit and the new from then on', async () => {
    const commands = await enumerate(
      async () => {
        const [from, to] = [await fresh(1), await fresh(1)];
        const person = newPerson();
        const { id } = await tryTake(hall.p, from, { person, unit: `unit-of-${person}` });
        return { from, to, person, id, moveId: newBookingId() };
      },
      async ({ id, person, to, moveId }) => {
        try {
          await moveBooking(hall.p, {
            id,
            person,
            moveId,
            slotId: to,
            pools: ['public'],
            kind: 'person',
            actorId: null,
          });
        } catch (error) {
          // Called off by the resolver: its id is spent, and the client moves with another.
          if ((error as { code?: string }).code !== 'appointments.move_called_off') throw error;
          await moveBooking(hall.p, {
            id,
            person,
            moveId: newBookingId(),
            slotId: to,
            pools: ['public'],
            kind: 'person',
            actorId: null,
          });
        }
      },
      async ({ person, to, id }, again) => {
        const seats = await seatsOfPerson(hall.p, person);
        expect(seats.map(({ seat }) => [seat.r, seat.lent, seat.repl, seat.k.length])).toEqual([
          [id, undefined, undefined, 7],
        ]);
        if (again) expect(seats[0]?.slot._id).toBe(to);
      },
    );
    // Four writes, and what is read between them.
    expect(commands).toBeGreaterThanOrEqual(8);
  });

  it('of clearing a hold away, and of a day’s close: done once, completed by doing it again', async () => {
    const begin = hall.p.time.now();
    await enumerate(
      async () => {
        hall.setNow(begin);
        const slot = await fresh(1);
        const until = new Date(begin.getTime() + 60_000);
        await tryTake(hall.p, slot, { heldUntil: until });
        hall.setNow(until);
        return { slot };
      },
      ({ slot }) => clearSlot(hall.p, slot),
      async ({ slot }, again) => {
        const { seats, out } = await hall.slot(slot);
        expect(seats.length + out.length).toBe(1);
        if (again) expect(out.map(({ why }) => why)).toEqual(['expired']);
      },
    );
    await enumerate(
      async () => {
        hall.setNow(begin);
        const slot = await fresh(2);
        const person = newPerson();
        await tryTake(hall.p, slot, { person });
        hall.setNow(new Date('2026-12-01T10:00:00+08:00'));
        return { slot, person };
      },
      ({ slot }) => settleSlot(hall.p, slot),
      async ({ slot }, again) => {
        const { seats, settled, seq } = await hall.slot(slot);
        expect([seats.length, seq]).toEqual([1, 1]);
        if (again) expect([settled, seats[0]?.s, seats[0]?.k.length]).toEqual([true, 'N', 1]);
      },
    );
    hall.setNow(begin);
  });

  it('of a ticket: a gap at worst, never two of a number or two for a booking', async () => {
    hall.setNow(new Date(`${DAY}T09:00:00+08:00`));
    await enumerate(
      () => Promise.resolve({ id: newBookingId() }),
      ({ id }) =>
        issueTicket(hall.p, { id, hall: HALL, service: 'transfer', priority: 'elderly', booked: null }),
      async ({ id }, again) => {
        const found = await ticketCollection(hall.p).find({ _id: id }).toArray();
        expect(found.length).toBeLessThanOrEqual(1);
        if (again) expect(found).toHaveLength(1);
      },
    );
    const numbers = (await ticketCollection(hall.p).find().toArray()).map(({ n }) => n);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('of the delivery: every booking is known in the end, every no-show once', async () => {
    hall.startDelivery();
    await hall.settle();
    const { connection } = hall.p.database;
    const slots = await connection.collection('slots').find().toArray();
    const seats = slots.flatMap((slot) => slot.seats as { r: string; s: string }[]);
    const stored = new Map((await bookings(hall.p).find().lean()).map((one) => [one._id, one.status]));
    const words: Record<string, string> = { C: 'booked', H: 'held', N: 'missed', A: 'arrived', D: 'served' };
    expect(seats.filter(({ r, s }) => stored.get(r) !== words[s])).toEqual([]);
    expect(slots.flatMap((slot) => slot.out as { why: string }[])).toEqual([]);
    const noShows = (await bookingPersons(hall.p).find().lean()).flatMap((person) =>
      person.noShows.map(({ r }) => r),
    );
    expect(noShows.length).toBe(seats.filter(({ s }) => s === 'N').length);
    expect(new Set(noShows).size).toBe(noShows.length);
  });
});
