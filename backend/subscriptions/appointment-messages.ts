import {
  describeBooking,
  describeClosedLine,
  describeLostDraw,
  describeTicket,
  type BookingBrief,
} from '../modules/appointments/index.ts';
import { message, notificationSubscriber, type Reaction } from '../modules/notifications/index.ts';
import type { DeliveredEvent } from '../platform/database/outbox.ts';

/** What happens to a booking, told to its holder; wired in subscriptions.ts, after the booking's projection. */

type Told = NonNullable<Reaction['messages']>[number];

const SPOKEN = [
  'appointments.booked',
  'appointments.confirmed',
  'appointments.held',
  'appointments.offered',
  'appointments.moved',
  'appointments.cancelled',
  'appointments.expired',
  'appointments.withdrawn',
  'appointments.missed',
  'appointments.reminder_due',
  'appointments.appeal_decided',
] as const;

const CLOSED = { zh: '大厅临时停办', en: 'the hall had to close' } as const;

function reminder(
  to: { accountIds: string[]; link: string; about: string },
  { no, ...where }: Pick<BookingBrief, 'hall' | 'service' | 'startAt' | 'no'>,
  givingUp: BookingBrief['givingUp'],
): Told | null {
  switch (givingUp?.is) {
    case 'inTime':
      return message({
        ...to,
        template: 'appointments.reminder_in_time',
        params: { ...where, until: givingUp.until },
      });
    case 'late':
      return message({ ...to, template: 'appointments.reminder_late', params: { ...where, no } });
    case 'free':
      return message({ ...to, template: 'appointments.reminder_free', params: { ...where, no } });
    case undefined:
      return null;
  }
}

function told(event: DeliveredEvent, brief: BookingBrief): Told | null {
  const { hall, service, startAt, no, bookingId } = brief;
  const to = { accountIds: [brief.accountId], link: `/appointments/${bookingId}`, about: bookingId };
  const where = { hall, service, startAt };
  switch (event.type as (typeof SPOKEN)[number]) {
    case 'appointments.booked':
    case 'appointments.confirmed':
      return message({ ...to, template: 'appointments.booked', params: { ...where, no } });
    case 'appointments.moved':
      return message({ ...to, template: 'appointments.moved', params: { ...where, no } });
    case 'appointments.reminder_due':
      return reminder(to, { ...where, no }, brief.givingUp);
    case 'appointments.held':
    case 'appointments.offered':
      // Whoever was quicker than the message needs none.
      return brief.heldUntil === null
        ? null
        : message({ ...to, template: 'appointments.held', params: { ...where, until: brief.heldUntil } });
    case 'appointments.cancelled':
      return message({ ...to, template: 'appointments.cancelled', params: where });
    case 'appointments.expired':
      return message({ ...to, template: 'appointments.expired', params: where });
    case 'appointments.missed':
      return message({ ...to, template: 'appointments.missed', params: where });
    case 'appointments.withdrawn':
      return message({
        ...to,
        link: '/appointments',
        template: 'appointments.withdrawn',
        params: { ...where, reason: brief.reason ?? CLOSED },
      });
    case 'appointments.appeal_decided': {
      const verdict = event.data.granted
        ? { zh: '成立，这次不算', en: 'granted; it does not count' }
        : { zh: '不成立，记录保留', en: 'refused; the record stays' };
      return message({
        ...to,
        template: 'appointments.appeal_decided',
        params: { hall, startAt, verdict },
      });
    }
  }
}

export const appointmentMessages = notificationSubscriber({
  name: 'notifications.appointment-messages',
  types: SPOKEN,
  async react(p, event) {
    const brief = await describeBooking(p, event);
    const one = brief && told(event, brief);
    return one ? { messages: [one] } : null;
  },
});

/** 候补: who waited for a window that is there no more. */
export const lineMessages = notificationSubscriber({
  name: 'notifications.line-messages',
  types: ['appointments.line_closed'],
  async react(p, event) {
    const { accountId, reason, next, ...where } = await describeClosedLine(p, event);
    const params = {
      ...where,
      reason: reason ?? CLOSED,
      next: next
        ? { zh: `下一个有号的时段是${next.zh}`, en: `The next free window is ${next.en}` }
        : { zh: '一个月内没有空号，可以换个大厅', en: 'Nothing is free within a month; try another hall' },
    };
    const content = { accountIds: [accountId], link: '/appointments/new' };
    return { messages: [message({ ...content, template: 'appointments.line_closed', params })] };
  },
});

export const ticketMessages = notificationSubscriber({
  name: 'notifications.ticket-messages',
  types: ['appointments.ticket_called'],
  async react(p, event) {
    const brief = await describeTicket(p, event);
    if (!brief) return null;
    const { accountId, hall, no, desk, ticketId } = brief;
    const content = { accountIds: [accountId], link: `/tickets/${ticketId}`, about: ticketId };
    return {
      messages: [message({ ...content, template: 'appointments.ticket_called', params: { hall, no, desk } })],
    };
  },
});

export const drawMessages = notificationSubscriber({
  name: 'notifications.draw-messages',
  types: ['appointments.draw_lost'],
  async react(p, event) {
    const brief = await describeLostDraw(p, event);
    if (!brief) return null;
    const { accountId, hallId, hall, date } = brief;
    const content = { accountIds: [accountId], link: `/appointments/draws/${hallId}/${date}` };
    return {
      messages: [message({ ...content, template: 'appointments.draw_lost', params: { hall, on: date } })],
    };
  },
});
