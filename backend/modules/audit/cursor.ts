import { OBJECT_ID_PATTERN } from '../../platform/ids.ts';
import { auditErrors } from './errors.ts';

export interface Position {
  at: Date;
  id: string;
}

const ID = new RegExp(OBJECT_ID_PATTERN);

/** Opaque to the reader: where the last page ended. */
export function cursorOf({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** @throws audit.bad_cursor */
export function positionOf(cursor: string): Position {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (!/^\d{1,15}$/.test(time) || !ID.test(id)) return auditErrors.fail('audit.bad_cursor');
  return { at: new Date(Number(time)), id };
}

/** What comes after a position in the order newest first. */
export function after(position: Position) {
  return { $or: [{ at: { $lt: position.at } }, { at: position.at, _id: { $lt: position.id } }] };
}
