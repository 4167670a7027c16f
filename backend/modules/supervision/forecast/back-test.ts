import { closeOf, dayNumberOf, isWorkday, nthWorkdayAfter } from '../../clock/index.ts';
import type { Breathe } from './breathe.ts';
import { brokenAt, type Course, type Rules } from './course.ts';
import { chanceOfBreach, fitOutlook, type Judged, type Outlook } from './outlook.ts';
import { pastOf } from './past.ts';
import { scoreOf, type Score } from './score.ts';
import { standingsAt, type Standing } from './standing.ts';
import { workingTime } from './working-time.ts';

/**
 * The past, forecast day by day: at each close, which promises that end by the next close will be broken, from nothing but what was
 * known at that close. The first days give weights and line; the score is of the later days alone.
 */

/** One rule of thumb to be better than: what it names, and the chance that its own first days gave to what it names and to the rest. */
export interface Rival {
  name: 'dueAndNotLast' | 'lessThanMedian';
  score: Score;
}

export interface BackTest {
  fitDays: number;
  testDays: number;
  ours: Score;
  rivals: Rival[];
  outlook: Outlook;
}

interface Day {
  day: number;
  judged: Judged[];
}

export const RULES_OF_THUMB: Readonly<Record<Rival['name'], (one: Standing) => boolean>> = {
  dueAndNotLast: ({ lastStep }) => !lastStep,
  lessThanMedian: ({ margin, medianLeft }) => margin < medianLeft,
};

/** Forecasts of the days from `from` to `to`, each with what came of it. Outcomes not known by the close of `to` are left out. */
export async function judgedDays(
  courses: readonly Course[],
  rules: Rules,
  { from, to, breathe }: { from: number; to: number; breathe?: Breathe },
): Promise<Day[]> {
  const { calendar } = rules;
  const time = workingTime(calendar);
  const past = await pastOf(courses, time, breathe);
  const end = closeOf(calendar, to).getTime();
  const days: Day[] = [];
  for (let day = from; day <= to; day += 1) {
    if (!isWorkday(calendar, day)) continue;
    const at = closeOf(calendar, day).getTime();
    const horizon = closeOf(calendar, nthWorkdayAfter(calendar, day, 1)).getTime();
    const standings = await standingsAt(courses, at, rules, { past, time, ...(breathe ? { breathe } : {}) });
    const judged = standings.flatMap((standing): Judged[] => {
      const { due, id } = standing;
      if (due === null || due <= at || due > horizon || due > end) return [];
      const course = byId(courses).get(id);
      return course ? [{ standing, broken: brokenAt(course, due, at) }] : [];
    });
    days.push({ day, judged });
  }
  return days;
}

const indexes = new WeakMap<readonly Course[], ReadonlyMap<string, Course>>();
function byId(courses: readonly Course[]): ReadonlyMap<string, Course> {
  const known = indexes.get(courses);
  if (known) return known;
  const made = new Map(courses.map((course) => [course.id, course]));
  indexes.set(courses, made);
  return made;
}

function rivalOf(name: Rival['name'], fit: readonly Judged[], test: readonly Judged[]): Rival {
  const names = RULES_OF_THUMB[name];
  const rate = (list: readonly Judged[]) =>
    list.length === 0 ? 0 : list.filter(({ broken }) => broken).length / list.length;
  const yes = rate(fit.filter(({ standing }) => names(standing)));
  const no = rate(fit.filter(({ standing }) => !names(standing)));
  return {
    name,
    score: scoreOf(
      test.map(({ standing, broken }) => {
        const named = names(standing);
        return { named, chance: named ? yes : no, broken };
      }),
    ),
  };
}

/** Weights and line from the first part of the days, scores from the rest. */
export function scoreDays(days: readonly Day[], fitPart = 0.6): BackTest {
  const cut = Math.floor(days.length * fitPart);
  const fit = days.slice(0, cut).flatMap(({ judged }) => judged);
  const test = days.slice(cut).flatMap(({ judged }) => judged);
  const outlook = fitOutlook(fit);
  const ours = scoreOf(
    test.map(({ standing, broken }) => {
      const chance = chanceOfBreach(outlook, standing);
      return { named: chance >= outlook.line, chance, broken };
    }),
  );
  const names = Object.keys(RULES_OF_THUMB) as Rival['name'][];
  return {
    fitDays: cut,
    testDays: days.length - cut,
    ours,
    rivals: names.map((name) => rivalOf(name, fit, test)),
    outlook,
  };
}

export const lastCloseBefore = (rules: Rules, at: number): number => {
  let day = dayNumberOf(new Date(at));
  while (!isWorkday(rules.calendar, day) || closeOf(rules.calendar, day).getTime() > at) day -= 1;
  return day;
};
