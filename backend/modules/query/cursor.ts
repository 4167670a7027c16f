import { findPlace, type Place } from '../../platform/cursor.ts';
import { errors } from './errors.ts';

/** @throws query.cursorWrong on anything that `cursorOf` did not make */
export const placeOf = (cursor: string): Place => findPlace(cursor) ?? errors.fail('query.cursorWrong');
