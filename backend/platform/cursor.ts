import { OBJECT_ID_PATTERN } from './ids.ts';

/** A place in a list that is sorted by an instant and an id: opaque to the client, checked when it comes back. */
export interface Place {
  at: Date;
  id: string;
}

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

const OBJECT_ID = new RegExp(OBJECT_ID_PATTERN);

/** Null for anything that `cursorOf` did not make; `ids`: the form of the list's ids. */
export function findPlace(cursor: string, ids: RegExp = OBJECT_ID): Place | null {
  const match = /^(\d{1,16})\.(.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const at = new Date(Number(match?.[1]));
  const id = match?.[2] ?? '';
  return Number.isNaN(at.getTime()) || !ids.test(id) ? null : { at, id };
}
