import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { findBusinessType, materialsFor } from '../catalogue/index.ts';
import { bookerOf } from './booker.ts';
import type { BookingDocument, NoShow } from './booking.model.ts';
import { bookings } from './booking.model.ts';
import { checkDigitsOf } from './booking-no.ts';
import { calendarOf, freeUntil } from './calendar-days.ts';
import { findTombstone } from './cancel.ts';
import { slotCollection, type SlotHead } from './change-slot.ts';
import type { BookingDetail, BookingView, HallRules, MyBookings, WaitingView } from './contract.ts';
import { errors } from './errors.ts';
import { getSchedules, scheduleOn, type Schedules } from './get-schedule.ts';
import { locateSeat, seatsOfPerson } from './locate.ts';
import { standingOf } from './no-show.ts';
import { findBooking, findPerson } from './persons.ts';
import { readSlotId } from './plan-day.ts';
import { factsOfSeat, presentBooking, statusOfLeaving, type BookingFacts } from './present.ts';
import { ofBookings, ticketCollection } from './tickets.ts';
import type { Seat, Tombstone } from './slot.model.ts';

/** Who holds the code was given it by the booking's holder: it names the booking and cannot be made up. */
export const checkInCodeOf = (p: Platform, id: string): string =>
  `${id}.${p.crypto.mac('appointments-check-in', id).slice(0, 16)}`;

/** The booking of a code; null when it was made up. */
export function readCheckInCode(p: Platform, code: string): string | null {
  const id = code.slice(0, 24);
  return checkInCodeOf(p, id) === code ? id : null;
}

function factsOfTombstone(stone: Tombstone, slotId: string, facts: Pick<BookingFacts, 'startAt' | 'endAt'>) {
  const { hall, date } = readSlotId(slotId);
  const { r, sv, bt, unit, units, n, m, ch, at } = stone;
  const status = statusOfLeaving(stone.why);
  return {
    ...facts,
    _id: r,
    slotId,
    hall,
    date,
    service: sv,
    businessType: bt,
    unit,
    cases: units,
    n,
    moves: m,
    channel: ch,
    status,
    bookedAt: at,
    heldUntil: null,
  };
}

/** A booking wherever it stands: in its window, in a tombstone that was not drained yet, or in the projection. */
async function findFacts(p: Platform, id: string): Promise<{ facts: BookingFacts; person: string } | null> {
  const located = await locateSeat(p, id);
  if (located) return { facts: factsOfSeat(located.slot, located.seat), person: located.seat.p };
  const stone = await findTombstone(p, id);
  if (stone) {
    const slot = await slotCollection(p).findOne({ 'out.r': id } as never, { hint: 'gone' });
    if (slot) return { facts: factsOfTombstone(stone, slot._id, slot), person: stone.p };
  }
  const booking = await findBooking(p, id);
  return booking && { facts: booking, person: booking.p };
}

async function present(
  p: Platform,
  facts: BookingFacts,
  about: { noShows: readonly NoShow[]; ticketIds: ReadonlyMap<string, string> },
): Promise<BookingView> {
  const [{ byHall, services, offices }, calendar] = await Promise.all([getSchedules(p), calendarOf(p)]);
  const office = offices.get(facts.hall);
  const schedule = scheduleOn(byHall.get(facts.hall) ?? [], facts.date);
  if (!schedule || !office) return errors.fail('appointments.hall_unknown');
  const service = services.get(facts.service);
  const noShow = about.noShows.find(({ r }) => r === facts._id);
  return presentBooking(facts, {
    office,
    service: {
      code: facts.service,
      name: service?.name ?? { zh: facts.service, en: facts.service },
    },
    rules: schedule.rules,
    now: p.time.now(),
    hallFree: freeUntil(calendar, facts.date, schedule.rules.cancelUntil),
    checkInCode: checkInCodeOf(p, facts._id),
    checkDigits: checkDigitsOf(p, facts._id),
    ticketId: about.ticketIds.get(facts._id) ?? null,
    appeal: noShow?.appeal?.state ?? 'none',
    hasNoShow: noShow !== undefined,
  });
}

async function ticketsOf(p: Platform, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await ticketCollection(p)
    .find(ofBookings(ids), { projection: { booking: 1 }, hint: 'booking' })
    .toArray();
  return new Map(found.flatMap(({ _id, booking }) => (booking ? [[booking, _id] as const] : [])));
}

async function viewFor(p: Platform, id: string, person: string | null): Promise<BookingView> {
  const found = await findFacts(p, id);
  if (!found || (person !== null && found.person !== person)) return errors.fail('appointments.not_found');
  const [record, ticketIds] = await Promise.all([findPerson(p, found.person), ticketsOf(p, [id])]);
  return present(p, found.facts, { noShows: record?.noShows ?? [], ticketIds });
}

