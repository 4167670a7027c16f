import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { TicketList } from './contract.ts';
import { ticketAtDesk } from './desk.ts';
import { getScheduleOn, getSchedules } from './get-schedule.ts';
import { lineOf } from './rank.ts';
import type { TicketDocument } from './ticket.model.ts';
import { ticketCollection } from './tickets.ts';
import { paceSince, placeOfTicket, presentTicket } from './view-ticket.ts';

/** Who can still be called comes first; a full day's 过号 must not push them out of the list. */
const MOST_LIVE = 300;
const MOST_MISSED = 100;

interface HallDay {
  hall: string;
  date: string;
}

/**
 * Tickets of today that are not finished, and the one at the desk that asks. Every desk of a hall asks every few seconds, so the
 * number of reads does not grow with the line: places are counted off the sorted list itself.
 */
export async function listTickets(p: Platform, hall: string, desk: number | null): Promise<TicketList> {
  const day = { hall, date: legalDayOf(p.time.now()) };
  const [schedule, { services }, live, missed, finished, own] = await Promise.all([
    getScheduleOn(p, hall, day.date),
    getSchedules(p),
    readLive(p, day),
    readMissed(p, day),
    countFinished(p, day),
    desk === null ? null : ticketAtDesk(p, { hall, desk }),
  ]);
  /** Waiting tickets so far in order of rank, by service: all that are called before the next one are among them. */
  const passed = new Map<string, number>();
  const present = (ticket: TicketDocument) => {
    if (ticket.state !== 'waiting') return presentTicket(ticket, services, null);
    const { service } = ticket;
    const line = lineOf(schedule.desks, service).services;
    const figures = { ahead: sumOf(passed, line), finished: sumOf(finished, line) };
    passed.set(service, (passed.get(service) ?? 0) + 1);
    return presentTicket(ticket, services, placeOfTicket(schedule, services, service, figures));
  };
  return {
    items: [...live, ...missed].map(present),
    // One that was left from an earlier day is put away by the next call.
    atDesk: own?.date === day.date ? presentTicket(own, services, null) : null,
  };
}

const sumOf = (counts: ReadonlyMap<string, number>, keys: readonly string[]): number =>
  keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);

const readLive = (p: Platform, day: HallDay): Promise<TicketDocument[]> =>
  ticketCollection(p)
    .find(
      { ...day, state: { $in: ['waiting', 'called', 'parked'] } },
      // All of them with the first answer: by default it carries a hundred.
      { projection: { outbox: 0 }, hint: 'line', batchSize: MOST_LIVE + 1 },
    )
    .sort({ rank: 1, n: 1 })
    .limit(MOST_LIVE)
    .toArray();

/** The last of them: who comes back comes back soon. */
async function readMissed(p: Platform, day: HallDay): Promise<TicketDocument[]> {
  const latest = await ticketCollection(p)
    .find({ ...day, state: 'missed' }, { projection: { outbox: 0 }, hint: 'line' })
    .sort({ rank: -1, n: -1 })
    .limit(MOST_MISSED)
    .toArray();
  return latest.reverse();
}

/** Finished lately, by service; read from the index `statistics` alone. */
async function countFinished(p: Platform, day: HallDay): Promise<Map<string, number>> {
  const counted = await ticketCollection(p)
    .aggregate<{ _id: string; count: number }>(
      [
        { $match: { ...day, state: 'finished', endedAt: { $gt: paceSince(p) } } },
        { $group: { _id: '$service', count: { $sum: 1 } } },
      ],
      { hint: 'statistics' },
    )
    .toArray();
  return new Map(counted.map(({ _id, count }) => [_id, count]));
}
