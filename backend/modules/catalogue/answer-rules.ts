import type { ErrorParams } from '../../platform/errors.ts';
import { valueAt } from './conditions.ts';
import type { ANSWER_RULES, AnswerRule } from './contract.ts';

/** Rules between fields that JSON Schema cannot say. Pure; each answers null when it holds or cannot be judged yet. */

interface RuleInput {
  answers: Readonly<Record<string, unknown>>;
  rule: AnswerRule;
  /** Legal day on which the answers are judged. */
  today: string;
}

/** Where the rule is broken, with the parameters of its sentence. */
export interface RuleBreak {
  pointer: string;
  params: ErrorParams;
}

interface Share {
  numerator: number;
  denominator: number;
}

function shareOf(item: unknown): Share | null {
  const share = valueAt(item, '/share') as Partial<Share> | undefined;
  if (!share || !Number.isSafeInteger(share.numerator) || !Number.isSafeInteger(share.denominator))
    return null;
  return share.denominator === 0 ? null : (share as Share);
}

function listAt({ answers, rule }: RuleInput): unknown[] {
  const list = valueAt(answers, rule.field);
  return Array.isArray(list) ? list : [];
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** `90%` where the sum is whole percents, else the fraction itself. */
function wordsOfSum(numerator: bigint, denominator: bigint): string {
  const divisor = gcd(numerator, denominator);
  const [top, bottom] = [numerator / divisor, denominator / divisor];
  return (top * 100n) % bottom === 0n ? `${(top * 100n) / bottom}%` : `${top}/${bottom}`;
}

function sharesSumToOne(input: RuleInput): RuleBreak | null {
  const shares = listAt(input)
    .map(shareOf)
    .filter((share) => share !== null);
  if (shares.length === 0) return null;
  // Exact: thirds and sevenths never meet 1 in binary fractions.
  let numerator = 0n;
  let denominator = 1n;
  for (const share of shares) {
    const [top, bottom] = [BigInt(share.numerator), BigInt(share.denominator)];
    [numerator, denominator] = [numerator * bottom + top * denominator, denominator * bottom];
  }
  if (numerator === denominator) return null;
  return { pointer: input.rule.field, params: { sum: wordsOfSum(numerator, denominator) } };
}

/** 0 单独所有: one holder; 1 共同共有: several without shares; 2 按份共有: several, each with a share. */
function sharesMatchCoOwnership(input: RuleInput): RuleBreak | null {
  const kind = valueAt(input.answers, input.rule.other ?? '');
  const list = listAt(input);
  if (typeof kind !== 'string' || list.length === 0) return null;
  const withShare = list.filter((item) => shareOf(item) !== null).length;
  const right =
    kind === '0'
      ? list.length === 1 && (withShare === 0 || isWhole(shareOf(list[0])))
      : kind === '1'
        ? list.length > 1 && withShare === 0
        : kind === '2'
          ? list.length > 1 && withShare === list.length
          : true;
  return right ? null : { pointer: input.rule.field, params: {} };
}

function isWhole(share: Share | null): boolean {
  return share !== null && share.numerator === share.denominator;
}

function numberKey(item: unknown): string | null {
  const value = valueAt(item, '/idNumber');
  return typeof value === 'string' && value !== ''
    ? value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
    : null;
}

function distinctParties(input: RuleInput): RuleBreak | null {
  const other = input.rule.other === undefined ? [] : valueAt(input.answers, input.rule.other);
  const seen = new Set((Array.isArray(other) ? other : []).map(numberKey));
  for (const [place, item] of listAt(input).entries()) {
    const key = numberKey(item);
    if (key === null) continue;
    if (seen.has(key)) return { pointer: `${input.rule.field}/${place}/idNumber`, params: {} };
    seen.add(key);
  }
  return null;
}

function text(source: unknown, pointer: string | undefined): string | null {
  const value = pointer === undefined ? undefined : valueAt(source, pointer);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Legal days compare as text. */
function notBefore({ answers, rule }: RuleInput): RuleBreak | null {
  const [later, earlier] = [text(answers, rule.field), text(answers, rule.other)];
  return later !== null && earlier !== null && later < earlier ? { pointer: rule.field, params: {} } : null;
}

function withinYears({ answers, rule }: RuleInput): RuleBreak | null {
  const [end, start] = [text(answers, rule.field), text(answers, rule.other)];
  if (end === null || start === null || rule.years === undefined) return null;
  const last = `${String(Number(start.slice(0, 4)) + rule.years).padStart(4, '0')}${start.slice(4)}`;
  return end > last ? { pointer: rule.field, params: { years: rule.years } } : null;
}

function notInFuture({ answers, rule, today }: RuleInput): RuleBreak | null {
  const day = text(answers, rule.field);
  return day !== null && day > today ? { pointer: rule.field, params: { today } } : null;
}

function differs({ answers, rule }: RuleInput): RuleBreak | null {
  const [value, other] = [text(answers, rule.field), text(answers, rule.other)];
  return value !== null && value.trim() === other?.trim() ? { pointer: rule.field, params: {} } : null;
}

const RULES = {
  sharesSumToOne,
  sharesMatchCoOwnership,
  distinctParties,
  notBefore,
  withinYears,
  notInFuture,
  differs,
} satisfies Record<(typeof ANSWER_RULES)[number], (input: RuleInput) => RuleBreak | null>;

export function checkRule(input: RuleInput): RuleBreak | null {
  return RULES[input.rule.rule](input);
}
