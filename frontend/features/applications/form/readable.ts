import { fullDayText } from '../../../i18n/format.ts';
import { groupUnitCode } from '../fields/loose-text.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const AMOUNT = /^(\d{4,})(\.\d{1,2})?(?=$| )/;
const UNIT_CODE = /^\d{12}[A-Z]{2}\d{5}[A-Z]\d{8}$/;

/** Answers travel as they are stored; dates, amounts and unit codes are shown as people write them. */
export function readable(text: string): string {
  if (DAY.test(text)) return fullDayText(text);
  if (UNIT_CODE.test(text)) return groupUnitCode(text);
  // Only with a unit after it: a bare number may be the number of a paper.
  if (/^\d+(\.\d+)? \S/.test(text)) {
    return text.replace(
      AMOUNT,
      (_, whole: string, rest: string | undefined) => whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ?? ''),
    );
  }
  return text;
}
