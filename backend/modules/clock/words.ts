import type { Calendar } from './calendar.ts';
import type { Forecast } from './contract.ts';
import { dayNumberOf, timeOfDayMs, toDayNumber, toLegalDay, weekdayOf } from './days.ts';

const WEEKDAYS_ZH = ['一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The promise as one sentence (portal.md §7): the year only when it is not this year, the make-up day named, and
 * “按现行安排预计” where the calendar is not announced yet.
 */
export function wordsOfDue(
  due: { dueOn: string; dueAt: string; provisional: boolean },
  acceptedAt: Date,
  calendar: Calendar,
): Forecast['sentence'] {
  const day = toDayNumber(due.dueOn);
  const [year = '', month = '', date = ''] = due.dueOn.split('-');
  const minutes = Math.floor(timeOfDayMs(new Date(due.dueAt)) / 60_000);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const sameYear = toLegalDay(dayNumberOf(acceptedAt)).startsWith(year);
  const weekday = weekdayOf(day) - 1;
  const makeUp = calendar.makeUp.has(day);
  const dayZh = `${sameYear ? '' : `${year}年`}${Number(month)}月${Number(date)}日（周${WEEKDAYS_ZH[weekday]}${makeUp ? '，调休上班' : ''}）`;
  const dayEn = `${WEEKDAYS_EN[weekday]} ${Number(date)} ${MONTHS_EN[Number(month) - 1]}${sameYear ? '' : ` ${year}`}${makeUp ? ' (a make-up working day)' : ''}`;
  return due.provisional
    ? {
        zh: `如果今天受理，按现行安排预计 ${dayZh}${time} 前办结`,
        en: `If accepted today, done by ${time} on ${dayEn}, by the present calendar`,
      }
    : { zh: `如果今天受理，${dayZh}${time} 前办结`, en: `If accepted today, done by ${time} on ${dayEn}` };
}
