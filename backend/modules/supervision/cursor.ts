import { errors } from './errors.ts';

/** A place in a list that is sorted by an instant and an id: opaque to the client, checked when it comes back. */
export interface Place {
  at: Date;
  id: string;
}

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

/** Throws `supervision.cursor_wrong` on anything that `cursorOf` cannot have made. */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,16})\.([\w@+.:|-]{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const at = new Date(Number(match?.[1]));
  if (!match || Number.isNaN(at.getTime())) return errors.fail('supervision.cursor_wrong');
  return { at, id: match[2] ?? '' };
}

/** What comes after a place in a list with the newest first. */
export function olderThan(field: string, cursor: string | undefined): Record<string, unknown> {
  if (cursor === undefined) return {};
  const { at, id } = placeOf(cursor);
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}
