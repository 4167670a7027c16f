import { Type, type Static } from 'typebox';
import { TurnTicket } from './contract/waiting-room.ts';
import {
  APPEAL_STATES,
  BOOKING_STATUSES,
  CHANNELS,
  DAY_REASONS,
  DISPLACEMENTS,
  LEVELS,
  POOLS,
  PRIORITIES,
  TICKET_STATES,
} from './vocabulary.ts';

export * from './contract/statistics.ts';
export * from './contract/waiting-room.ts';

/** Wire shapes of hall appointments (网上预约、取号). Browser-safe. Instants are ISO 8601 in UTC, days `YYYY-MM-DD` in Shanghai. */

const words = <T extends string>(values: readonly T[]) => Type.Enum([...values]);
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Day = Type.String({ format: 'date' });
const WallTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const SentenceView = Type.Object({ zh: Type.String(), en: Type.String() });

export const HallId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
export const ServiceCode = Type.String({ pattern: '^[a-z][A-Za-z0-9]{1,29}$' });
/** Chosen by the client before its first try: 24 hexadecimal digits. */
export const BookingId = Type.String({ pattern: '^[0-9a-f]{24}$' });
export const SlotId = Type.String({
  pattern:
    '^[a-z][a-z0-9-]{1,39}\\|\\d{4}-\\d{2}-\\d{2}\\|([01]\\d|2[0-3])[0-5]\\d\\|(public|phone|organisation|staff)$',
});
const UnitCode = Type.String({ minLength: 28, maxLength: 34 });
const BusinessTypeCode = Type.String({ pattern: '^[A-Z]{2}\\d{2}$' });

// --- Schedules -----------------------------------------------------------------------------------------------------

const Segment = Type.Object({ from: WallTime, to: WallTime });

/** Rules of a hall. Days are calendar days unless said otherwise. */
export const HallRules = Type.Object({
  /** Working days ahead that can be booked, the day itself not counted (domain.md §9: 1 to 7). */
  aheadWorkdays: Type.Integer({ minimum: 1, maximum: 30 }),
  /** 放号: time of day at which one more day can be booked. */
  releaseAt: WallTime,
  /** 摇号: intents are collected for a day and drawn at the hour of release; what is left is open half an hour later. */
  release: Type.Optional(Type.Enum(['firstCome', 'draw'])),
  /** Free to cancel until this time of the working day before. */
  cancelUntil: WallTime,
  /** A person's active bookings in all halls together (M). */
  mostPerPerson: Type.Integer({ minimum: 1, maximum: 5 }),
  /** Cases (件) in one visit: of a person, of an organisation's member. */
  mostCases: Type.Object({
    person: Type.Integer({ minimum: 1, maximum: 10 }),
    organisation: Type.Integer({ minimum: 1, maximum: 20 }),
  }),
  /** 爽约: so many times within → suspended for so many days. `calendarMonth` counts by the month. */
  noShow: Type.Object({
    count: Type.Integer({ minimum: 1, maximum: 20 }),
    within: Type.Union([
      Type.Object({ days: Type.Integer({ minimum: 1, maximum: 366 }) }),
      Type.Literal('calendarMonth'),
    ]),
    suspendDays: Type.Integer({ minimum: 1, maximum: 366 }),
    /** Whether giving a booking up after `cancelUntil` counts as a no-show; who is exempt: `freeUntilOf`. */
    lateCancelCounts: Type.Boolean(),
  }),
  /** Minutes before the window begins, and after, in which one checks in (取号). */
  checkIn: Type.Object({
    beforeMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
    afterMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
  }),
  /** A seat given up can be claimed after a random time between these (号池). */
  coolMinutes: Type.Object({
    least: Type.Integer({ minimum: 0, maximum: 1440 }),
    most: Type.Integer({ minimum: 0, maximum: 1440 }),
  }),
  /** How long a seat offered to who waits in line, or held by a clerk, stays held. */
  offerMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
  holdMinutes: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Most who may wait for one window. */
  mostWaiting: Type.Integer({ minimum: 0, maximum: 100 }),
  /** 现场号: tickets a day kept for who comes without a booking. A priority that a clerk has seen is not counted. */
  walkInTickets: Type.Integer({ minimum: 0, maximum: 5000 }),
});
export type HallRules = Static<typeof HallRules>;

