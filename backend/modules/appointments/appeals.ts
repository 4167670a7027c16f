import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import {
  findAccountNames,
  getIdentity,
  maskName,
  type ApplicantActor,
  type StaffActor,
} from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { bookerOf, requireOthers, requireOwnHall } from './booker.ts';
import { bookingPersons, type NoShow, type PersonDocument } from './booking.model.ts';
import type { AppealView } from './contract.ts';
import { errors } from './errors.ts';
import { findBooking } from './persons.ts';

/** 爽约申诉: once for a no-show; a clerk of the hall decides. Granted, it counts no more (no-show.ts). */

const persons = (p: Platform) => bookingPersons(p).collection as unknown as Collection<PersonDocument>;

const textContext = (bookingId: string): string => `booking-persons|${bookingId}|appeal`;

/** @throws appointments.nothing_to_appeal, appointments.not_found */
export async function appealNoShow(
  p: Platform,
  actor: ApplicantActor,
  bookingId: string,
  text: string,
): Promise<void> {
  const { person } = bookerOf(p, actor);
  const booking = await findBooking(p, bookingId);
  if (booking?.p !== person) return errors.fail('appointments.not_found');
  const appeal: NoShow['appeal'] = {
    text: p.crypto.fields.encrypt(text, textContext(bookingId)),
    at: p.time.now(),
    state: 'waiting',
    opinion: null,
    decidedBy: null,
    decidedAt: null,
  };
  const { matchedCount } = await persons(p).updateOne(
    { _id: person, noShows: { $elemMatch: { r: bookingId, appeal: null } } } as never,
    {
      $set: { 'noShows.$.appeal': appeal },
      $push: { outbox: p.outbox.event('appointments.appealed', actor.accountId, { bookingId }) },
    } as never,
  );
  if (matchedCount === 0) return errors.fail('appointments.nothing_to_appeal');
  p.outbox.notify('booking-persons');
}

/** Those that wait, oldest first, of the clerk's hall; of all halls for who belongs to none. */
export async function listAppeals(p: Platform, actor: StaffActor): Promise<AppealView[]> {
  const mine = actor.officeId === null ? {} : { 'noShows.hall': actor.officeId };
  const found = await persons(p)
    .find({ 'noShows.appeal.state': 'waiting', ...mine } as never, { hint: 'appeals' })
    .limit(200)
    .toArray();
  const waiting = found
    .flatMap(({ noShows }) => noShows)
    .filter(
      ({ appeal, hall }) =>
        appeal?.state === 'waiting' && (actor.officeId === null || hall === actor.officeId),
    )
    .sort((a, b) => (a.appeal?.at.getTime() ?? 0) - (b.appeal?.at.getTime() ?? 0));
  return Promise.all(waiting.map((noShow) => presentTo(p, actor, noShow)));
}

/** The words and the name of whoever appeals: a look at them, recorded before it is shown. */
async function presentTo(
  p: Platform,
  { accountId }: StaffActor,
  { r, hall, date, at, appeal }: NoShow,
): Promise<AppealView> {
  const booking = await findBooking(p, r);
  const account = booking?.accountId ?? null;
  if (account !== null) {
    await recordAccess(p, {
      actorId: accountId,
      subjectPersonIndexes: [(await getIdentity(p, account)).personIndex],
      what: ['appeal'],
      target: { kind: 'booking', id: r },
      why: 'appeal',
      basis: '个保法13',
    });
  }
  const name = account === null ? undefined : (await findAccountNames(p, [account])).get(account);
  return {
    bookingId: r,
    hall,
    date,
    startAt: at.toISOString(),
    name: name === undefined ? null : maskName(name),
    text: appeal ? p.crypto.fields.decrypt(appeal.text, textContext(r)) : '',
    at: (appeal?.at ?? at).toISOString(),
    state: appeal?.state ?? 'none',
    opinion: appeal?.opinion ?? null,
  };
}

/** @throws appointments.nothing_to_appeal, appointments.other_hall, appointments.own_booking, appointments.not_found */
export async function decideAppeal(
  p: Platform,
  actor: StaffActor,
  bookingId: string,
  { granted, opinion }: { granted: boolean; opinion: string },
): Promise<AppealView> {
  const booking = await findBooking(p, bookingId);
  if (!booking) return errors.fail('appointments.not_found');
  requireOwnHall(actor, booking.hall);
  requireOthers(p, actor, booking);
  const state = granted ? 'granted' : 'refused';
  const event = p.outbox.event('appointments.appeal_decided', actor.accountId, {
    bookingId,
    accountId: booking.accountId,
    granted,
  });
  const changed = await persons(p).findOneAndUpdate(
    {
      _id: booking.p,
      noShows: { $elemMatch: { r: bookingId, 'appeal.state': 'waiting' } },
    } as never,
    {
      $set: {
        'noShows.$.appeal.state': state,
        'noShows.$.appeal.opinion': opinion,
        'noShows.$.appeal.decidedBy': actor.accountId,
        'noShows.$.appeal.decidedAt': p.time.now(),
      },
      $push: { outbox: event },
    } as never,
    { returnDocument: 'after' },
  );
  if (!changed) return errors.fail('appointments.nothing_to_appeal');
  p.outbox.notify('booking-persons');
  const noShow = changed.noShows.find(({ r }) => r === bookingId);
  return noShow ? presentTo(p, actor, noShow) : errors.fail('appointments.nothing_to_appeal');
}
