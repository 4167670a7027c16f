import { computeDeadline, type Calendar, type ClockEvent, type DeadlineAnswer } from '../clock/index.ts';
import type { BusinessType } from '../catalogue/index.ts';

type Limits = BusinessType['limits'];

export interface Extended {
  before: DeadlineAnswer;
  after: DeadlineAnswer;
  /** Most counted days that may still be added, at most as many as were asked for. */
  most: number;
}

/** What `days` more would do to an accepted case: never past the statutory limit (domain.md §2.2). Pure. */
export function withExtension(
  events: readonly ClockEvent[],
  { limits, calendar, now }: { limits: Limits; calendar: Calendar; now: Date },
  days: number,
): Extended {
  const answer = (more: number): DeadlineAnswer => {
    const event = { id: 'preview', kind: 'extended' as const, at: now, recordedAt: now, days: more };
    const added = more === 0 ? [] : [{ ...event, approvedBy: '', basis: '' }];
    return computeDeadline({ events: [...events, ...added], limits, calendar, now });
  };
  const before = answer(0);
  let most = days;
  while (most > 0 && answer(most).extendedByDays < before.extendedByDays + most) most -= 1;
  return { before, after: answer(days), most };
}