const PoolCapacity = Type.Object({
  public: Type.Integer({ minimum: 0, maximum: 100 }),
  phone: Type.Integer({ minimum: 0, maximum: 100 }),
  organisation: Type.Integer({ minimum: 0, maximum: 100 }),
  staff: Type.Integer({ minimum: 0, maximum: 100 }),
});

const scheduleContent = {
  /** First day it is in force. */
  validFrom: Day,
  windowMinutes: Type.Integer({ minimum: 5, maximum: 240 }),
  /** Open hours by weekday, `1` Monday … `7` Sunday; no segments: closed. The working calendar stands above them. */
  hours: Type.Object({
    '1': Type.Array(Segment),
    '2': Type.Array(Segment),
    '3': Type.Array(Segment),
    '4': Type.Array(Segment),
    '5': Type.Array(Segment),
    '6': Type.Array(Segment),
    '7': Type.Array(Segment),
  }),
  /** Hours of a make-up working day (调休上班的周六、周日). */
  makeUpHours: Type.Array(Segment),
  /** Closures (no segments), and openings in the evening, at a weekend or on a holiday (延时、周末服务). */
  specials: Type.Array(Type.Object({ on: Day, segments: Type.Array(Segment), why: SentenceView }), {
    maxItems: 200,
  }),
  /** Seats in a window of each pool; at most some 100, as a window is one document. */
  capacity: PoolCapacity,
  /** Another capacity from one time of day to another. */
  capacityAt: Type.Array(
    Type.Object({
      from: WallTime,
      to: WallTime,
      pool: words(POOLS),
      seats: Type.Integer({ minimum: 0, maximum: 100 }),
    }),
    { maxItems: 50 },
  ),
  services: Type.Array(ServiceCode, { minItems: 1, maxItems: 50 }),
  /** How long a case of a service takes in this hall, where that differs from the other halls. */
  serviceMinutes: Type.Optional(
    Type.Array(Type.Object({ service: ServiceCode, minutes: Type.Integer({ minimum: 1, maximum: 480 }) }), {
      maxItems: 50,
    }),
  ),
  /** 取号叫号 desks: which of the office's windows call which services. */
  desks: Type.Array(
    Type.Object({
      no: Type.Integer({ minimum: 1, maximum: 200 }),
      services: Type.Array(ServiceCode, { minItems: 1 }),
    }),
    { minItems: 1, maxItems: 100 },
  ),
  rules: HallRules,
};

/** What an administrator publishes. */
export const ScheduleInput = Type.Object(scheduleContent);
export type ScheduleInput = Static<typeof ScheduleInput>;

/** A version of a hall's schedule: document, seed file and answer alike. */
export const HallSchedule = Type.Object({
  hall: HallId,
  version: Type.Integer({ minimum: 1 }),
  ...scheduleContent,
});
export type HallSchedule = Static<typeof HallSchedule>;

export const HallService = Type.Object({
  code: ServiceCode,
  name: SentenceView,
  /** How long one case takes at the desk; more than a window takes more than one seat. */
  minutes: Type.Integer({ minimum: 1, maximum: 480 }),
  businessTypes: Type.Array(BusinessTypeCode),
  /** Pools from which it can be booked. */
  pools: Type.Array(words(POOLS), { minItems: 1 }),
  /** What to bring beside the materials of the business type. */
  bring: Type.Array(SentenceView),
});
export type HallService = Static<typeof HallService>;

export const PublishSchedule = Type.Object({
  schedule: ScheduleInput,
  /** Version that the administrator saw; another one published meanwhile is a conflict. */
  basedOn: Type.Integer({ minimum: 1 }),
  displaced: words(DISPLACEMENTS),
  /** Told to everybody whose booking is moved or withdrawn. */
  reason: SentenceView,
});
export type PublishSchedule = Static<typeof PublishSchedule>;

export const PreviewSchedule = Type.Object({ schedule: ScheduleInput });

