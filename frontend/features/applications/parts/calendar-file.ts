/** A moment for a calendar (RFC 5545), in UTC so that no zone table is needed. Lines end in CRLF and fold at 75 octets. */

export interface CalendarMoment {
  id: string;
  title: string;
  /** ISO instants. */
  at: string;
  madeAt: string;
  url: string;
}

const stamp = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');

function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > 74) {
      parts.push(part);
      part = ' ';
      size = 1;
    }
    part += character;
    size += bytes;
  }
  return [...parts, part].join('\r\n');
}

export function calendarFile(moment: CalendarMoment): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Liaocheng Real-Estate Registration//Portal//ZH',
    'BEGIN:VEVENT',
    `UID:${moment.id}@real-estate-registration`,
    `DTSTAMP:${stamp(moment.madeAt)}`,
    `DTSTART:${stamp(moment.at)}`,
    `SUMMARY:${escaped(moment.title)}`,
    `URL:${moment.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(folded).join('\r\n') + '\r\n';
}
