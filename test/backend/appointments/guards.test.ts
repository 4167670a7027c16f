import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as policy from '../../../backend/modules/appointments/policy.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot, forgetFull, slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { keysOf, waitKeyOf } from '../../../backend/modules/appointments/keys.ts';
import { seatsOfPerson } from '../../../backend/modules/appointments/locate.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import { BOOKING_SABOTAGES, type BookingSabotage } from '../../faults/booking/sabotages.ts';
import { installCrashPoints } from '../../faults/recording-crash-points.ts';
import { patchDriver } from '../../faults/sabotage/preload.mjs';
import {
  crowd,
  DAY,
  HALL,
  newBookingId,
  newPerson,
  openHall,
  refusalOf,
  tryTake,
  wrongs,
  type Hall,
} from './hall.ts';

/**
 * T29: with a guard taken away, what it guards against must happen, or the tests that look for it prove nothing. Every scene is
 * green with all guards in place.
 */

vi.mock('../../../backend/modules/appointments/policy.ts', async (original) => {
  const real = await original<typeof policy>();
  return {
    ...real,
    batchOf: vi.fn(real.batchOf),
    mayLeave: vi.fn(real.mayLeave),
    unlent: vi.fn(real.unlent),
  };
});

type Scene = (hall: Hall) => Promise<string[]>;

/** What is missing from the start needs a database of its own; all else is tried on one. */
const FROM_THE_START: ReadonlySet<string> = new Set(['no-index', 'no-validator']);
let shared: Hall;
beforeAll(async () => {
  shared = await openHall({ deliver: false });
});
afterAll(() => shared.close());

async function play(scene: Scene, ...sabotages: BookingSabotage[]): Promise<string[]> {
  const ends = sabotages.map((name) => patchDriver(BOOKING_SABOTAGES[name]));
  const own = sabotages.some((name) => FROM_THE_START.has(name));
  const hall = own ? await openHall({ deliver: false }) : shared;
  try {
    const { deletedCount } = await slotCollection(hall.p).deleteMany({});
    // Windows of the same name in another scene: what was full a moment ago is not now.
    if (deletedCount > 0) for (const at of HOURS) forgetFull(hall.p, `${HALL}|${DAY}|${at}|public`);
    const found = await scene(hall);
    return [...found, ...(await wrongs(hall.p))];
  } finally {
    for (const end of ends) end();
    if (own) await hall.close();
  }
}

const HOURS = Array.from({ length: 12 }, (_, n) => `${String(8 + n).padStart(2, '0')}00`);

const waiterOf = (hall: Hall) => {
  const [b, person] = [newBookingId(), newPerson()];
  const k = keysOf(b, { person, service: 'transfer', place: 0, unit: null });
  return {
    b,
    p: person,
    w: waitKeyOf(person, 'transfer'),
    k,
    sv: 'transfer',
    bt: null,
    unit: null,
    a: 'a',
    at: hall.p.time.now(),
  };
};