export const TouchedBooking = Type.Object({
  id: BookingId,
  slotId: SlotId,
  startAt: Type.String(),
  service: ServiceCode,
  cases: Type.Integer(),
  /** Masked; null where there is no account. */
  name: orNull(Type.String()),
});

export const ScheduleImpact = Type.Object({
  /** Windows that would be made, closed, and given more or fewer seats. */
  made: Type.Integer(),
  closed: Type.Integer(),
  grown: Type.Integer(),
  shrunk: Type.Integer(),
  /** Windows that keep more seats than the new schedule gives, as those are taken. */
  keptAbove: Type.Integer(),
  /** Windows that are not released yet and will be at another time. */
  retimed: Type.Integer(),
  /** People in line (候补) whose window is closed, or who wait for a service that the hall stops. */
  waiting: Type.Integer(),
  touched: Type.Array(TouchedBooking),
});
export type ScheduleImpact = Static<typeof ScheduleImpact>;

/** What a year of the working calendar would do to the halls. */
export const CalendarBookings = Type.Object({
  /** Windows that would be closed, and made. */
  closed: Type.Integer(),
  made: Type.Integer(),
  bookings: Type.Integer(),
  waiting: Type.Integer(),
  /** Halls in which somebody is touched. */
  halls: Type.Array(
    Type.Object({ id: HallId, name: SentenceView, bookings: Type.Integer(), waiting: Type.Integer() }),
  ),
});
export type CalendarBookings = Static<typeof CalendarBookings>;

export const ScheduleOutcome = Type.Object({
  version: Type.Integer(),
  impact: ScheduleImpact,
  moved: Type.Integer(),
  withdrawn: Type.Integer(),
});
export type ScheduleOutcome = Static<typeof ScheduleOutcome>;

// --- Availability --------------------------------------------------------------------------------------------------

export const WindowView = Type.Object({
  slotId: SlotId,
  from: WallTime,
  to: WallTime,
  startAt: Type.String(),
  endAt: Type.String(),
  level: words(LEVELS),
  /** Whether one can wait in line for it. */
  canWait: Type.Boolean(),
  opensAt: Type.String(),
});
export type WindowView = Static<typeof WindowView>;

export const DayView = Type.Object({
  date: Day,
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
  /** Whether something can be booked now. */
  bookable: Type.Boolean(),
  why: orNull(words(DAY_REASONS)),
  sentence: orNull(SentenceView),
  /** When it will be released, where that is the reason. */
  opensAt: orNull(Type.String()),
  /** The next day on which something is free, for a day on which nothing is. */
  nextFree: orNull(Day),
  /** Until when a booking for this day can be given up for free; past for a day that is near. */
  cancelFreeUntil: Type.String(),
  windows: Type.Array(WindowView),
});
export type DayView = Static<typeof DayView>;

export const AvailabilityView = Type.Object({
  hall: HallId,
  pool: words(POOLS),
  service: orNull(ServiceCode),
  /** When these seats were counted; at most a second before the answer. */
  countedAt: Type.String(),
  days: Type.Array(DayView),
  nextFree: orNull(Type.Object({ date: Day, slotId: SlotId, startAt: Type.String() })),
});
export type AvailabilityView = Static<typeof AvailabilityView>;

export const AvailabilityQuery = Type.Object({
  service: Type.Optional(ServiceCode),
  /** Instead of a service: the first service of the hall that takes this business type. */
  businessType: Type.Optional(BusinessTypeCode),
  pool: Type.Optional(words(POOLS)),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
});

export const HallView = Type.Object({
  id: HallId,
  name: SentenceView,
  /** 区划 of the hall: the first six digits of the units that lie in it. */
  districtCode: Type.String(),
  address: SentenceView,
  phone: Type.String(),
  transport: SentenceView,
  accessibility: SentenceView,
  hours: HallSchedule.properties.hours,
  services: Type.Array(
    Type.Object({
      code: ServiceCode,
      name: SentenceView,
      minutes: Type.Integer(),
      businessTypes: Type.Array(BusinessTypeCode),
      pools: Type.Array(words(POOLS)),
    }),
  ),
  /** Desks that call today, and what each takes. */
  desks: Type.Array(Type.Object({ no: Type.Integer(), services: Type.Array(ServiceCode) })),
  rules: HallRules,
  scheduleVersion: Type.Integer(),
});
export type HallView = Static<typeof HallView>;

