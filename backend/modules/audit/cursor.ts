import { findPlace, type Place } from '../../platform/cursor.ts';
import { auditErrors } from './errors.ts';

/** @throws audit.bad_cursor on anything that `cursorOf` did not make */
export const placeOf = (cursor: string): Place => findPlace(cursor) ?? auditErrors.fail('audit.bad_cursor');

/** What comes after a place in the order newest first. */
export function after({ at, id }: Place) {
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
}
