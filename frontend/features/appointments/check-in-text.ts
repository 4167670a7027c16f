import type { HallCheckInInput } from '../../../backend/modules/appointments/contract.ts';
import { tidyCode } from '../applications/fields/loose-text.ts';

type Means = Pick<HallCheckInInput, 'code' | 'idNumber' | 'no'>;

/** Where the text of a QR code begins; people and scanners may leave spaces around it. */
const CODE = /^[0-9a-f]{24}\.[\w-]{8,}$/;

/**
 * What was scanned or typed, told apart by its shape: text of a QR code, number of an ID card, or number of a booking. Null when
 * it is none of them. One field for all, so that nobody has to find out first which kind of number they hold.
 */
export function readCheckIn(text: string): Means | null {
  const scanned = text.trim();
  if (CODE.test(scanned)) return { code: scanned };
  const tidy = tidyCode(text);
  if (/^\d{17}[\dX]$|^\d{15}$/.test(tidy)) return { idNumber: tidy };
  return /^\d{8,10}$/.test(tidy) ? { no: tidy } : null;
}

/** `0930-05-42` while it is typed; the number of an ID card in its groups; anything else as it came. */
export function groupCheckIn(text: string): string {
  const tidy = tidyCode(text);
  if (/^\d{5,10}$/.test(tidy)) {
    const check = tidy.length > 7 ? `-${tidy.slice(-2)}` : '';
    return `${tidy.slice(0, 4)}-${tidy.slice(4, check ? -2 : undefined)}${check}`;
  }
  return /^[\dX]{11,18}$/.test(tidy)
    ? `${tidy.slice(0, 6)} ${tidy.slice(6, 14)} ${tidy.slice(14)}`.trim()
    : text;
}