export const HallList = Type.Object({ items: Type.Array(HallView) });
export type HallList = Static<typeof HallList>;

// --- Bookings ------------------------------------------------------------------------------------------------------

const subject = {
  slotId: SlotId,
  service: ServiceCode,
  businessType: Type.Optional(BusinessTypeCode),
  /** 不动产单元号: one active booking for a unit. */
  unitCode: Type.Optional(UnitCode),
};

export const BookInput = Type.Object({
  id: BookingId,
  ...subject,
  /** Cases (件) in this visit; more than one for members of organisations only. Default 1. */
  cases: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
});
export type BookInput = Static<typeof BookInput>;

/** The same again, by whoever was told to wait. */
export const ClaimInput = Type.Object({ ...BookInput.properties, ticket: Type.Optional(TurnTicket) });
export type ClaimInput = Static<typeof ClaimInput>;

/** A clerk books by phone or at the counter for the person whose ID number this is. */
export const BookForInput = Type.Object({
  ...BookInput.properties,
  idNumber: Type.String({ minLength: 15, maxLength: 20 }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** Held until the person confirms in the portal, instead of booked at once. */
  hold: Type.Optional(Type.Boolean()),
});
export type BookForInput = Static<typeof BookForInput>;

export const RescheduleInput = Type.Object({
  /** Id of this move: the same one again resumes it. */
  moveId: BookingId,
  slotId: SlotId,
});
export type RescheduleInput = Static<typeof RescheduleInput>;

export const BookingView = Type.Object({
  id: BookingId,
  status: words(BOOKING_STATUSES),
  /** Number of the booking, as `0930-05-42`: said at reception or typed at a machine where a phone is not at hand. */
  no: Type.String(),
  hall: Type.Object({
    id: HallId,
    name: SentenceView,
    address: SentenceView,
    phone: Type.String(),
    transport: SentenceView,
  }),
  slotId: SlotId,
  date: Day,
  from: WallTime,
  to: WallTime,
  startAt: Type.String(),
  endAt: Type.String(),
  service: Type.Object({ code: ServiceCode, name: SentenceView }),
  businessType: orNull(BusinessTypeCode),
  unitCode: orNull(Type.String()),
  cases: Type.Integer(),
  channel: words(CHANNELS),
  bookedAt: Type.String(),
  /** Of a held seat: until when it can be confirmed. */
  heldUntil: orNull(Type.String()),
  /** Free to cancel until then; afterwards it counts as a no-show where the hall says so. */
  cancelFreeUntil: Type.String(),
  lateCancelCounts: Type.Boolean(),
  checkInFrom: Type.String(),
  checkInUntil: Type.String(),
  /** Text of the QR code for check-in; null when there is nothing to check in for. */
  checkInCode: orNull(Type.String()),
  /** Moves so far. */
  moves: Type.Integer(),
  can: Type.Object({
    cancel: Type.Boolean(),
    reschedule: Type.Boolean(),
    confirm: Type.Boolean(),
    checkIn: Type.Boolean(),
    appeal: Type.Boolean(),
  }),
  appeal: words(APPEAL_STATES),
  ticketId: orNull(Type.String()),
});
export type BookingView = Static<typeof BookingView>;

/** What to bring, by the materials of the business type. */
export const BookingDetail = Type.Object({
  ...BookingView.properties,
  bring: Type.Array(
    Type.Object({ name: SentenceView, note: orNull(SentenceView), optional: Type.Boolean() }),
  ),
});
export type BookingDetail = Static<typeof BookingDetail>;

export const WaitingView = Type.Object({
  id: BookingId,
  slotId: SlotId,
  hall: HallId,
  date: Day,
  from: WallTime,
  service: ServiceCode,
  /** 1 is next. */
  place: Type.Integer({ minimum: 1 }),
  since: Type.String(),
});
export type WaitingView = Static<typeof WaitingView>;

export const StandingView = Type.Object({
  /** Suspended from booking until then, null when not. The online application and the window stay open. */
  suspendedUntil: orNull(Type.String()),
  /** No-shows that count now, and how many bring a suspension. */
  noShows: Type.Integer(),
  most: Type.Integer(),
});
export type StandingView = Static<typeof StandingView>;

export const MyBookings = Type.Object({
  active: Type.Array(BookingView),
  waiting: Type.Array(WaitingView),
  past: Type.Array(BookingView),
  standing: StandingView,
});
export type MyBookings = Static<typeof MyBookings>;

export const CancelOutcome = Type.Object({
  id: BookingId,
  status: words(BOOKING_STATUSES),
  /** It had been given up before; nothing was freed a second time. */
  already: Type.Boolean(),
  countsAsNoShow: Type.Boolean(),
});
export type CancelOutcome = Static<typeof CancelOutcome>;

export const WaitInput = Type.Object({ id: BookingId, ...subject });
export type WaitInput = Static<typeof WaitInput>;

export const DrawDay = Type.Object({ id: HallId, date: Day });
export const IntentInput = Type.Object({
  id: BookingId,
  service: ServiceCode,
  businessType: Type.Optional(BusinessTypeCode),
  unitCode: Type.Optional(UnitCode),
  /** Windows that would do, best first. */
  windows: Type.Array(SlotId, { minItems: 1, maxItems: 5 }),
});
export type IntentInput = Static<typeof IntentInput>;

export const IntentView = Type.Object({
  id: BookingId,
  hall: HallId,
  date: Day,
  service: ServiceCode,
  windows: Type.Array(SlotId),
  at: Type.String(),
  state: Type.Enum(['waiting', 'won', 'lost']),
  /** The window it won, and the appointment that this became. */
  slotId: orNull(SlotId),
  bookingId: orNull(BookingId),
});
export type IntentView = Static<typeof IntentView>;
export const IntentList = Type.Object({ items: Type.Array(IntentView) });

/**
 * Everything that a draw follows from, for anybody to do it again: lot of an intent = SHA-256 of `seed|listHash|id`, lowest first,
 * each takes the first of its windows that has a seat left. Ids say nothing of anybody.
 */
export const DrawView = Type.Object({
  hall: HallId,
  date: Day,
  state: Type.Enum(['collecting', 'frozen', 'drawn', 'seated']),
  /** SHA-256 of the seed, known before anybody enters. */
  commitment: Type.String(),
  opensAt: Type.String(),
  closesAt: Type.String(),
  /** Null until the list is closed. */
  seed: orNull(Type.String()),
  listHash: orNull(Type.String()),
  list: Type.Array(Type.Object({ id: BookingId, windows: Type.Array(SlotId) })),
  seats: Type.Array(Type.Object({ slotId: SlotId, free: Type.Integer() })),
  results: Type.Array(Type.Object({ id: BookingId, slotId: orNull(SlotId) })),
});
export type DrawView = Static<typeof DrawView>;

export const AppealInput = Type.Object({ text: Type.String({ minLength: 2, maxLength: 500 }) });
export const AppealDecision = Type.Object({
  granted: Type.Boolean(),
  opinion: Type.String({ minLength: 2, maxLength: 500 }),
});
export const AppealView = Type.Object({
  bookingId: BookingId,
  hall: HallId,
  date: Day,
  startAt: Type.String(),
  /** Masked. */
  name: orNull(Type.String()),
  text: Type.String(),
  at: Type.String(),
  state: words(APPEAL_STATES),
  opinion: orNull(Type.String()),
});
export type AppealView = Static<typeof AppealView>;
export const AppealList = Type.Object({ items: Type.Array(AppealView) });
export type AppealList = Static<typeof AppealList>;

// --- On the day ----------------------------------------------------------------------------------------------------

export const CheckInInput = Type.Object({ priority: Type.Optional(words(PRIORITIES)) });
/** One of the three: the text of the QR code, the number of the ID card, or the short number of the booking. */
export const HallCheckInInput = Type.Object({
  code: Type.Optional(Type.String({ minLength: 24, maxLength: 200 })),
  idNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 20 })),
  /** `0930-05-42`, with or without the signs between. */
  no: Type.Optional(Type.String({ minLength: 8, maxLength: 20 })),
  priority: Type.Optional(words(PRIORITIES)),
});
export type HallCheckInInput = Static<typeof HallCheckInInput>;

