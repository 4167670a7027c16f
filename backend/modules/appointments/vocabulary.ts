/** Closed sets of hall appointments (网上预约), shared by shapes, rules and documents. */

/** Whom a window's seats are for: 公众、电话和老年人、银行和开发企业、窗口工作人员. */
export const POOLS = ['public', 'phone', 'organisation', 'staff'] as const;
export type Pool = (typeof POOLS)[number];

/** How a seat was taken. */
export const CHANNELS = ['portal', 'phone', 'counter', 'kiosk', 'waitlist', 'office', 'draw'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * State of a seat in its window: `H` held until a moment, `C` confirmed, `A` arrived (已取号), and after the window is settled `D`
 * served or `N` missed (爽约).
 */
export const SEAT_STATES = ['H', 'C', 'A', 'D', 'N'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

/** Why a seat was given up; its tombstone carries it. `cancelledLate` is one that counts as a no-show by the hall's rule. */
export const LEAVINGS = ['cancelled', 'cancelledLate', 'expired', 'moved', 'dropped', 'office'] as const;
export type Leaving = (typeof LEAVINGS)[number];

/** What a person reads of a booking. */
export const BOOKING_STATUSES = [
  'held',
  'booked',
  'arrived',
  'served',
  'missed',
  'cancelled',
  'expired',
  'withdrawnByOffice',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** How many seats are left, in words: a number would feed programs that watch for one. 充足 / 紧张 / 约满. */
export const LEVELS = ['plenty', 'few', 'full', 'closed', 'notYet', 'past'] as const;
export type Level = (typeof LEVELS)[number];

/** Why nothing can be booked on a day. */
export const DAY_REASONS = [
  'weekend',
  'holiday',
  'closure',
  'notOpenThatDay',
  'notReleased',
  'calendarUnknown',
  'full',
  'past',
  'noService',
] as const;
export type DayReason = (typeof DAY_REASONS)[number];

/** Why a window that exists takes nobody. */
export const CLOSED_REASONS = ['schedule', 'calendar', 'closure', 'dayOver', 'staff'] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** Of those, what later rules may take back: a version of the schedule, or a calendar. */
export const REOPENING: readonly ClosedReason[] = ['schedule', 'calendar'];

export const TICKET_STATES = ['waiting', 'called', 'parked', 'finished', 'missed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Who goes first by rule (老年人、残疾人、孕妇、军人): 山东省不动产登记条例's green lane as the halls announce it. */
export const PRIORITIES = ['none', 'elderly', 'disabled', 'pregnant', 'soldier'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const APPEAL_STATES = ['none', 'waiting', 'granted', 'refused'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** What a hall's new schedule does with bookings that lose their window. */
export const DISPLACEMENTS = ['move', 'withdraw'] as const;
export type Displacement = (typeof DISPLACEMENTS)[number];
