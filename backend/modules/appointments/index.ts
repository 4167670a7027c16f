import type { ModuleFace } from '../../platform/module.ts';
import { bookingPersons, bookings } from './booking.model.ts';
import { draws, drawIntents } from './draw.model.ts';
import { appointmentJobs } from './jobs.ts';
import { bookingRoutes } from './routes-booking.ts';
import { drawRoutes } from './routes-draws.ts';
import { kiosks } from './kiosk.model.ts';
import { hallRoutes } from './routes-halls.ts';
import { kioskRoutes } from './routes-kiosk.ts';
import { officeRoutes } from './routes-office.ts';
import { statisticsRoutes } from './routes-statistics.ts';
import { ticketRoutes } from './routes-tickets.ts';
import { schedules, services } from './schedule.model.ts';
import { slots } from './slot.model.ts';
import { ticketCounters, tickets } from './ticket.model.ts';

/**
 * 网上预约和取号: halls' schedules, windows of time with their seats, bookings, and the queue on the day. Owns `slots` (the truth: one
 * document a window, one write a booking), `bookings` and `booking-persons` (what became of them), `tickets`, `kiosks`, and `draws` where a hall draws lots.
 *
 * Events, all of a seat: `appointments.{booked,held,offered,confirmed,moved,cancelled,expired,withdrawn,arrived,served,missed}`
 * `{bookingId, seatId, slotId, accountId}`; and of somebody in line `appointments.line_closed` `{waitingId, slotId, accountId, service}`.
 */
export const appointmentsModule: ModuleFace = {
  name: 'appointments',
  models: [
    slots,
    bookings,
    bookingPersons,
    schedules,
    services,
    tickets,
    ticketCounters,
    draws,
    drawIntents,
    kiosks,
  ] as unknown as NonNullable<ModuleFace['models']>,
  migrations: [],
  routes: [
    ...hallRoutes,
    ...bookingRoutes,
    ...ticketRoutes,
    ...kioskRoutes,
    ...officeRoutes,
    ...drawRoutes,
    ...statisticsRoutes,
  ],
  jobs: appointmentJobs,
};

export { book } from './book.ts';
export { bookFor } from './book-for.ts';
export { loadSchedules } from './load-schedules.ts';
export { makeDraws, runDraws } from './run-draws.ts';
export { generateSlots } from './generate-slots.ts';
export {
  describeBooking,
  describeClosedLine,
  describeLostDraw,
  describeTicket,
  type BookingBrief,
  type TicketBrief,
} from './describe-event.ts';
export { projectBookings } from './project.ts';
export { resolveMoves } from './resolve-moves.ts';
export { settleDue } from './settle-slot.ts';
export { issueTicket } from './tickets.ts';
