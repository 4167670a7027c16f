import type { Actor } from '../accounts/index.ts';
import type { AskQuery } from './contract/ask.ts';
import { errors } from './errors.ts';
import { askingAs, missingPapers, needsWords, QUERY_RULES, type QueryRule } from './policy.ts';
import type { Evidence } from './vocabulary.ts';
import { evidenceWords } from './wording.ts';

/** Shortest sentence that can say a purpose. */
const LEAST_WORDS = 4;

/**
 * Whether what is asked is whole and open to the asker, before anything is looked up.
 * @throws query.kindNotYours, query.promiseNeeded, query.purposeNotFitting, query.purposeTextNeeded, query.targetInvalid,
 * query.personNeeded, query.nameNeeded, query.evidenceMissing
 */
export function checkAsk(actor: Pick<Actor, 'kind' | 'organisation'>, input: AskQuery): QueryRule {
  const rule = QUERY_RULES[input.kind];
  const asking = askingAs(actor);
  if (asking === null || !rule.who.includes(asking)) errors.fail('query.kindNotYours');
  if (!input.promised) errors.fail('query.promiseNeeded', {}, [at('/promised', 'query.promiseNeeded')]);
  if (!rule.purposes.includes(input.purpose))
    errors.fail('query.purposeNotFitting', {}, [at('/purpose', 'query.purposeNotFitting')]);
  const said = [...(input.purposeText ?? '').trim()].length;
  if (said < LEAST_WORDS && (needsWords(input.purpose) || said > 0))
    errors.fail('query.purposeTextNeeded', {}, [at('/purposeText', 'query.purposeTextNeeded')]);
  if (rule.target === 'unit' && !input.hit && !input.target?.trim())
    errors.fail('query.targetInvalid', {}, [at('/target', 'query.targetInvalid')]);
  if (rule.target === 'person' && !input.person)
    errors.fail('query.personNeeded', {}, [at('/person', 'query.personNeeded')]);
  if (input.kind === 'lawyer' && !input.claimedName?.trim())
    errors.fail('query.nameNeeded', {}, [at('/claimedName', 'query.nameNeeded')]);
  const given = (input.evidence ?? []).map(({ code }) => code);
  demandPapers(input, given);
  return rule;
}

/** @throws query.evidenceMissing with what is missing, in words */
export function demandPapers(
  { kind, purpose }: Pick<AskQuery, 'kind' | 'purpose'>,
  given: readonly Evidence[],
): void {
  const missing = missingPapers(kind, purpose, given);
  if (missing.length === 0) return;
  const what = evidenceWords(missing);
  errors.fail('query.evidenceMissing', { what }, [
    { ...at('/evidence', 'query.evidenceMissing'), params: { what } },
  ]);
}

const at = (pointer: string, code: string) => ({ pointer, code });
