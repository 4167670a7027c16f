import { errors } from './errors.ts';

/** A place in a list that is sorted by an instant and an id: opaque to the client, checked when it comes back. */
export interface Place {
  at: Date;
  id: string;
}

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

/** Throws `applications.cursor_wrong` on anything that `cursorOf` did not make. */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,16})\.([0-9a-f]{24})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  const at = new Date(Number(match?.[1]));
  if (!match || Number.isNaN(at.getTime())) return errors.fail('applications.cursor_wrong');
  return { at, id: match[2] ?? '' };
}
