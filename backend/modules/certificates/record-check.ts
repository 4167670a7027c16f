import type { Collection } from 'mongodb';
import { LRUCache } from 'lru-cache';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { recordAccess, type AccessReference } from '../audit/index.ts';
import type { ElectronicPurpose } from './electronic/contract.ts';
import { certificates, type CertificateDocument, type CertificateKeyDocument } from './certificate.model.ts';

/** The word under which the look of another authority's system is recorded. */
export const systemWhy = (purpose: ElectronicPurpose): `system.${ElectronicPurpose}` => `system.${purpose}`;

/** What a check is for: the word in the holders' list of looks, and the numbers of the matter where a system gave some. */
export interface CheckReason {
  why?: string;
  reference?: AccessReference | undefined;
}

type Holders = Pick<CertificateDocument, '_id' | 'holderIndexes'>;

/** Whose a certificate is never changes, so a hit may be kept. */
const KEPT = 20_000;

const holdersOf = perPlatform((p: Platform) => {
  const find = gatherFinds(() => certificates(p).collection as unknown as Collection<Holders>, '_id', {
    holderIndexes: 1,
  });
  const kept = new LRUCache<string, string[]>({ max: KEPT });
  return async (certificateId: string): Promise<string[]> => {
    const known = kept.get(certificateId);
    if (known) return known;
    const holders = (await find(certificateId))?.holderIndexes ?? [];
    if (holders.length > 0) kept.set(certificateId, holders);
    return holders;
  };
});

/**
 * 核验 as a look at its holders' data (谁查过我): recorded before the answer, like any other. The ground is the
 * office's own duty to let its certificates be verified (国令716第10条, 个保法34). `actorId` is null for whoever is
 * not signed in. A miss tells nothing of anybody and is not recorded.
 */
export async function recordCheck(
  p: Platform,
  actorId: string | null,
  key: Pick<CertificateKeyDocument, 'certificateId' | 'unitCode'>,
  { why = 'verify', reference }: CheckReason = {},
): Promise<void> {
  await recordAccess(p, {
    actorId,
    subjectPersonIndexes: await holdersOf(p)(key.certificateId),
    what: ['certificateStatus'],
    target: { kind: 'certificate', id: key.certificateId },
    unitCodes: [key.unitCode],
    why,
    reference,
    basis: '在线政务服务规定10、个保法34',
  });
}
