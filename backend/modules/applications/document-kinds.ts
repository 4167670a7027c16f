import type { Problem } from '../../platform/errors.ts';
import { checkResidentId } from '../accounts/index.ts';
import { partyPointer, type PartyDraft } from './parties.ts';

/** 居民身份证, in the dictionary of kinds of documents. */
const RESIDENT_CARD = '1';

/** 港澳台居民居住证 have numbers of the same make, under regions of their own. */
const RESIDENCE_PERMIT = /^8[123]/;

/**
 * A resident is named by the resident's card (条例16; 民法典17, 35): the same number under another kind of document would be in the
 * register what it is not. And whoever has none cannot sign online yet, as accounts are opened by that card; it is said
 * at once, or everybody would wait for a signature that cannot come. Pure.
 */
export function documentProblems(parties: readonly PartyDraft[]): Problem[] {
  return parties.flatMap((party) => {
    const { kind, idKind, idNumber, answerKey, signs, former } = party;
    if (kind !== 'person' || idKind === RESIDENT_CARD || idKind === '' || idNumber === '') return [];
    if (answerKey === '' || former) return [];
    const pointer = partyPointer(party, 'idKind');
    if (checkResidentId(idNumber).valid)
      return RESIDENCE_PERMIT.test(idNumber) ? [] : [{ pointer, code: 'applications.id_kind_differs' }];
    return signs ? [{ pointer, code: 'applications.party_needs_counter' }] : [];
  });
}
