import { defineErrors } from '../../platform/errors.ts';

export const clockErrors = defineErrors({
  'clock.invalid_request': {
    status: 400,
    zh: '有 {count} 处要改，改好后再算。',
    en: '{count} entries need correcting before this can be worked out.',
  },
  'clock.limit_missing': {
    status: 400,
    zh: '请给出业务类型，或者期限的数量和单位。',
    en: 'Give a business type, or the amount and unit of a limit.',
  },
  'clock.limit_twice': {
    status: 400,
    zh: '业务类型和期限只能给一个。',
    en: 'Give either a business type or a limit, not both.',
  },
  'clock.limit_amount': {
    status: 400,
    zh: '期限要是 1 到 {most} 之间的整数。',
    en: 'The limit must be a whole number from 1 to {most}.',
  },
  'clock.limit_unit': {
    status: 400,
    zh: '单位只能是 workingDay（工作日）、workingHour（办公小时）、day（日）或 month（月）。',
    en: 'The unit must be workingDay, workingHour, day or month.',
  },
  'clock.not_an_instant': {
    status: 400,
    zh: '时间要写成 2026-10-09T10:30:00+08:00 这样，带上时区。',
    en: 'Write the time like 2026-10-09T10:30:00+08:00, with its offset.',
  },
  'clock.not_a_day': {
    status: 400,
    zh: '日期要写成 2026-10-09 这样，而且这一天要存在。',
    en: 'Write the day like 2026-10-09; it must exist.',
  },
  'clock.outside_calendar': {
    status: 400,
    zh: '只能算 {from} 到 {to} 之间的日子。',
    en: 'Only days from {from} to {to} can be worked out.',
  },
  'clock.calendar_wrong': {
    status: 422,
    zh: '日历有 {count} 处要改，改好后再看影响。',
    en: '{count} places of the calendar need correcting first.',
  },
  'clock.calendar_changed_meanwhile': {
    status: 409,
    zh: '刚才有人发布了新的日历。请重新看一遍影响再发布。',
    en: 'Somebody has just published a calendar. Look at the effect again before you publish.',
  },
  'clock.limit_wrong': {
    status: 422,
    zh: '有 {count} 处要改，改好后再看影响。',
    en: '{count} entries need correcting before the effect can be shown.',
  },
  'clock.limit_changed_meanwhile': {
    status: 409,
    zh: '刚才有人改过这项承诺。请重新看一遍影响再发布。',
    en: 'Somebody has just changed this promise. Look at the effect again before you publish.',
  },
  'clock.limit_past_statutory': {
    status: 422,
    zh: '承诺不能超过法定期限：最多 {most}。',
    en: 'A promise cannot be longer than the law allows: at most {most}.',
  },
  'clock.limit_same': {
    status: 422,
    zh: '和那一天的承诺一样，不用发布。',
    en: 'This is what is promised on that day already.',
  },
  'clock.limit_unit_fixed': {
    status: 422,
    zh: '单位要和现在的承诺一样；换单位要发布新的业务目录。',
    en: 'The unit must stay as it is; another unit takes a new version of the catalogue.',
  },
  'clock.limit_from_past': {
    status: 422,
    zh: '生效日期不能早于今天：已经受理的件，承诺写在受理凭证里。',
    en: 'It cannot take effect before today: what was promised stands in signed receipts.',
  },
  'clock.limit_too_far': {
    status: 422,
    zh: '生效日期最多提前 {most} 天定。请核对年份。',
    en: 'It can take effect at most {most} days ahead. Check the year.',
  },
  'clock.limit_day_taken': {
    status: 422,
    zh: '{day} 起已有一版承诺生效，新的一版要从之后的日子生效。',
    en: 'A promise took effect on {day}; the next one must begin on a later day.',
  },
  'clock.past_days_same_notice': {
    status: 422,
    zh: '这一版会改变已经过去的 {days}。过去的日子只能按新的通知改：请填新通知的文号，或者把这几天改回原样。',
    en: 'This would change days already past: {days}. They change only by a new notice: give its number, or leave these days as they were.',
  },
  'clock.day_of_other_year': {
    status: 422,
    zh: '这一天不在 {year} 年。',
    en: 'This day is not in {year}.',
  },
  'clock.day_twice': {
    status: 422,
    zh: '{day} 写了两次。',
    en: '{day} is there twice.',
  },
  'clock.year_out_of_turn': {
    status: 422,
    zh: '只能导入 {from} 到 {to} 年，中间不能空一年。',
    en: 'Only the years {from} to {to} can be imported, without a gap.',
  },
  'clock.published_later': {
    status: 422,
    zh: '通知的日期还没到，请核对。',
    en: 'The notice is dated in the future. Check the date.',
  },
  'clock.holiday_span': {
    status: 422,
    zh: '假期的最后一天要在第一天之后，最多连 {most} 天。',
    en: 'A holiday ends on or after its first day and lasts at most {most} days.',
  },
  'clock.make_up_weekday': {
    status: 422,
    zh: '{day} 不是周六、周日，不用调休。',
    en: '{day} is not a Saturday or Sunday, so it needs no make-up day.',
  },
  'clock.holiday_missing': {
    status: 422,
    zh: '少了一个法定节日：{name}。',
    en: 'A statutory holiday is missing: {name}.',
  },
  'clock.pause_reversed': {
    status: 400,
    zh: '暂停的结束时间早于开始时间。',
    en: 'This pause ends before it begins.',
  },
  'clock.pause_before_acceptance': {
    status: 400,
    zh: '暂停在受理之前就结束了，不影响期限。请核对时间。',
    en: 'This pause ends before acceptance and cannot matter. Check the times.',
  },
  'clock.span_reversed': {
    status: 400,
    zh: '结束日期早于开始日期。',
    en: 'The last day is before the first.',
  },
  'clock.span_too_long': {
    status: 400,
    zh: '一次最多查 {most} 天。',
    en: 'At most {most} days can be asked for at a time.',
  },
});
