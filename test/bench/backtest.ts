// `npm run backtest`: the forecast against the demo year, day by day, each day from what was known on it. Weights and line come from
// the first six tenths of the days, the figures below from the rest. BACKTEST_SEED plays another year.
import { dayNumberOf, isWorkday } from '../../backend/modules/clock/index.ts';
import { judgedDays, scoreDays } from '../../backend/modules/supervision/forecast/back-test.ts';
import { FEATURES } from '../../backend/modules/supervision/forecast/outlook.ts';
import { f1Of, type Score } from '../../backend/modules/supervision/forecast/score.ts';
import { readCalendar, readRules, yearCourses } from './support/year-courses.ts';

const NOW = new Date('2026-11-27T18:00:00+08:00');
/** The first weeks only teach: nothing can be said of cases like this one before there were any. */
const WARM_UP_DAYS = 20;

const percent = (part: number | null) => (part === null ? '–' : `${(part * 100).toFixed(1)} %`);
const line = (name: string, score: Score) =>
  `${name.padEnd(46)} named ${String(score.named).padStart(5)}  precision ${percent(score.precision).padStart(7)}  ` +
  `recall ${percent(score.recall).padStart(7)}  F1 ${f1Of(score).toFixed(3)}  Brier ${score.brier?.toFixed(4)}\n`;
const say = (text: string) => process.stdout.write(text);

const calendar = readCalendar();
const rules = readRules(calendar);
const seed = process.env.BACKTEST_SEED;
const startedAt = performance.now();
const courses = await yearCourses(rules, { now: NOW, ...(seed ? { seed: Number(seed) } : {}) });
const simulated = performance.now();
const to = dayNumberOf(NOW);
let from = to - 365;
for (let left = WARM_UP_DAYS; left > 0; from += 1) if (isWorkday(calendar, from)) left -= 1;
const days = await judgedDays(courses, rules, { from, to });
const { ours, rivals, outlook, fitDays, testDays } = scoreDays(days);

say(`${courses.length} accepted cases; ${fitDays} days to learn from, ${testDays} days to be judged on\n`);
say(
  `promises that end by the next close: ${ours.cases}, broken ${ours.broken} (${percent(ours.broken / ours.cases)})\n\n`,
);
say(line('forecast', ours));
const NAMES = {
  dueAndNotLast: 'rule: due by the next close, not at the last step',
  lessThanMedian: 'rule: less time left than the median still needs',
};
for (const { name, score } of rivals) say(line(NAMES[name], score));
say(
  `\nweights ${FEATURES.map((name, place) => `${name} ${outlook.weights[place]?.toFixed(2)}`).join(', ')}; line ${outlook.line.toFixed(3)}\n`,
);
say(
  `year made in ${Math.round(simulated - startedAt)} ms, forecast in ${Math.round(performance.now() - simulated)} ms\n`,
);
const beaten = rivals.every(
  ({ score }) => f1Of(ours) > f1Of(score) && (ours.brier ?? 1) < (score.brier ?? 0),
);
say(
  beaten
    ? 'The forecast beats both rules of thumb, by F1 and by Brier score.\n'
    : 'The forecast does NOT beat both rules of thumb.\n',
);
process.exitCode = beaten ? 0 : 1;
