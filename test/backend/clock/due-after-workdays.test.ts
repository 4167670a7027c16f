import { expect, it } from 'vitest';
import { dueAfterWorkdays } from '../../../backend/modules/clock/due-after-workdays.ts';
import { calendar } from '../../rules/deadline-cases.ts';

it.each([
  [
    'an online submission on a Friday evening is answered on the make-up Saturday',
    '2026-10-09T20:00:00+08:00',
    1,
    '2026-10-10',
  ],
  ['one on the Sunday, on Monday', '2026-10-11T10:00:00+08:00', 1, '2026-10-12'],
  ['one inside 国庆, on the first working day after it', '2026-10-03T10:00:00+08:00', 1, '2026-10-08'],
  ['公告 of fifteen working days', '2026-09-01T10:00:00+08:00', 15, '2026-09-21'],
])('%s', (_sentence, from, workdays, dueOn) => {
  const due = dueAfterWorkdays(calendar, new Date(from), workdays);
  expect(due).toEqual({ dueOn, dueAt: new Date(`${dueOn}T17:00:00+08:00`), provisional: false });
});