/** One's own booking; another's is not found, as one that does not exist. @throws appointments.not_found */
export function viewBooking(p: Platform, actor: ApplicantActor, id: string): Promise<BookingView> {
  return viewFor(p, id, bookerOf(p, actor).person);
}

/** Just taken: nothing else can be known of it, so nothing is read for it. */
export const viewTaken = (p: Platform, slot: SlotHead, seat: Seat): Promise<BookingView> =>
  present(p, factsOfSeat(slot, seat), { noShows: [], ticketIds: new Map() });

/** For the clerks of its hall. */
export const viewBookingAtDesk = (p: Platform, id: string): Promise<BookingView> => viewFor(p, id, null);

/** With what to bring: the materials of the business type, and what the service asks for beside them. */
export async function viewBookingDetail(
  p: Platform,
  actor: ApplicantActor,
  id: string,
): Promise<BookingDetail> {
  const view = await viewBooking(p, actor, id);
  const { services } = await getSchedules(p);
  const service = services.get(view.service.code);
  const code =
    view.businessType ?? (service?.businessTypes.length === 1 ? service.businessTypes[0] : undefined);
  const type = code === undefined ? null : await findBusinessType(p, code);
  const needs = type ? await materialsFor(type, {}) : [];
  const materials = needs
    .filter(({ state }) => state === 'provide' || state === 'optional')
    .map(({ material, note, state }) => ({
      name: material.name,
      note,
      optional: state === 'optional',
    }));
  const own = (service?.bring ?? []).map((name) => ({ name, note: null, optional: false }));
  return { ...view, bring: [...own, ...materials] };
}

const PAST_SHOWN = 50;

/** 我的预约: what is in force is read from the windows themselves, what is over from what was kept. */
export async function listMyBookings(p: Platform, actor: ApplicantActor): Promise<MyBookings> {
  const { person } = bookerOf(p, actor);
  const [seats, waiting, past, record, { byHall }] = await Promise.all([
    seatsOfPerson(p, person),
    waitingOf(p, person),
    bookings(p)
      .collection.find({ p: person }, { projection: { outbox: 0 }, hint: 'person' })
      .sort({ startAt: -1 })
      .limit(PAST_SHOWN)
      .toArray() as Promise<unknown> as Promise<BookingDocument[]>,
    findPerson(p, person),
    getSchedules(p),
  ]);
  const now = p.time.now();
  const facts = seats.map(({ slot, seat }) => factsOfSeat(slot, seat));
  const lasting = facts.filter(
    ({ status, heldUntil }) =>
      status === 'booked' ||
      status === 'arrived' ||
      (status === 'held' && heldUntil !== null && heldUntil > now),
  );
  const seated = new Set(lasting.map(({ _id }) => _id));
  const over = past.filter(({ _id, status }) => !seated.has(_id) && !['held', 'booked'].includes(status));
  const ids = [...facts, ...over].map(({ _id }) => _id);
  const noShows = record?.noShows ?? [];
  const about = { noShows, ticketIds: await ticketsOf(p, ids) };
  const all = <T extends BookingFacts>(list: readonly T[]) =>
    Promise.all(list.map((one) => present(p, one, about)));
  const rule = ruleToday(byHall, noShows, now);
  const standing = standingOf(noShows, rule, now);
  return {
    active: await all(lasting),
    waiting,
    past: await all(over),
    standing: {
      suspendedUntil: standing.suspendedUntil?.toISOString() ?? null,
      noShows: standing.counted,
      most: rule.count,
    },
  };
}

/** The rule in force today where the last no-show was; it tells how many more bring a suspension there. */
function ruleToday(byHall: Schedules['byHall'], noShows: readonly NoShow[], now: Date): HallRules['noShow'] {
  const last = [...noShows].sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  const versions = byHall.get(last?.hall ?? '') ?? [...byHall.values()][0] ?? [];
  const { rules } = scheduleOn(versions, legalDayOf(now)) ?? errors.fail('appointments.hall_unknown');
  return rules.noShow;
}

async function waitingOf(p: Platform, person: string): Promise<WaitingView[]> {
  const found = await slotCollection(p)
    .find({ 'wait.p': person } as never, { projection: { wait: 1 }, hint: 'waiting-person' })
    .toArray();
  return found.flatMap(({ _id, wait }) =>
    wait.flatMap(({ b, p: who, sv, at }, place) =>
      who === person ? [waitingView(_id, { b, sv, at }, place)] : [],
    ),
  );
}

export function waitingView(
  slotId: string,
  { b, sv, at }: { b: string; sv: string; at: Date },
  place: number,
): WaitingView {
  const { hall, date, from } = readSlotId(slotId);
  return {
    id: b,
    slotId,
    hall,
    date,
    from,
    service: sv,
    place: place + 1,
    since: at.toISOString(),
  };
}
