import type { Platform } from '../../platform/platform.ts';
import { checkCreditCode, checkName, checkResidentId, maskGivenNumber } from '../accounts/index.ts';
import { idIndexOf } from '../register/index.ts';
import { errors } from './errors.ts';
import type { QueryDocument } from './query.model.ts';

type Person = NonNullable<QueryDocument['person']>;

const contextOf = (queryId: string): string => `queries|${queryId}|person`;

/** Other documents (passports, permits) have numbers of many makes: letters and digits, folded. */
const OTHER = /^[A-Z0-9]{5,30}$/;

/**
 * The person or organisation that is asked about, sealed. Nothing is looked up: what the register has of them, if anything, leaves no trace here.
 * @param organisations false where only a human being can be meant: nobody inherits from a company
 * @throws query.personNeeded where name or number is none
 */
export function sealPerson(
  p: Platform,
  queryId: string,
  given: { name: string; idNumber: string },
  { organisations }: { organisations: boolean },
): Person {
  const name = checkName(given.name);
  const number = canonicalNumber(given.idNumber, organisations);
  if (!name.valid || number === null) {
    const pointer = name.valid ? '/person/idNumber' : '/person/name';
    return errors.fail('query.personNeeded', {}, [{ pointer, code: 'query.personNeeded' }]);
  }
  return {
    name: name.exact,
    idNumber: p.crypto.fields.encrypt(number, contextOf(queryId)),
    idIndex: idIndexOf(p, number),
  };
}

/** Null once it was erased. */
export const maskedNumberOf = (p: Platform, queryId: string, { idNumber }: Person): string | null =>
  idNumber ? maskGivenNumber(p.crypto.fields.decrypt(idNumber, contextOf(queryId))) : null;

function canonicalNumber(typed: string, organisations: boolean): string | null {
  const resident = checkResidentId(typed);
  if (resident.valid) return resident.canonical;
  const credit = checkCreditCode(typed);
  if (credit.valid) return organisations ? credit.canonical : null;
  const folded = typed.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase();
  // Eighteen digits that fail their own check are a slip, not another kind of document.
  return OTHER.test(folded) && folded.length !== 18 ? folded : null;
}
