import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { bookingPersons, bookings, type BookingDocument, type PersonDocument } from './booking.model.ts';
import type { HallRules } from './contract.ts';
import { standingOf, type Standing } from './no-show.ts';

/** Purpose of the keyed HMAC under which a person is known here: another than elsewhere, so that dumps do not join. */
const PERSON = 'appointments-person';

/** `personIndex` is the blind index of the ID number that accounts give; never the number itself. */
export const personKeyOf = (p: Platform, personIndex: string): string =>
  p.crypto.index.of(PERSON, personIndex);

/** Every claim looks at its person: at the rush the look-ups travel together. */
const personFinder = perPlatform((p: Platform) =>
  gatherFinds(() => bookingPersons(p).collection as unknown as Collection<PersonDocument>, '_id', {
    outbox: 0,
  }),
);
const bookingFinder = perPlatform((p: Platform) =>
  gatherFinds(() => bookings(p).collection as unknown as Collection<BookingDocument>, '_id', { outbox: 0 }),
);

export const findPerson = (p: Platform, person: string): Promise<PersonDocument | null> =>
  personFinder(p)(person);

/** What became of a booking; null while its first event has not been delivered. */
export const findBooking = (p: Platform, id: string): Promise<BookingDocument | null> => bookingFinder(p)(id);

export async function findStanding(
  p: Platform,
  person: string,
  rule: HallRules['noShow'],
): Promise<Standing> {
  const found = await findPerson(p, person);
  return standingOf(found?.noShows ?? [], rule, p.time.now());
}
