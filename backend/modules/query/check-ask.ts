import type { Actor } from '../accounts/index.ts';
import type { AskQuery } from './contract/ask.ts';
import { errors } from './errors.ts';
import { foldSpaces, readable } from './offline/quoted.ts';
import {
  askingAs,
  missingPapers,
  needsClaimedName,
  needsWords,
  optionalPapers,
  QUERY_RULES,
  type QueryRule,
} from './policy.ts';
import type { Evidence, Purpose } from './vocabulary.ts';
import { evidenceWords } from './wording.ts';

/** Shortest sentence that can say a purpose. */
const LEAST_WORDS = 4;
/** Of a 文号, in letters and digits that can be read at least, in characters at most: one is a slip of the pen, and longer ones name several letters. */
const LETTER_LENGTH = { least: 2, most: 60 } as const;

/** Whoever asks about their own and says nothing wants to know it. */
export const purposeOf = ({ purpose }: Pick<AskQuery, 'purpose'>): Purpose => purpose ?? 'ownRecords';

/** As it is kept, printed and shown. */
export const letterOf = ({ letterNo }: Pick<AskQuery, 'letterNo'>): string => foldSpaces(letterNo ?? '');

/**
 * Whether what is asked is whole and open to the asker, before anything is looked up.
 * @throws query.kindNotYours, query.promiseNeeded, query.purposeNeeded, query.purposeNotFitting, query.purposeTextNeeded,
 * query.letterNoNeeded, and what `checkNamed`, `demandPapers` throw
 */
export function checkAsk(actor: Pick<Actor, 'kind' | 'organisation'>, input: AskQuery): QueryRule {
  const rule = QUERY_RULES[input.kind];
  const asking = askingAs(actor);
  if (asking === null || !rule.who.includes(asking)) errors.fail('query.kindNotYours');
  // Only a state organ's duty can be hindered by telling (个人信息保护法 35).
  if (input.notice && rule.relation !== 'stateOrgan') errors.fail('query.kindNotYours');
  if (!rule.own && !input.promised)
    errors.fail('query.promiseNeeded', {}, [at('/promised', 'query.promiseNeeded')]);
  if (!rule.own && input.purpose === undefined)
    errors.fail('query.purposeNeeded', {}, [at('/purpose', 'query.purposeNeeded')]);
  const purpose = purposeOf(input);
  if (!rule.purposes.includes(purpose))
    errors.fail('query.purposeNotFitting', {}, [at('/purpose', 'query.purposeNotFitting')]);
  const said = [...(input.purposeText ?? '').trim()].length;
  if (said < LEAST_WORDS && ((!rule.own && needsWords(purpose)) || said > 0))
    errors.fail('query.purposeTextNeeded', {}, [at('/purposeText', 'query.purposeTextNeeded')]);
  checkNamed(rule, input);
  const letter = letterOf(input);
  const fits = readable(letter) >= LETTER_LENGTH.least && [...letter].length <= LETTER_LENGTH.most;
  if (rule.relation === 'stateOrgan' && !fits)
    errors.fail('query.letterNoNeeded', {}, [at('/letterNo', 'query.letterNoNeeded')]);
  demandPapers(
    input,
    (input.evidence ?? []).map(({ code }) => code),
  );
  return rule;
}

const namesUnit = ({ hit, target }: AskQuery): boolean => Boolean(hit) || Boolean(target?.trim());

/**
 * Whether what is asked about is named, and for whom a lawyer asks.
 * @throws query.targetInvalid, query.personNeeded, query.targetOrPerson, query.clientNeeded
 */
function checkNamed({ target }: QueryRule, input: AskQuery): void {
  if (target === 'unit' && !namesUnit(input))
    errors.fail('query.targetInvalid', {}, [at('/target', 'query.targetInvalid')]);
  if (target === 'person' && !input.person)
    errors.fail('query.personNeeded', {}, [at('/person', 'query.personNeeded')]);
  if (target === 'unitOrPerson' && namesUnit(input) === (input.person !== undefined))
    errors.fail('query.targetOrPerson', {}, [at('/target', 'query.targetOrPerson')]);
  if (input.kind === 'lawyer' && readable(input.client ?? '') === 0)
    errors.fail('query.clientNeeded', {}, [at('/client', 'query.clientNeeded')]);
}

/**
 * What follows from the papers: by what is said at first, by what was uploaded once that is known.
 * @throws query.orderNotFitting, query.nameNeeded, query.evidenceMissing with what is missing, in words
 */
export function demandPapers(
  input: Pick<AskQuery, 'kind' | 'purpose' | 'claimedName'>,
  given: readonly Evidence[],
): void {
  const { kind } = input;
  const purpose = purposeOf(input);
  // An order that would open nothing is told at once: whoever hands it in expects more than they would get.
  if (
    kind === 'lawyer' &&
    given.includes('inquiryOrder') &&
    !optionalPapers(kind, purpose).includes('inquiryOrder')
  )
    errors.fail('query.orderNotFitting', {}, [at('/purpose', 'query.orderNotFitting')]);
  if (needsClaimedName(kind, given) && readable(input.claimedName ?? '') === 0)
    errors.fail('query.nameNeeded', {}, [at('/claimedName', 'query.nameNeeded')]);
  const missing = missingPapers(kind, purpose, given);
  if (missing.length === 0) return;
  const what = evidenceWords(missing);
  errors.fail('query.evidenceMissing', { what }, [
    { ...at('/evidence', 'query.evidenceMissing'), params: { what } },
  ]);
}

const at = (pointer: string, code: string) => ({ pointer, code });
