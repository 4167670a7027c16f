/**
 * One booking as a calendar entry (RFC 5545, RFC 5546): the same UID for its whole life, SEQUENCE rising with every move and with the
 * cancellation, METHOD REQUEST or CANCEL, instants in UTC so that no reader needs a zone. Pure.
 */

export interface CalendarEntry {
  /** The booking: stays through every move. */
  bookingId: string;
  host: string;
  moves: number;
  cancelled: boolean;
  startAt: Date;
  endAt: Date;
  /** When this state of it was made. */
  stampedAt: Date;
  summary: string;
  description: string;
  location: string;
  url: string;
}

const utc = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d{3}/g, '');

const escape = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r?\n/g, '\\n');

const OCTETS = 75;

/** Lines of at most 75 octets, folded between characters (RFC 5545 §3.1). */
export function foldLine(line: string): string {
  const lines: string[] = [];
  let current = '';
  let size = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (size + octets > OCTETS) {
      lines.push(current);
      current = ' ';
      size = 1;
    }
    current += character;
    size += octets;
  }
  return [...lines, current].join('\r\n');
}

export function calendarOfBooking(entry: CalendarEntry): string {
  const { bookingId, host, moves, cancelled, startAt, endAt, stampedAt } = entry;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Liaocheng Real Estate Registration//Appointments//ZH',
    'CALSCALE:GREGORIAN',
    `METHOD:${cancelled ? 'CANCEL' : 'REQUEST'}`,
    'BEGIN:VEVENT',
    `UID:${bookingId}@${host}`,
    `SEQUENCE:${cancelled ? moves + 1 : moves}`,
    `DTSTAMP:${utc(stampedAt)}`,
    `DTSTART:${utc(startAt)}`,
    `DTEND:${utc(endAt)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escape(entry.summary)}`,
    `DESCRIPTION:${escape(entry.description)}`,
    `LOCATION:${escape(entry.location)}`,
    `URL:${entry.url}`,
    'TRANSP:OPAQUE',
    ...(cancelled
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escape(entry.summary)}`,
          'TRIGGER:-PT2H',
          'END:VALARM',
        ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(foldLine).join('\r\n')}\r\n`;
}
