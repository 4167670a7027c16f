/** What the server will take, checked before sending. */

/** At least four characters that are not blanks. */
export const shortestWords = (text: string): boolean => text.trim().length >= 4;

/** 1 to 30 working days; null for anything else. */
export function workdaysOf(text: string): number | null {
  const days = /^\d{1,2}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return days >= 1 && days <= 30 ? days : null;
}

/** A case number as typed, without the blanks between its groups; null where it is none. */
export function caseNumberOf(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{13,16}$/.test(digits) ? digits : null;
}
