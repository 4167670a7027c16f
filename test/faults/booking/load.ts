/**
 * People who book, cancel and move at random, each remembering only what was acknowledged. An act whose answer was lost is sent
 * again with the same id until it is answered, as the portal's client does.
 */
import { AppError } from '../../../backend/platform/errors.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { Dice } from '../support/random.ts';
import { newBookingId, tryTake } from './windows.ts';

/** What a person knows. `pending` was sent and not answered. */
export interface Known {
  person: string;
  booking: { id: string; slot: string } | null;
  pending:
    | { act: 'claim'; id: string; slot: string }
    | { act: 'cancel'; id: string }
    | { act: 'move'; id: string; slot: string; moveId: string }
    | null;
}

export interface LoadFigures {
  claims: number;
  cancels: number;
  moves: number;
  refused: number;
  lost: number;
}

export const noFigures = (): LoadFigures => ({ claims: 0, cancels: 0, moves: 0, refused: 0, lost: 0 });

export interface Load {
  p: Platform;
  people: Known[];
  windows: readonly string[];
  dice: Dice;
  figures: LoadFigures;
  /** Told before an act is sent and after it was answered. */
  note(known: Known): void;
  isOver(): boolean;
}

function choose({ booking }: Known, { windows, dice }: Load): NonNullable<Known['pending']> {
  if (!booking) return { act: 'claim', id: newBookingId(), slot: dice.pick(windows) };
  if (dice.chance(0.6)) return { act: 'cancel', id: booking.id };
  const others = windows.filter((one) => one !== booking.slot);
  return { act: 'move', id: booking.id, slot: dice.pick(others), moveId: newBookingId() };
}

/** Carries out what is pending. True when it was answered, one way or the other. */
async function carryOut(known: Known, { p, figures }: Load): Promise<boolean> {
  const { pending, person } = known;
  if (!pending) return true;
  try {
    if (pending.act === 'claim') {
      const answer = await tryTake(p, pending.slot, { person, id: pending.id });
      if (answer.ok)
        [known.booking, figures.claims] = [{ id: pending.id, slot: pending.slot }, figures.claims + 1];
      else if (answer.code === 'appointments.busy') return false;
      else figures.refused += 1;
    } else if (pending.act === 'cancel') {
      await cancelBooking(p, { id: pending.id, person, actorId: null });
      [known.booking, figures.cancels] = [null, figures.cancels + 1];
    } else {
      const { id, moveId, slot } = pending;
      await moveBooking(p, {
        id,
        person,
        moveId,
        slotId: slot,
        pools: ['public'],
        kind: 'person',
        actorId: null,
      });
      [known.booking, figures.moves] = [{ id, slot }, figures.moves + 1];
    }
    known.pending = null;
    return true;
  } catch (error) {
    if (error instanceof AppError) {
      // A move that was refused or called off leaves the booking where it was; all else is asked again.
      const refusedMove = pending.act === 'move' && error.code !== 'appointments.busy';
      if (!refusedMove) return false;
      known.pending = null;
      figures.refused += 1;
      return true;
    }
    figures.lost += 1;
    return false;
  }
}

/** One lane: takes its people in turn. */
async function walk(load: Load, people: readonly Known[]): Promise<void> {
  while (!load.isOver()) {
    const known = load.dice.pick(people);
    known.pending ??= choose(known, load);
    load.note(known);
    const answered = await carryOut(known, load);
    load.note(known);
    if (!answered) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Until `isOver`, in so many lanes; no person is in two. */
export async function runLoad(load: Load, lanes: number): Promise<void> {
  const groups = Array.from({ length: lanes }, (_, lane) =>
    load.people.filter((_one, n) => n % lanes === lane),
  );
  await Promise.all(groups.filter(({ length }) => length > 0).map((people) => walk(load, people)));
}

/** Answers what is still pending, once nothing is killed any more. */
export async function settleLoad(load: Load): Promise<void> {
  for (const known of load.people) {
    for (let attempt = 0; attempt < 50 && known.pending; attempt += 1) {
      if (!(await carryOut(known, load))) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
