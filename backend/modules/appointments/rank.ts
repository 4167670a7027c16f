import type { Priority } from './vocabulary.ts';

/**
 * Who is called first, as one number: the moment from which a ticket counts as waiting. A booking counts from half an hour before
 * its window, so it comes before those who walk in meanwhile, and a walk-in who has waited longer than that comes before it:
 * nobody waits for ever. Priority by rule counts from an hour earlier.
 */

const MINUTE_MS = 60_000;
const BOOKED_EARLIER_MS = 30 * MINUTE_MS;
const PRIORITY_EARLIER_MS = 60 * MINUTE_MS;

export function rankOf(ticket: { issuedAt: Date; windowStart: Date | null; priority: Priority }): number {
  const { issuedAt, windowStart, priority } = ticket;
  const since = windowStart
    ? Math.max(issuedAt.getTime(), windowStart.getTime()) - BOOKED_EARLIER_MS
    : issuedAt.getTime();
  return priority === 'none' ? since : since - PRIORITY_EARLIER_MS;
}

/** 老年人 from sixty on (老年人权益保障法 第二条), by legal days. */
export function priorityByAge(bornOn: string, today: string): Priority {
  const sixty = `${Number(bornOn.slice(0, 4)) + 60}${bornOn.slice(4)}`;
  return sixty <= today ? 'elderly' : 'none';
}

/**
 * What counts for the place in the line, and what only waits for a clerk. Age is known from the number and needs nobody's word; anything
 * else that people say of themselves counts once somebody of the hall has looked: otherwise the place in the line would be for the asking.
 */
export function priorityOf({ said, byAge, seen }: { said: Priority; byAge: Priority; seen: boolean }): {
  priority: Priority;
  unconfirmed: Priority;
} {
  if (seen && said !== 'none') return { priority: said, unconfirmed: 'none' };
  if (byAge !== 'none') return { priority: byAge, unconfirmed: 'none' };
  return { priority: 'none', unconfirmed: said };
}

/** `A012`: the letter of the service in the hall's list, the number of the day. */
export function ticketNo(services: readonly string[], service: string, n: number): string {
  const place = Math.max(0, services.indexOf(service));
  return `${String.fromCharCode(65 + (place % 26))}${String(n).padStart(3, '0')}`;
}

/** Such a number as it is typed, `a12` or `A012`; null when it is none. */
export function readTicketNo(text: string): { no: string; n: number } | null {
  const [, letter, digits] = /^\s*([A-Z])\s*0*([1-9]\d{0,5})\s*$/i.exec(text.normalize('NFKC')) ?? [];
  if (letter === undefined || digits === undefined) return null;
  return { no: `${letter.toUpperCase()}${digits.padStart(3, '0')}`, n: Number(digits) };
}

/** Desks and services that share a line with a service: whoever they call is not called by another. */
export function lineOf(
  desks: readonly { no: number; services: readonly string[] }[],
  service: string,
): { desks: number[]; services: string[] } {
  const sharing = desks.filter(({ services }) => services.includes(service));
  return {
    desks: sharing.map(({ no }) => no),
    services: [...new Set(sharing.flatMap(({ services }) => services))],
  };
}

/** Fewer finished than this say nothing about the pace yet. */
const ENOUGH = 4;

/** Minutes until a ticket with so many before it is called. `finished` in the last `overMinutes` at the desks of its line. */
export function waitMinutes(line: {
  ahead: number;
  finished: number;
  overMinutes: number;
  desks: number;
  serviceMinutes: number;
}): number {
  const { ahead, finished, overMinutes, desks, serviceMinutes } = line;
  const perTicket = finished >= ENOUGH ? overMinutes / finished : serviceMinutes / Math.max(1, desks);
  return Math.ceil(ahead * perTicket);
}
