import type { DemoType } from '../cases/answers.ts';
import {
  BUSY,
  CLERKS,
  OFFICE_IDS,
  OFFICE_MIX,
  POSTS,
  TYPE_MIX,
  WORK,
  type OfficeId,
  type Post,
} from './bureau.ts';
import type { Draws } from './draws.ts';

/** Somebody at a post of a hall. */
export interface Clerk {
  /** `linqing|firstReview|2`. */
  key: string;
  office: OfficeId;
  post: Post;
  /** 1 is ordinary; slower above. */
  pace: number;
  /** Part of the day that cases get. */
  share: number;
  /** Records twice a day, all together, rather than one by one. */
  gathers: boolean;
  /** Office minutes of leave and courses. */
  away: { from: number; to: number }[];
}

const MINUTES = 420;

/** Mean minutes of work a day that a post of a hall gets. */
function loadOf(office: OfficeId, post: Post, casesPerDay: number): number {
  return (Object.keys(TYPE_MIX) as DemoType[]).reduce((sum, type) => {
    const [median, sigma] = WORK[type][post] ?? [0, 0];
    return sum + casesPerDay * OFFICE_MIX[office] * TYPE_MIX[type] * median * Math.exp((sigma * sigma) / 2);
  }, 0);
}

function leaveOf(draws: Draws, minutes: number): Clerk['away'] {
  const away: Clerk['away'] = [];
  for (let at = draws.between(1, 40) * MINUTES; at < minutes; at += draws.between(12, 45) * MINUTES) {
    const days = draws.weighted({ 1: 5, 2: 3, 3: 2, 5: 2 });
    away.push({ from: at, to: at + Number(days) * MINUTES });
    at += Number(days) * MINUTES;
  }
  return away;
}

/** Where a post has few clerks, they are not away at the same time. */
function apart(wanted: Clerk['away'], taken: Clerk['away'], count: number): Clerk['away'] {
  const free = wanted.filter(
    (one) => count > 3 || !taken.some(({ from, to }) => from < one.to && one.from < to),
  );
  taken.push(...free);
  return free;
}

/** The staff of every hall, enough for an ordinary week. */
export function clerksOf(
  draws: Draws,
  { casesPerDay, minutes }: { casesPerDay: number; minutes: number },
): Clerk[] {
  return OFFICE_IDS.flatMap((office) =>
    POSTS.flatMap((post) => {
      const count = CLERKS[office][post];
      const share = Math.min(0.95, loadOf(office, post, casesPerDay) / (count * MINUTES * BUSY[office]));
      const taken: Clerk['away'] = [];
      return Array.from({ length: count }, (_, n) => ({
        key: `${office}|${post}|${n + 1}`,
        office,
        post,
        pace: draws.logNormal(1, 0.2),
        share: Math.max(0.1, share),
        gathers: post === 'registrar' && draws.chance(0.3),
        away: apart(leaveOf(draws, minutes), taken, count),
      }));
    }),
  );
}
