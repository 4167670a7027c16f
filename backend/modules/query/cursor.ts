import { errors } from './errors.ts';

/** A place in a list that is sorted by an instant and an id: opaque to the client, checked when it comes back. */
export interface Place {
  at: Date;
  id: string;
}

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

/** @throws query.cursorWrong on anything that `cursorOf` did not make */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,15})\.([0-9a-f]{24})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) return errors.fail('query.cursorWrong');
  return { at: new Date(Number(match[1])), id: match[2] ?? '' };
}
