import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument, CaseParty } from './application.model.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { Examination } from './examine.ts';
import { buildFiling, sealFiling, type SealedFiling } from './filing.ts';
import { sealParties } from './parties.ts';

/** What would be filed if it were filed now, and the hash that everybody signs. */
export function filingOf(
  p: Platform,
  doc: Pick<ApplicationDocument, '_id' | 'materials' | 'unitCodes'>,
  type: BusinessType,
  { answers, parties }: Pick<Examination, 'answers' | 'parties'>,
): SealedFiling {
  return sealFiling(
    buildFiling({
      caseId: doc._id,
      type,
      unitCodes: doc.unitCodes,
      answers,
      parties,
      materials: doc.materials,
      fingerprint: (purpose, value) => p.crypto.index.of(purpose, value),
    }),
  );
}

/** The parties as they will be stored, those whose signature is of another filing marked void. */
export function currentParties(
  p: Platform,
  doc: ApplicationDocument,
  { parties }: Pick<Examination, 'parties'>,
  hash: string,
): CaseParty[] {
  return sealParties(p, doc._id, parties, doc.parties).map((party) =>
    party.consent.state === 'signed' && party.consent.hash !== hash
      ? { ...party, consent: { ...party.consent, state: 'void' as const, hash: null } }
      : party,
  );
}