const SCENES: Record<string, Scene> = {
  async overbook(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 3);
    const tries = await crowd(12, 12, () => tryTake(hall.p, slot).catch(() => ({ ok: false as const })));
    const seats = (await hall.slot(slot)).seats.length;
    return [
      ...(seats > 3 ? ['overbooked'] : []),
      ...(tries.filter(({ ok }) => ok).length > 3 ? ['told too many'] : []),
    ];
  },
  async sameKeyInWindow(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 9);
    const person = newPerson();
    for (let n = 0; n < 3; n += 1) await tryTake(hall.p, slot, { person });
    return (await hall.slot(slot)).seats.length > 1 ? ['one person twice'] : [];
  },
  async sameKeyInTwoWindows(hall) {
    const windows = [await hall.window(`${DAY} 09:00`, 9), await hall.window(`${DAY} 10:00`, 9)];
    const person = newPerson();
    for (const slot of windows) await tryTake(hall.p, slot, { person });
    return (await seatsOfPerson(hall.p, person)).length > 1 ? ['one person twice'] : [];
  },
  async line(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 1);
    await changeSlot(hall.p, slot, () => ({ change: { wait: [waiterOf(hall)] }, result: undefined }));
    return (await tryTake(hall.p, slot)).ok ? ['past the line'] : [];
  },
  async closed(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 1);
    await changeSlot(hall.p, slot, () => ({ change: { open: false }, result: undefined }));
    return (await tryTake(hall.p, slot)).ok ? ['in a closed window'] : [];
  },
  async drift(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 1);
    const { connection } = hall.p.database;
    await connection
      .collection('slots')
      .updateOne({ _id: slot as never }, { $inc: { used: 1 } })
      .catch(() => undefined);
    return [];
  },
  async twoProcesses(hall) {
    const other = await openHall({ deliver: false, database: hall.database });
    try {
      let lost = 0;
      for (let round = 0; round < 6; round += 1) {
        const slot = await hall.window(`${DAY} ${String(9 + round).padStart(2, '0')}:00`, 8);
        const people = Array.from({ length: 8 }, newPerson);
        const taken = await Promise.all(people.map((person) => tryTake(hall.p, slot, { person })));
        const cancels = taken.map(({ id }, n) =>
          refusalOf(cancelBooking(n % 2 ? hall.p : other.p, { id, person: people[n]!, actorId: null })).catch(
            () => 'failed',
          ),
        );
        const codes = await Promise.all(cancels);
        const { seats } = await hall.slot(slot);
        lost += seats.filter(({ b }) => codes[taken.findIndex(({ id }) => id === b)] === 'none').length;
      }
      return lost > 0 ? ['a cancellation was undone by another'] : [];
    } finally {
      await other.close();
    }
  },
  async batch(hall) {
    const slot = await hall.window(`${DAY} 09:00`, 30);
    const person = newPerson();
    const tries = await crowd(20, 20, () =>
      tryTake(hall.p, slot, { person }).catch(() => ({ ok: false as const })),
    );
    return tries.filter(({ ok }) => ok).length > 1 ? ['one person twice'] : [];
  },
  async leaveWhileLent(hall) {
    const [from, to] = [await hall.window(`${DAY} 09:00`, 1), await hall.window(`${DAY} 10:00`, 1)];
    const person = newPerson();
    const { id } = await tryTake(hall.p, from, { person });
    // Dies after the new seat was taken: lent here, replacing there.
    await dieInMove(hall, { id, person, to }, 2);
    const code = await refusalOf(cancelBooking(hall.p, { id, person, actorId: null }));
    const seats = await seatsOfPerson(hall.p, person);
    return code === 'none' && seats.length > 0 ? ['told “cancelled”, and a seat is there'] : [];
  },
  async callOff(hall) {
    const [from, to] = [await hall.window(`${DAY} 09:00`, 1), await hall.window(`${DAY} 10:00`, 1)];
    const person = newPerson();
    const { id } = await tryTake(hall.p, from, { person });
    await dieInMove(hall, { id, person, to }, 1);
    await resolveMoves(hall.p, -1);
    const [own] = await seatsOfPerson(hall.p, person);
    return own?.seat.k.length === 5 && !own.seat.lent ? [] : ['the tokens did not come back'];
  },
};

/** Dies after so many writes of a move. */
async function dieInMove(
  hall: Hall,
  { id, person, to }: { id: string; person: string; to: string },
  writes: number,
): Promise<void> {
  const points = installCrashPoints(hall.database);
  try {
    for (let commands = 1; ; commands += 1) {
      points.arm(commands);
      const order = {
        id,
        person,
        moveId: newBookingId(),
        slotId: to,
        pools: ['public'] as const,
        kind: 'person' as const,
        actorId: null,
      };
      await moveBooking(hall.p, order).catch((error: unknown) => {
        if ((error as Error).name !== 'Crash') throw error;
      });
      points.arm(null);
      const seats = await seatsOfPerson(hall.p, person);
      const both = (await hall.slot(to)).seats.length;
      const done = (seats[0]?.seat.lent ? 1 : 0) + both;
      if (done >= writes) return;
      await resolveMoves(hall.p, -1);
    }
  } finally {
    points.uninstall();
  }
}

describe('T29: a guard taken away is noticed', () => {
  afterEach(() => vi.restoreAllMocks());

  it('and with all guards in place every scene is in order', async () => {
    for (const [name, scene] of Object.entries(SCENES)) expect(await play(scene), name).toEqual([]);
  });

  it.each([
    ['the seats left and the validator', ['no-rem', 'no-validator'], 'overbook'],
    ['the keys inside a window', ['no-nin'], 'sameKeyInWindow'],
    ['the unique index', ['no-index'], 'sameKeyInTwoWindows'],
    ['the line', ['no-line'], 'line'],
    ['the open window', ['no-open'], 'closed'],
    ['the validator', ['no-validator'], 'drift'],
    ['the version of the window', ['no-ver'], 'twoProcesses'],
  ] as const)('%s', async (_what, names, scene) => {
    expect(await play(SCENES[scene]!, ...names)).not.toEqual([]);
  });

  it('the validator alone still refuses an overbooking, as a second fence', async () => {
    expect(await play(SCENES.overbook!, 'no-rem')).toEqual([]);
  });

  it('the keys of a batch', async () => {
    vi.mocked(policy.batchOf).mockImplementation((queue, most) => queue.slice(0, most));
    expect(await play(SCENES.batch!)).not.toEqual([]);
  });

  it('the look at a move before a seat is given up', async () => {
    vi.mocked(policy.mayLeave).mockImplementation((seat, startAt, now) =>
      startAt <= now ? 'begun' : seat.s === 'A' ? 'arrived' : 'may',
    );
    expect(await play(SCENES.leaveWhileLent!)).not.toEqual([]);
  });

  it('the tokens’ way back', async () => {
    vi.mocked(policy.unlent).mockImplementation((seat) => seat);
    expect(await play(SCENES.callOff!)).not.toEqual([]);
  });
});
