import type { Platform } from '../../../platform/platform.ts';
import { findAccountByPersonIndex } from '../../accounts/index.ts';
import type { CertificateHolding } from '../../certificates/index.ts';
import type { UnitDocument } from '../../register/index.ts';
import { accountsOf } from './owners.ts';

/**
 * The accounts of those whom a certificate names, as the register knows them: owners of a 证书, and of a 登记证明 who holds the mortgage,
 * pre-notice and so on, organisations by all their members. Also of a right that has ended, which is when they are told.
 */
export async function findCertificateHolders(
  p: Platform,
  unit: UnitDocument,
  { subjectId, holderIndexes }: Pick<CertificateHolding, 'subjectId' | 'holderIndexes'>,
): Promise<string[]> {
  const subject = [...unit.rights, ...unit.encumbrances].find(({ id }) => id === subjectId);
  const named = (subject?.holders ?? []).map((holder) => accountsOf(p, unit._id, holder));
  // Under the number that the certificate was made with, where the register has another by now.
  const before = holderIndexes.map((index) => findAccountByPersonIndex(p, index));
  const found = [...(await Promise.all(named)).flat(), ...(await Promise.all(before))];
  return [...new Set(found.flatMap((one) => (one === null ? [] : [one.accountId])))];
}
