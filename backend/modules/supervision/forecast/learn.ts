import type { Platform } from '../../../platform/platform.ts';
import { judgedDays, lastCloseBefore, scoreDays, type BackTest } from './back-test.ts';
import type { Breathe } from './breathe.ts';
import type { Rules } from './course.ts';
import { loadEnded, type OpenCase } from './load-courses.ts';
import { fitOutlook, type Outlook } from './outlook.ts';
import { pastOf, type Past } from './past.ts';
import { workingTime } from './working-time.ts';

const DAY_MS = 86_400_000;
/** Calendar days looked back: the days that are forecast again, and before each of them the weeks that teach. */
const LOOK_BACK_DAYS = 126;
const JUDGED_DAYS = 63;
/** What the weeks teach hardly changes in an hour. */
const LEARNT_MS = 3_600_000;
/** With fewer known breaches nothing can be learnt: then the likeness alone speaks, in its own odds. */
const FEWEST_BROKEN = 20;
const PLAIN: Outlook = { weights: [0, 1, 0, 0, 0], line: 0.5, examples: 0 };

interface Learnt {
  at: number;
  rules: Rules;
  past: Past;
  outlook: Outlook;
  backTest: Omit<BackTest, 'outlook'> | null;
}

const memory = new WeakMap<object, Learnt>();

/** The past days forecast again and judged, and weights from all of them for the days to come. */
async function learn(
  p: Platform,
  open: readonly OpenCase[],
  rules: Rules,
  breathe: Breathe,
): Promise<Learnt> {
  const now = p.time.now().getTime();
  const ended = await loadEnded(p, new Date(now - LOOK_BACK_DAYS * DAY_MS), breathe);
  const courses = [...ended, ...open.map(({ course }) => course)];
  const to = lastCloseBefore(rules, now);
  const days = await judgedDays(courses, rules, { from: to - JUDGED_DAYS, to, breathe });
  const all = days.flatMap(({ judged }) => judged);
  const enough = all.filter(({ broken }) => broken).length >= FEWEST_BROKEN;
  const { outlook: _first, ...backTest } = scoreDays(days);
  return {
    at: now,
    rules,
    past: await pastOf(courses, workingTime(rules.calendar), breathe),
    outlook: enough ? fitOutlook(all) : PLAIN,
    backTest: enough ? backTest : null,
  };
}

/** What the last weeks teach, learnt at most once an hour and again under another calendar. */
export async function learnt(
  p: Platform,
  open: readonly OpenCase[],
  rules: Rules,
  breathe: Breathe,
): Promise<Learnt> {
  const key = p.database.connection;
  const known = memory.get(key);
  const fresh = known && Math.abs(p.time.now().getTime() - known.at) < LEARNT_MS;
  if (fresh && known.rules.calendar.version === rules.calendar.version) return known;
  const made = await learn(p, open, rules, breathe);
  memory.set(key, made);
  return made;
}
