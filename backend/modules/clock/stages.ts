import type { Calendar } from './calendar.ts';
import type { Limit } from './contract.ts';
import { computeDue } from './counting.ts';
import { toLegalDay } from './days.ts';
import { mergePauses, type Pause } from './pauses.ts';

export interface StageShare {
  key: string;
  budgetShare: { numerator: number; denominator: number };
}

export interface StageDue {
  key: string;
  /** Null while a pause without end comes before. */
  dueOn: string | null;
  dueAt: Date | null;
}

/** Days that the promise grew by, and the stage that had the case when this was approved. */
export interface StageExtension {
  stage: string;
  days: number;
}

interface StageInput {
  limit: Limit;
  stages: readonly StageShare[];
  acceptedAt: Date;
  pauses: readonly Pause[];
  extensions: readonly StageExtension[];
}

/**
 * Each stage's own limit inside the promise (浙江省不动产登记工作规则第三十五条): stage k is due when the running time
 * reaches the sum of the shares up to k, rounded up to a whole unit, so the last one is due with the promise itself. An
 * extension goes to the stage that needed it and moves those behind it; what came before keeps its day.
 */
export function stageDeadlines(
  calendar: Calendar,
  { limit, stages, acceptedAt, pauses, extensions }: StageInput,
): StageDue[] {
  const merged = mergePauses(pauses);
  // Over one common denominator: 1/3 + 1/3 + 1/3 must be exactly 1.
  const denominator = stages.reduce((product, { budgetShare }) => lcm(product, budgetShare.denominator), 1);
  let sum = 0;
  let extraDays = 0;
  return stages.map(({ key, budgetShare }) => {
    sum += budgetShare.numerator * (denominator / budgetShare.denominator);
    for (const { stage, days } of extensions) if (stage === key) extraDays += days;
    const amount = Math.ceil((limit.amount * sum) / denominator);
    if (amount === 0) return { key, dueOn: null, dueAt: null };
    const due = computeDue({
      calendar,
      limit: { ...limit, amount },
      acceptedAt,
      pauses: merged,
      extraDays,
    });
    return { key, dueOn: due.day === null ? null : toLegalDay(due.day), dueAt: due.at };
  });
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
