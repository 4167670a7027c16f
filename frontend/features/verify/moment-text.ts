import { fullDayText, legalDay, timeText } from '../../i18n/format.ts';

/** `2026年10月9日 10:30`: with its year, as what was signed is kept and read again later. */
export const momentText = (at: string): string => `${fullDayText(legalDay(at))} ${timeText(at)}`;
