import type { Platform } from '../../platform/platform.ts';
import type { HallSchedule, HallService, TicketView } from './contract.ts';
import { getScheduleOn, getSchedules, serviceIn } from './get-schedule.ts';
import { lineOf, waitMinutes } from './rank.ts';
import type { TicketDocument } from './ticket.model.ts';
import { ticketCollection } from './tickets.ts';

/** Tickets as their holder, a desk and the hall's screen read them. */

const PACE_MINUTES = 60;

/** Finishes within this time say how fast a line goes. */
export const paceSince = (p: Platform): Date => new Date(p.time.now().getTime() - PACE_MINUTES * 60_000);

export interface Place {
  ahead: number;
  minutes: number;
}

/** Tickets of a line that are called before one, and how many it finished lately. */
export interface LineFigures {
  ahead: number;
  finished: number;
}

type Services = Awaited<ReturnType<typeof getSchedules>>['services'];

export function placeOfTicket(
  schedule: HallSchedule,
  services: Services,
  service: string,
  { ahead, finished }: LineFigures,
): Place {
  const known = services.get(service);
  const minutes = waitMinutes({
    ahead,
    finished,
    overMinutes: PACE_MINUTES,
    desks: lineOf(schedule.desks, service).desks.length,
    serviceMinutes: known ? serviceIn(schedule, known).minutes : schedule.windowMinutes,
  });
  return { ahead, minutes };
}

/** Tickets of the line that are called before `rank`, and the minutes that takes at the pace of the last hour. */
export async function lineAhead(
  p: Platform,
  schedule: HallSchedule,
  at: { date: string; service: string; before: { rank: number; n: number } | null },
): Promise<Place> {
  const { date, service, before } = at;
  const { services } = await getSchedules(p);
  const line = lineOf(schedule.desks, service);
  const ofLine = { hall: schedule.hall, date, service: { $in: line.services } };
  const [ahead, finished] = await Promise.all([
    ticketCollection(p).countDocuments({
      ...ofLine,
      state: 'waiting',
      ...(before
        ? { $or: [{ rank: { $lt: before.rank } }, { rank: before.rank, n: { $lt: before.n } }] }
        : {}),
    }),
    ticketCollection(p).countDocuments({ ...ofLine, state: 'finished', endedAt: { $gt: paceSince(p) } }),
  ]);
  return placeOfTicket(schedule, services, service, { ahead, finished });
}

/** `place`: null when it is not waiting. */
export function presentTicket(ticket: TicketDocument, services: Services, place: Place | null): TicketView {
  const label: HallService['name'] = services.get(ticket.service)?.name ?? {
    zh: ticket.service,
    en: ticket.service,
  };
  return {
    id: ticket._id,
    hall: ticket.hall,
    date: ticket.date,
    no: ticket.no,
    service: ticket.service,
    serviceName: label,
    priority: ticket.priority,
    unconfirmed: ticket.unconfirmed ?? 'none',
    booked: ticket.booking !== null,
    state: ticket.state,
    desk: ticket.desk,
    issuedAt: ticket.issuedAt.toISOString(),
    calledAt: ticket.calledAt?.toISOString() ?? null,
    calls: ticket.calls,
    ahead: place?.ahead ?? null,
    estimatedMinutes: place?.minutes ?? null,
  };
}

export async function viewTicket(p: Platform, ticket: TicketDocument): Promise<TicketView> {
  const { date, service, rank, n } = ticket;
  const [schedule, { services }] = await Promise.all([getScheduleOn(p, ticket.hall, date), getSchedules(p)]);
  const isWaiting = ticket.state === 'waiting';
  const place = isWaiting ? await lineAhead(p, schedule, { date, service, before: { rank, n } }) : null;
  return presentTicket(ticket, services, place);
}