export const WalkInInput = Type.Object({
  /** Chosen by the kiosk before its first try. */
  id: BookingId,
  service: ServiceCode,
  priority: Type.Optional(words(PRIORITIES)),
});
export type WalkInInput = Static<typeof WalkInInput>;

/** The number on a ticket of today, and what its document says. */
export const ConfirmPriorityInput = Type.Object({
  no: Type.String({ minLength: 2, maxLength: 20 }),
  priority: words(PRIORITIES.filter((one) => one !== 'none')),
});
export type ConfirmPriorityInput = Static<typeof ConfirmPriorityInput>;

export const TicketView = Type.Object({
  id: Type.String(),
  hall: HallId,
  date: Day,
  no: Type.String(),
  service: ServiceCode,
  serviceName: SentenceView,
  priority: words(PRIORITIES),
  /** Said by the person themselves: counts once a clerk of the hall has looked at the document. */
  unconfirmed: words(PRIORITIES),
  booked: Type.Boolean(),
  state: words(TICKET_STATES),
  desk: orNull(Type.Integer()),
  issuedAt: Type.String(),
  calledAt: orNull(Type.String()),
  calls: Type.Integer(),
  /** Tickets that will be called before this one; null when it is not waiting. */
  ahead: orNull(Type.Integer()),
  /** From the pace of the last hour at the desks that take this service; null when not waiting. */
  estimatedMinutes: orNull(Type.Integer()),
});
export type TicketView = Static<typeof TicketView>;

