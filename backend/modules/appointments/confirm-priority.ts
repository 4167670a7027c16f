import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { StaffActor } from '../accounts/index.ts';
import { holderOf, requireOthers, requireOwnHall } from './booker.ts';
import type { ConfirmPriorityInput, TicketView } from './contract.ts';
import { errors } from './errors.ts';
import { locateSeat } from './locate.ts';
import { rankOf, readTicketNo } from './rank.ts';
import { ticketCounters, type TicketDocument } from './ticket.model.ts';
import { counterKey, getTicket, ticketCollection } from './tickets.ts';
import type { Priority } from './vocabulary.ts';
import { viewTicket } from './view-ticket.ts';

/**
 * A clerk has looked at the document: from now on the ticket stands where the priority puts it. One that is called already stays.
 * Priority is not counted against the quota of walk-ins, so a place that the ticket used is given back; a crash before that
 * loses the place for the day, and never gives one too many.
 */
export async function confirmPriority(
  p: Platform,
  ticket: TicketDocument,
  { priority, windowStart }: { priority: Priority; windowStart: Date | null },
): Promise<TicketDocument> {
  if (priority === 'none' || priority === ticket.priority) return ticket;
  const rank = rankOf({ issuedAt: ticket.issuedAt, windowStart, priority });
  const after = await ticketCollection(p).findOneAndUpdate(
    // Asked for as it was read: of two clerks at once one gives the place back.
    { _id: ticket._id, priority: ticket.priority, state: { $in: ['waiting', 'parked', 'missed'] } },
    { $set: { priority, rank }, $unset: { unconfirmed: '' } },
    { returnDocument: 'after', projection: { outbox: 0 } },
  );
  if (after && ticket.booking === null && ticket.priority === 'none')
    await ticketCounters(p).collection.updateOne(
      { _id: counterKey(ticket) as never },
      { $inc: { walkIns: -1 } },
    );
  return after ?? getTicket(p, ticket._id);
}

/** 导办台确认优先: by the number on the ticket, of today. @throws appointments.other_hall, appointments.ticket_unknown, appointments.own_booking */
export async function confirmAtReception(
  p: Platform,
  actor: StaffActor,
  { hall, no, priority }: ConfirmPriorityInput & { hall: string },
): Promise<TicketView> {
  requireOwnHall(actor, hall);
  const read = readTicketNo(no);
  const ticket =
    read &&
    (await ticketCollection(p).findOne(
      { hall, date: legalDayOf(p.time.now()), n: read.n },
      { projection: { outbox: 0 }, hint: 'number' },
    ));
  if (!ticket || ticket.no !== read.no) return errors.fail('appointments.ticket_unknown');
  const seated = ticket.booking === null ? null : await locateSeat(p, ticket.booking);
  requireOthers(p, actor, seated ? holderOf(seated.seat) : ticket);
  const windowStart = seated?.slot.startAt ?? null;
  return viewTicket(p, await confirmPriority(p, ticket, { priority, windowStart }));
}
