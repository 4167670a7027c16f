import type { Problem } from '../../platform/errors.ts';
import { checkRule } from './answer-rules.ts';
import { WRAPPERS, wordsOf } from './answer-words.ts';
import type { BusinessType } from './contract.ts';
import { validatorOf } from './form-validator.ts';

export interface ValidateOptions {
  /** Legal day on which the answers are judged. */
  today: string;
  /** Put before each pointer, `/answers` for a body that carries them there. Default none. */
  prefix?: string;
  /** A draft: what is not filled in yet is no problem, what is filled in wrongly is. */
  draft?: boolean;
}

type CheckedType = Pick<BusinessType, 'form' | 'rules'>;

/** A form sends '' and null for what nobody filled in; both mean no answer. */
function withoutBlanks(value: unknown, depth = 0): unknown {
  if (depth > 20) return value;
  if (Array.isArray(value)) return value.map((item) => withoutBlanks(item, depth + 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== '' && child !== null)
      .map(([key, child]) => [key, withoutBlanks(child, depth + 1)]),
  );
}

/** Problems of one field at most once, and nothing about a list's items where an item itself is missing. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
}

const MISSING = new Set(['required', 'minItems', 'const']);

/**
 * Everything wrong with the answers to a type's form, at once, each at its JSON pointer with a sentence in both
 * languages. Empty: the answers may be submitted as far as the form is concerned.
 */
export function validateAnswers(type: CheckedType, answers: unknown, options: ValidateOptions): Problem[] {
  const { today, prefix = '', draft = false } = options;
  const clean = withoutBlanks(answers);
  const validate = validatorOf(type);
  const problems: Problem[] = [];
  if (!validate(clean)) {
    for (const error of validate.errors ?? []) {
      if (WRAPPERS.has(error.keyword) || (draft && MISSING.has(error.keyword))) continue;
      const { pointer, sentence } = wordsOf(type.form, error);
      problems.push({ pointer: prefix + pointer, code: 'catalogue.answer_wrong', sentence });
    }
  }
  if (clean === null || typeof clean !== 'object' || Array.isArray(clean)) return unique(problems);
  for (const rule of type.rules) {
    const broken = checkRule({ answers: clean as Record<string, unknown>, rule, today });
    if (!broken) continue;
    const { pointer, params } = broken;
    problems.push({
      pointer: prefix + pointer,
      code: 'catalogue.answer_wrong',
      sentence: rule.message,
      params,
    });
  }
  return unique(problems);
}