/** What a machine says: the ticket, and of who booked the masked name, so that they see it is theirs. */
export const KioskTicket = Type.Object({ ticket: TicketView, name: orNull(Type.String()) });
export type KioskTicket = Static<typeof KioskTicket>;

export const EnableKiosk = Type.Object({ name: Type.String({ minLength: 1, maxLength: 40 }) });
export const KioskPairing = Type.Object({ id: BookingId, code: Type.String(), until: Type.String() });
export type KioskPairing = Static<typeof KioskPairing>;
export const PairKiosk = Type.Object({ code: Type.String({ pattern: '^\\d{8}$' }) });

export const KioskMachine = Type.Object({
  id: BookingId,
  name: Type.String(),
  enabledAt: Type.String(),
  /** Null while its code was not used yet. */
  pairedAt: orNull(Type.String()),
});
export type KioskMachine = Static<typeof KioskMachine>;

export const KioskView = Type.Object({
  hall: HallId,
  hallName: SentenceView,
  name: Type.String(),
  services: Type.Array(Type.Object({ code: ServiceCode, name: SentenceView })),
});
export type KioskView = Static<typeof KioskView>;

export const DeskInput = Type.Object({ desk: Type.Integer({ minimum: 1, maximum: 200 }) });
export const TransferInput = Type.Object({ service: ServiceCode });
export const DeskTicket = Type.Object({ ticket: orNull(TicketView), waiting: Type.Integer() });
export type DeskTicket = Static<typeof DeskTicket>;
export const TicketList = Type.Object({
  items: Type.Array(TicketView),
  /** At the desk that was asked for, wherever in the line it stood. */
  atDesk: orNull(TicketView),
});
export type TicketList = Static<typeof TicketList>;

export const ScreenView = Type.Object({
  hall: HallId,
  date: Day,
  countedAt: Type.String(),
  called: Type.Array(
    Type.Object({
      no: Type.String(),
      desk: Type.Integer(),
      calledAt: Type.String(),
      /** Rises with every call and recall: what a page speaks once. */
      calls: Type.Integer(),
    }),
  ),
  waiting: Type.Array(
    Type.Object({
      service: ServiceCode,
      name: SentenceView,
      count: Type.Integer(),
      estimatedMinutes: Type.Integer(),
    }),
  ),
  next: Type.Array(Type.String()),
});
export type ScreenView = Static<typeof ScreenView>;
