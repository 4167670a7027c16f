import { chanceOf, fitLogistic, type Example } from './logistic.ts';
import type { Standing } from './standing.ts';

/**
 * 超期预测: how likely an open case is to break its promise. Two looks are put together, in weights that the bureau's own last weeks give:
 * how the cases alike went on from the same point (type, step, minutes in it), and what the queue in front needs at the pace of the last
 * ten working days. A line is drawn where, on those weeks, the list would have been right most often for what it caught (F1).
 */

export const FEATURES = ['base', 'alike', 'queue', 'pressure', 'last step'] as const;

export function featuresOf(one: Standing): number[] {
  const share = (one.longer + 0.5) / (one.alike + 1);
  return [
    1,
    Math.log(share / (1 - share)),
    Math.log((one.need + 15) / (one.margin + 15)),
    Math.log(0.05 + one.waiting / Math.max(one.perDay, 0.1)),
    one.lastStep ? 1 : 0,
  ];
}

export interface Outlook {
  weights: readonly number[];
  /** At this chance or above a case is on the list. */
  line: number;
  /** Forecasts of past days that the weights were drawn from. */
  examples: number;
}

export interface Judged {
  standing: Standing;
  broken: boolean;
}

/** The line that catches most for what it names wrongly. */
export function bestLine(judged: readonly { chance: number; broken: boolean }[]): number {
  const all = [...judged].sort((a, b) => b.chance - a.chance);
  const broken = all.filter((one) => one.broken).length;
  let line = 0.5;
  let best = -1;
  let caught = 0;
  all.forEach(({ chance, broken: late }, place) => {
    if (late) caught += 1;
    if (all[place + 1]?.chance === chance) return;
    const score = (2 * caught) / (place + 1 + Math.max(1, broken));
    if (score > best) [best, line] = [score, chance];
  });
  return line;
}

/** Weights and line from forecasts whose outcome is known. */
export function fitOutlook(judged: readonly Judged[]): Outlook {
  const examples = judged.map(({ standing, broken }): Example => ({
    features: featuresOf(standing),
    outcome: broken,
  }));
  const weights = fitLogistic(examples, FEATURES.length);
  const chances = examples.map(({ features, outcome }) => ({
    chance: chanceOf(weights, features),
    broken: outcome,
  }));
  return { weights, line: bestLine(chances), examples: examples.length };
}

export const chanceOfBreach = ({ weights }: Pick<Outlook, 'weights'>, standing: Standing): number =>
  chanceOf(weights, featuresOf(standing));
