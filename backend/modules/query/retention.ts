import { readReferenceFolder } from '../catalogue/index.ts';
import type { RetentionRule } from './kept-until.ts';

let known: Promise<RetentionRule> | null = null;

/** How long papers and answers are kept: data of the deployment with its reasons (`seeds/reference/query/retention.json`). Read once a process. */
export function retentionRule(): Promise<RetentionRule> {
  known ??= readReferenceFolder('query').then((files) => {
    const file = files.find(({ name }) => name === 'retention.json');
    if (!file)
      throw new Error('seeds/reference/query/retention.json is missing: it says how long papers are kept');
    return checkRule(JSON.parse(file.text) as RetentionRule);
  });
  return known;
}

/** A slip here would erase what is still needed, so that nothing is erased by a rule that does not say both. */
export function checkRule({ withdrawnDays, decidedYears }: RetentionRule): RetentionRule {
  if (![withdrawnDays, decidedYears].every((n) => Number.isInteger(n) && n > 0))
    throw new Error(
      'seeds/reference/query/retention.json: withdrawnDays and decidedYears are whole numbers above 0',
    );
  return { withdrawnDays, decidedYears };
}
