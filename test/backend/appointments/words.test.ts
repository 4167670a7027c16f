import { expect, it } from 'vitest';
import { errors } from '../../../backend/modules/appointments/errors.ts';
import { sentenceOf } from '../../../backend/platform/errors.ts';
import en from '../../../frontend/i18n/en/appointments.ts';
import enHalls from '../../../frontend/i18n/en/halls.ts';
import zh from '../../../frontend/i18n/zh-CN/appointments.ts';
import zhHalls from '../../../frontend/i18n/zh-CN/halls.ts';

it('new times are released on working days, and every sentence about it says so', () => {
  const refusal = errors.table['appointments.next_no_window'];
  const time = '13:00';
  expect(zh.dayRelease).toContain('每个工作日 {time} 放出');
  expect(zhHalls.ruleRelease).toContain('工作日');
  expect(sentenceOf(refusal, 'zh-CN', { releaseAt: time })).toContain('每个工作日 13:00');
  for (const text of [
    en.dayRelease({ n: 7, time }),
    enHalls.ruleRelease,
    sentenceOf(refusal, 'en', { releaseAt: time }),
  ]) {
    expect(text).toMatch(/working day/);
    expect(text).not.toMatch(/daily|every day/i);
  }
});
