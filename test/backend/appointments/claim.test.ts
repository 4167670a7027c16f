import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot } from '../../../backend/modules/appointments/change-slot.ts';
import { bookings } from '../../../backend/modules/appointments/booking.model.ts';
import { crowd, DAY, newBookingId, newPerson, openHall, tally, tryTake, wrongs, type Hall } from './hall.ts';

describe('claims on one window and on many', () => {
  let hall: Hall;
  let hour = 0;
  beforeAll(async () => {
    hall = await openHall();
  });
  afterAll(() => hall.close());
  afterEach(async () => expect(await wrongs(hall.p)).toEqual([]));
  /** A window of its own for each test. */
  const fresh = (cap: number) => {
    hour += 1;
    const minute = hour % 2 === 0 ? '00' : '30';
    return hall.window(
      `2026-10-${12 + Math.floor(hour / 20)} ${String(8 + Math.floor((hour % 20) / 2)).padStart(2, '0')}:${minute}`,
      cap,
    );
  };

  it('T1: of 500 for one seat, one has it and 499 hear that it is full, and what to do instead', async () => {
    const slot = await fresh(1);
    const tries = await crowd(500, 500, () => tryTake(hall.p, slot));
    expect(tally(tries)).toEqual({ ok: 1, 'appointments.full': 499 });
    expect((await hall.slot(slot)).seats.map(({ n }) => n)).toEqual([1]);
    const refused = tries.filter((one) => !one.ok);
    expect(refused.every(({ details }) => details.length === 2)).toBe(true);
  });

  it('T2: of 2,000 for 50 seats, 50 have one, numbered 1 to 50 without a gap', async () => {
    const slot = await fresh(50);
    const tries = await crowd(2_000, 128, () => tryTake(hall.p, slot));
    expect(tally(tries)).toEqual({ ok: 50, 'appointments.full': 1_950 });
    const { seats, seq } = await hall.slot(slot);
    expect(seats.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, place) => place + 1));
    expect(seq).toBe(50);
  });

  it('T3: one person at 20 windows 200 times has one booking, and 199 times hears which', async () => {
    const windows: string[] = [];
    for (let n = 0; n < 20; n += 1)
      windows.push(
        await hall.window(
          `2026-10-14 ${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
          50,
        ),
      );
    const person = newPerson();
    const tries = await crowd(200, 200, (n) => tryTake(hall.p, windows[n % 20]!, { person }));
    expect(tally(tries)).toEqual({ ok: 1, 'appointments.already_booked': 199 });
  });

  it('T4: four people, each 64 times at once with five services, have exactly two bookings each', async () => {
    const windows = await Promise.all(
      ['09:00', '09:30', '10:00', '10:30', '11:00'].map((at) => hall.window(`2026-10-15 ${at}`, 64)),
    );
    const services = ['transfer', 'mortgage', 'discharge', 'rename', 'pickup'];
    const people = Array.from({ length: 4 }, newPerson);
    const tries = await crowd(256, 256, (n) =>
      tryTake(hall.p, windows[n % 5]!, { person: people[n % 4]!, service: services[Math.floor(n / 4) % 5]! }),
    );
    expect(tally(tries).ok).toBe(8);
    expect(new Set(Object.keys(tally(tries)))).toEqual(
      new Set(['ok', 'appointments.already_booked', 'appointments.too_many']),
    );
    const seats = (await Promise.all(windows.map((id) => hall.slot(id)))).flatMap((slot) => slot.seats);
    for (const person of people) expect(seats.filter(({ p }) => p === person)).toHaveLength(2);
  }, 120_000);

  it('T5: the same booking sent 50 times at once takes one seat and gives 50 equal answers', async () => {
    const slot = await fresh(10);
    const [id, person] = [newBookingId(), newPerson()];
    const tries = await crowd(50, 50, () => tryTake(hall.p, slot, { id, person }));
    expect(tally(tries)).toEqual({ ok: 50 });
    expect(new Set(tries.map((one) => one.ok && one.seat.n))).toEqual(new Set([1]));
    expect((await hall.slot(slot)).used).toBe(1);
  });

  it('T5: a booking is found again by its id when its window has filled up since', async () => {
    const slot = await fresh(2);
    const [id, person] = [newBookingId(), newPerson()];
    await tryTake(hall.p, slot, { id, person });
    await crowd(5, 5, () => tryTake(hall.p, slot));
    expect(await tryTake(hall.p, slot, { id, person })).toMatchObject({ ok: true, again: true });
  });

  it('T5: an id is one person’s and one window’s', async () => {
    const [slot, other] = [await fresh(3), await fresh(3)];
    const id = newBookingId();
    await tryTake(hall.p, slot, { id });
    expect(tally([await tryTake(hall.p, other, { id }), await tryTake(hall.p, slot, { id })])).toEqual({
      'appointments.id_reused': 2,
    });
  });

  it('T6: two owners of one unit have one booking for it', async () => {
    const [slot, other] = [await fresh(9), await fresh(9)];
    const unit = '371502001001GB00001F00010001';
    const tries = await crowd(40, 40, (n) => tryTake(hall.p, n % 2 ? slot : other, { unit }));
    expect(tally(tries)).toEqual({ ok: 1, 'appointments.unit_taken': 39 });
  });

  it('T7: cancelled 50 times at once, a seat is freed once, and everybody hears that it is cancelled', async () => {
    const slot = await fresh(2);
    const person = newPerson();
    const { id } = await tryTake(hall.p, slot, { person });
    const outcomes = await crowd(50, 50, () => cancelBooking(hall.p, { id, person, actorId: null }));
    expect(outcomes.filter(({ already }) => !already)).toHaveLength(1);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['cancelled']));
    const { used, rem, cool } = await hall.slot(slot);
    expect({ used, rem, cool: cool.length }).toEqual({ used: 0, rem: 1, cool: 1 });
    await hall.settle();
    expect((await hall.slot(slot)).out).toEqual([]);
    expect(await bookings(hall.p).findById(id).lean()).toMatchObject({ status: 'cancelled' });
    expect(await cancelBooking(hall.p, { id, person, actorId: null })).toMatchObject({ already: true });
  });

  it('T9: of 500 claims at once, none has a seat in a window that was closed before', async () => {
    const slot = await fresh(500);
    let close = (): void => undefined;
    const closing = new Promise<number>((resolve) => {
      close = () =>
        void changeSlot(hall.p, slot, ({ seq }) => ({
          change: { open: false, closedWhy: 'staff' },
          result: seq,
        })).then(resolve);
    });
    let answered = 0;
    const tries = await crowd(500, 500, async () => {
      const one = await tryTake(hall.p, slot);
      answered += 1;
      if (answered === 40) close();
      return one;
    });
    const closedAfter = await closing;
    const { seats } = await hall.slot(slot);
    expect([closedAfter > 0, closedAfter < 500]).toEqual([true, true]);
    expect(Math.max(...seats.map(({ n }) => n))).toBe(closedAfter);
    expect(seats.length).toBe(closedAfter);
    expect(tally(tries)).toEqual({
      ok: closedAfter,
      'appointments.window_closed': 500 - closedAfter,
    });
  }, 120_000);

  it('T10: a window shrinks to what is taken, never below, while claims go on', async () => {
    const slot = await fresh(100);
    const shrink = async (to: number) =>
      changeSlot(hall.p, slot, ({ used, cool }) => ({
        change: { cap: Math.max(to, used + cool.length) },
        result: undefined,
      }));
    const seen: boolean[] = [];
    let running = true;
    const watch = (async () => {
      while (running) {
        const { used, cap } = await hall.slot(slot);
        seen.push(used <= cap);
      }
    })();
    const claims = crowd(200, 50, () => tryTake(hall.p, slot));
    for (const to of [80, 60, 40, 20]) await shrink(to);
    const tries = await claims;
    running = false;
    await watch;
    const { used, cap } = await hall.slot(slot);
    expect(tally(tries).ok).toBe(used);
    expect(used).toBeLessThanOrEqual(cap);
    expect(seen.every(Boolean)).toBe(true);
  });

  it('T13: bookings of 1 to 5 cases never take more seats than there are', async () => {
    const slot = await hall.window(`${DAY} 16:00 organisation`, 17);
    const tries = await crowd(120, 60, (n) =>
      tryTake(hall.p, slot, { service: 'mortgage', cases: 1 + (n % 5) }),
    );
    const { seats, used } = await hall.slot(slot);
    expect(used).toBe(seats.reduce((sum, { units }) => sum + units, 0));
    expect(used).toBeLessThanOrEqual(17);
    expect(used).toBeGreaterThanOrEqual(16);
    expect(tries.filter(({ ok }) => ok)).toHaveLength(seats.length);
  });
});

describe('T14: claims of two processes', () => {
  it('give one person one seat, also when they come in one batch', async () => {
    const one = await openHall();
    const other = await openHall({ database: one.database });
    try {
      const slot = await one.window(`${DAY} 09:00`, 60);
      const person = newPerson();
      const tries = await crowd(60, 60, (n) =>
        tryTake(n % 2 ? one.p : other.p, slot, n % 3 === 0 ? { person } : {}),
      );
      const { seats } = await one.slot(slot);
      expect(seats.filter(({ p }) => p === person)).toHaveLength(1);
      expect(tally(tries)).toEqual({ ok: 41, 'appointments.already_booked': 19 });
      expect(await wrongs(one.p)).toEqual([]);
    } finally {
      await other.close();
      await one.close();
    }
  });
});
