/** What a date-and-time control gives (`2026-10-09T10:30`) as an instant: the office's clock, wherever the browser is. */
export const inShanghai = (local: string): string => `${local}${local.length === 16 ? ':00' : ''}+08:00`;
