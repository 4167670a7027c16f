import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { StaffActor } from '../accounts/index.ts';
import { requireOwnHall } from './booker.ts';
import { changeSlot } from './change-slot.ts';
import { errors } from './errors.ts';
import { getScheduleOn } from './get-schedule.ts';
import { locateSeat } from './locate.ts';
import { replaced } from './policy.ts';
import type { TicketDocument } from './ticket.model.ts';
import { getTicket, ticketCollection } from './tickets.ts';

/** 叫号 at a desk. A ticket is at one desk at a time and a desk has one ticket, by a unique index; every act asks for both. */

const deskKey = (hall: string, desk: number): string => `${hall}|${desk}`;

export interface DeskPlace {
  hall: string;
  desk: number;
}

/** @throws appointments.other_hall, appointments.desk_unknown */
async function openDesk(p: Platform, actor: StaffActor, { hall, desk }: DeskPlace) {
  requireOwnHall(actor, hall);
  const date = legalDayOf(p.time.now());
  const schedule = await getScheduleOn(p, hall, date);
  const found = schedule.desks.find(({ no }) => no === desk);
  return found ? { date, services: found.services } : errors.fail('appointments.desk_unknown');
}

export function ticketAtDesk(p: Platform, { hall, desk }: DeskPlace): Promise<TicketDocument | null> {
  return ticketCollection(p).findOne({ atDesk: deskKey(hall, desk) }, { projection: { outbox: 0 } });
}

export function waitingFor(
  p: Platform,
  hall: string,
  date: string,
  services: readonly string[],
): Promise<number> {
  return ticketCollection(p).countDocuments({
    hall,
    date,
    state: 'waiting',
    service: { $in: [...services] },
  });
}

export interface DeskAnswer {
  ticket: TicketDocument | null;
  waiting: number;
}

/**
 * Calls the next ticket in order of rank. A desk that has one is answered with it, so that a call whose answer was lost
 * calls nobody past it. Two desks never get the same ticket: the update asks for one that waits.
 */
export async function callNext(p: Platform, actor: StaffActor, place: DeskPlace): Promise<DeskAnswer> {
  const { hall, desk } = place;
  const { date, services } = await openDesk(p, actor, place);
  const answer = async (ticket: TicketDocument | null): Promise<DeskAnswer> => ({
    ticket,
    waiting: await waitingFor(p, hall, date, services),
  });
  const present = await ticketAtDesk(p, place);
  if (present?.date === date) return answer(present);
  if (present) await leaveBehind(p, present);
  const now = p.time.now();
  try {
    const taken = await ticketCollection(p).findOneAndUpdate(
      { hall, date, state: 'waiting', service: { $in: services } },
      {
        $set: { state: 'called', desk, atDesk: deskKey(hall, desk), calledAt: now },
        // Sets it once: a ticket that comes back into the line had its wait before.
        $min: { firstCalledAt: now },
        $inc: { calls: 1 },
        // Whose ticket it is stands in the document that carries the event.
        $push: { outbox: p.outbox.event('appointments.ticket_called', actor.accountId, { hall, desk }) },
      } as never,
      { sort: { rank: 1, n: 1 }, returnDocument: 'after' },
    );
    if (taken) p.outbox.notify('tickets');
    // The last one may just have come to this very desk by an earlier press.
    return answer(taken ?? (await ticketAtDesk(p, place)));
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    return answer(await ticketAtDesk(p, place));
  }
}

/** A ticket of an earlier day that nobody finished: it holds no desk up, and its end is not known better than its call. */
async function leaveBehind(p: Platform, { _id, atDesk, calledAt }: TicketDocument): Promise<void> {
  await ticketCollection(p).updateOne(
    { _id, atDesk: atDesk ?? '' },
    { $set: { state: 'finished', endedAt: calledAt }, $unset: { atDesk: '' } },
  );
}

/** The desk of the ticket is asked for, not whether today's schedule has it: one that was taken away finishes what is at it. */
async function actAtDesk(
  p: Platform,
  actor: StaffActor,
  place: DeskPlace & { id: string },
  update: object,
): Promise<TicketDocument> {
  const { hall, desk, id } = place;
  requireOwnHall(actor, hall);
  const changed = await ticketCollection(p).findOneAndUpdate(
    { _id: id, atDesk: deskKey(hall, desk) },
    update as never,
    { returnDocument: 'after', projection: { outbox: 0 } },
  );
  return changed ?? errors.fail('appointments.ticket_not_here');
}

/** 重呼 */
export const recall = (p: Platform, actor: StaffActor, place: DeskPlace & { id: string }) =>
  actAtDesk(p, actor, place, { $set: { calledAt: p.time.now() }, $inc: { calls: 1 } });

/** 办结 */
export const finish = (p: Platform, actor: StaffActor, place: DeskPlace & { id: string }) =>
  actAtDesk(p, actor, place, {
    $set: { state: 'finished', endedAt: p.time.now() },
    $unset: { atDesk: '' },
  });

/** 挂起: who fetches a paper keeps the place and comes back into the line. */
export const park = (p: Platform, actor: StaffActor, place: DeskPlace & { id: string }) =>
  actAtDesk(p, actor, place, { $set: { state: 'parked', desk: null }, $unset: { atDesk: '' } });

/** 转办: into the line of another service, with the rank that it had. */
export async function transfer(
  p: Platform,
  actor: StaffActor,
  place: DeskPlace & { id: string; service: string },
): Promise<TicketDocument> {
  const schedule = await getScheduleOn(p, place.hall, legalDayOf(p.time.now()));
  if (!schedule.services.includes(place.service)) return errors.fail('appointments.service_unknown');
  return actAtDesk(p, actor, place, {
    $set: { state: 'waiting', service: place.service, desk: null, calledAt: null },
    $unset: { atDesk: '' },
  });
}

/** 过号: called and not there. Of a booking the arrival is taken back, so that the end of the day counts it as missed (settle-window.ts). */
export async function miss(
  p: Platform,
  actor: StaffActor,
  place: DeskPlace & { id: string },
): Promise<TicketDocument> {
  const ticket = await actAtDesk(p, actor, place, {
    $set: { state: 'missed', endedAt: p.time.now() },
    $unset: { atDesk: '' },
  });
  if (ticket.booking !== null) await setArrival(p, ticket.booking, 'A', 'C');
  return ticket;
}

/** Back into the line of the day, from parked or, for who comes late after all, from missed. */
export async function resume(p: Platform, actor: StaffActor, id: string): Promise<TicketDocument> {
  const before = await getTicket(p, id);
  requireOwnHall(actor, before.hall);
  const changed = await ticketCollection(p).findOneAndUpdate(
    { _id: id, state: { $in: ['parked', 'missed'] }, date: legalDayOf(p.time.now()) },
    { $set: { state: 'waiting', endedAt: null, desk: null } },
    { returnDocument: 'after', projection: { outbox: 0 } },
  );
  if (!changed) return errors.fail('appointments.ticket_not_here');
  if (changed.booking !== null) await setArrival(p, changed.booking, 'C', 'A');
  return changed;
}

async function setArrival(p: Platform, bookingId: string, from: 'A' | 'C', to: 'A' | 'C'): Promise<void> {
  const located = await locateSeat(p, bookingId);
  if (!located) return;
  await changeSlot<void>(p, located.slot._id, (slot) => {
    const seat = slot.seats.find(({ r, s }) => r === bookingId && s === from);
    return seat && !slot.settled
      ? { change: { seats: replaced(slot.seats, { ...seat, s: to }) }, result: undefined }
      : { result: undefined };
  });
}
