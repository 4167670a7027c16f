import type { Platform } from '../../platform/platform.ts';

/** The short number of a booking, said or typed where no phone is at hand. */

/**
 * Two digits that follow from the booking alone. They tell seats of the same number in two pools apart, find a slip of the
 * finger, and keep a number from being guessed by counting.
 */
export function checkDigitsOf(p: Platform, bookingId: string): string {
  const mac = Buffer.from(p.crypto.mac('appointments-no', bookingId), 'base64url');
  return String(mac.readUInt32BE(0) % 100).padStart(2, '0');
}

export interface BookingNo {
  /** Wall time at which its window begins. */
  from: string;
  /** Number of the seat in its window. */
  n: number;
  check: string;
}

/** `0930-05-42` however it is typed: with or without signs between, in wide digits, with spaces. Null when it is no number. */
export function readBookingNo(text: string): BookingNo | null {
  const digits = text
    .replace(/[０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u2010-\u2015－-]/g, '');
  // A window that has been taken and given up a hundred times has numbers of three digits.
  const found = /^([01]\d|2[0-3])([0-5]\d)(\d{2,4})(\d{2})$/.exec(digits);
  if (!found) return null;
  const [, hours, minutes, n, check = ''] = found;
  return { from: `${hours}:${minutes}`, n: Number(n), check };
}
