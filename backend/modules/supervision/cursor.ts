import { findPlace, type Place } from '../../platform/cursor.ts';
import { errors } from './errors.ts';

/** Findings and alarms have keys of words, not object ids. */
const IDS = /^[\w@+.:|-]{1,200}$/;

/** @throws supervision.cursor_wrong on anything that `cursorOf` cannot have made */
export const placeOf = (cursor: string): Place =>
  findPlace(cursor, IDS) ?? errors.fail('supervision.cursor_wrong');

/** What comes after a place in a list with the newest first. */
export function olderThan(field: string, cursor: string | undefined): Record<string, unknown> {
  if (cursor === undefined) return {};
  const { at, id } = placeOf(cursor);
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}
