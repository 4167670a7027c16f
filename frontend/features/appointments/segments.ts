/** Opening hours as an administrator types them: `08:30-12:00 13:30-17:00`. */

export interface Segment {
  from: string;
  to: string;
}

const plainDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/：/g, ':');

/** `8:30` → `08:30`; null when it is no time of day. */
export function wallTime(text: string): string | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(plainDigits(text.trim()));
  if (!found?.[1] || !found[2] || Number(found[1]) > 23 || Number(found[2]) > 59) return null;
  return `${found[1].padStart(2, '0')}:${found[2]}`;
}

/** Empty: closed. Null: not understood, or one span ends before it begins or runs into the next. */
export function parseSegments(text: string): Segment[] | null {
  const spans = plainDigits(text)
    .replace(/\s*[-–—~～至到]\s*/g, '-')
    .split(/[\s,，、;；]+/)
    .filter(Boolean);
  const segments: Segment[] = [];
  for (const span of spans) {
    const [from, to, more] = span.split('-').map(wallTime);
    const last = segments.at(-1);
    if (!from || !to || more !== undefined || from >= to || (last && from < last.to)) return null;
    segments.push({ from, to });
  }
  return segments;
}

export const segmentsText = (segments: readonly Segment[]): string =>
  segments.map(({ from, to }) => `${from}-${to}`).join(' ');
