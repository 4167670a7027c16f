import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { nameKey, type Actor } from '../accounts/index.ts';
import { foldAnyCertificateNo } from './certificate-number.ts';
import { conflictsOf } from './conflicts.ts';
import type { UnitCheckInput, UnitCheckView } from './contract.ts';
import { presentConflict, presentUnitSummary } from './present.ts';
import { findUnit } from './reads.ts';
import { holderIndexOf } from './seal.ts';
import { checkUnitCode, foldUnitCode } from './unit-code.ts';
import type { UnitDocument } from './unit.model.ts';
import { isLive, liveRight, ownsUnit } from './unit-state.ts';

const NOT_MATCHED: UnitCheckView = {
  matched: false,
  sentence: {
    zh: '没有查到，或者单元号与证号、权利人对不上。请对照证书逐字核对；为保护权利人，不说明是哪一项。',
    en: 'Nothing found, or the unit code does not fit the certificate number or owner. Check each against the certificate; which one differs is not told, to protect the owner.',
  },
  unit: null,
  conflicts: [],
};

/**
 * What a draft may know of a unit before anything is filed: nothing, unless the asker owns it or names a certificate
 * number or an owner that fits. Then its natural state, and what blocks the request today. The owner gets the full
 * sentences, others those without court, case or holder.
 */
export async function checkUnit(p: Platform, actor: Actor, input: UnitCheckInput): Promise<UnitCheckView> {
  const code = foldUnitCode(input.unitCode);
  // A malformed code costs one look-up as well, so that nothing can be told from the time taken.
  const unit = await findUnit(p, checkUnitCode(code) === null ? code : '');
  const holderIndex = holderIndexOf(p, actor);
  const own = unit !== null && holderIndex !== null && ownsUnit(unit, holderIndex);
  if (!unit || !(own || fits(unit, input))) return NOT_MATCHED;

  const on = legalDayOf(p.time.now());
  const conflicts = conflictsOf(unit, input.request, { on, caseId: null, conditionsMet: [] });
  const told = conflicts.map((conflict) => presentConflict(conflict, own));
  const blocked = told.some(({ verdict }) => verdict === 'refuse' || verdict === 'notApplicable');
  const sentence = blocked
    ? { zh: '查到了，但现在不能办这项业务。', en: 'Found, but this cannot be done now.' }
    : conflicts.length > 0
      ? { zh: '查到了，可以申请，请留意下面的提示。', en: 'Found. You can apply; mind the notes below.' }
      : { zh: '查到了，可以申请。', en: 'Found. You can apply.' };
  return {
    matched: true,
    sentence,
    unit: presentUnitSummary(unit, on),
    conflicts: told,
  };
}

function fits(unit: UnitDocument, { certificateNo, ownerName }: UnitCheckInput): boolean {
  const live = liveRight(unit);
  if (certificateNo !== undefined) {
    const folded = foldAnyCertificateNo(certificateNo);
    const numbers = [live, ...unit.encumbrances.filter(isLive)].map(
      (record) => record?.certificateNo ?? null,
    );
    // Whoever gives both must have both right.
    if (folded === null || !numbers.includes(folded)) return false;
    if (ownerName === undefined) return true;
  }
  if (ownerName === undefined) return false;
  const key = nameKey(ownerName);
  return live?.holders.some(({ name }) => nameKey(name) === key) ?? false;
}
