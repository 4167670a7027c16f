import type { DayReason } from './vocabulary.ts';

/** Sentences of appointments in both languages. */

interface Words {
  zh: string;
  en: string;
}

const WEEKDAYS_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10月12日（周一）09:00`, `Mon 12 Oct, 09:00`. */
export function dayInWords(date: string, wallTime?: string): Words {
  const day = new Date(`${date}T00:00:00Z`);
  const zh = `${day.getUTCMonth() + 1}月${day.getUTCDate()}日（${WEEKDAYS_ZH[day.getUTCDay()] ?? ''}）`;
  const en = `${WEEKDAYS_EN[day.getUTCDay()] ?? ''} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ''}`;
  return wallTime === undefined ? { zh, en } : { zh: `${zh}${wallTime}`, en: `${en}, ${wallTime}` };
}

/** An instant in Shanghai, as above. */
export function instantInWords(instant: Date): Words {
  const local = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return dayInWords(local.slice(0, 10), local.slice(11, 16));
}

type SayWhy = (holiday: Words | null, release: Date) => Words;

const always =
  (zh: string, en: string): SayWhy =>
  () => ({ zh, en });

/** Why nothing can be booked on a day. */
export const REASON_WORDS = {
  weekend: always('周末休息', 'Closed at the weekend'),
  holiday: (holiday) => ({
    zh: `${holiday?.zh ?? '法定节假日'}放假`,
    en: `Closed: ${holiday?.en ?? 'public holiday'}`,
  }),
  closure: always('大厅当天停办', 'The hall is closed that day'),
  notOpenThatDay: always('大厅当天不办公', 'The hall does not open that day'),
  notReleased: (_, release) => {
    const { zh, en } = instantInWords(release);
    return { zh: `还没放号，${zh} 开始预约`, en: `Not open yet; opens ${en}` };
  },
  calendarUnknown: always(
    '国家还没公布那一年的放假安排，公布后开始预约',
    'The official calendar of that year is not published yet',
  ),
  full: always('已约满', 'Full'),
  past: always('已经过了', 'Over'),
  noService: always('这项业务当天不接受预约', 'This service cannot be booked that day'),
} as const satisfies Record<DayReason, SayWhy>;
