import { findPlace, type Place } from '../../platform/cursor.ts';
import { errors } from './errors.ts';

/** @throws applications.cursor_wrong on anything that `cursorOf` did not make */
export const placeOf = (cursor: string): Place =>
  findPlace(cursor) ?? errors.fail('applications.cursor_wrong');
