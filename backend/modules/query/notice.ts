import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { AskQuery } from './contract/ask.ts';
import { longestDelayDays, type DelayGround } from './contract/looks.ts';
import { errors } from './errors.ts';
import type { QueryNotice } from './query.model.ts';

/**
 * When those whom a state organ asked about are told: not at once, whatever it asked for, because the office cannot judge what telling
 * would hinder (个人信息保护法 35). The organ names the term, or the longest holds; it may extend it before it ends. Nor does the office
 * guess the ground: a purpose does not say whether a court enforces or a crime is suspected, and the person is told it. Pure.
 */

const DAY_MS = 86_400_000;

/** @throws query.noticeTerm */
export function noticeOf({ notice }: Pick<AskQuery, 'notice'>, now: Date): QueryNotice {
  const ground = notice?.ground ?? 'duty';
  const longest = new Date(now.getTime() + longestDelayDays(ground) * DAY_MS);
  return termOf(ground, notice?.untilOn ?? legalDayOf(longest), now);
}

/** @throws query.noticeTerm */
export function termOf(ground: DelayGround, untilOn: string, now: Date): QueryNotice {
  const days = longestDelayDays(ground);
  const last = legalDayOf(new Date(now.getTime() + days * DAY_MS));
  if (untilOn <= legalDayOf(now) || untilOn > last) return errors.fail('query.noticeTerm', { days });
  const until = new Date(instantAt(untilOn).getTime() + DAY_MS);
  return { ground, untilOn, until, open: true, releasedAt: null };
}

/** Whether it holds at this moment, whatever the job has come to. */
export const isSilent = (notice: QueryNotice | null | undefined, now: Date): boolean =>
  notice?.open === true && now < notice.until;
