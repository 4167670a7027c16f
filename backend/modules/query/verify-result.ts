import type { Platform } from '../../platform/platform.ts';
import { maskName } from '../accounts/index.ts';
import { findUnitsByCodes, recordedRevision } from '../register/index.ts';
import type { ResultVerification } from './contract/views.ts';
import { tokenKeyOf } from './make-result.ts';
import { readSigned } from './print-result.ts';
import { findByTokenKey } from './reads.ts';

/**
 * 核验 of a result by the token of its QR: what is needed to compare the paper with, and no more. Whether somebody who owned nothing
 * has bought since is not told: that would be a new query of theirs, by whoever holds an old paper.
 */
export async function verifyResult(p: Platform, token: string): Promise<ResultVerification> {
  const query = await findByTokenKey(p, tokenKeyOf(p, token));
  const checkedAt = p.time.now().toISOString();
  if (!query?.result) return { verdict: 'noMatch', checkedAt, ...NOTHING };
  const { result } = query;
  const record = readSigned(p, result);
  return {
    verdict: 'genuine',
    checkedAt,
    kind: result.kind,
    no: result.no,
    at: record.at,
    askerMasked: record.asker.organisation ?? maskName(record.asker.name),
    unitCodes: record.units.map(({ codeGrouped }) => codeGrouped),
    changedSince: await hasChanged(p, result.revisions),
  };
}

const NOTHING = { kind: null, no: null, at: null, askerMasked: null, unitCodes: null, changedSince: null };

/** By what was recorded since, and nothing else: an order that was served only, or a case that is under review, is not told (个保法35). */
async function hasChanged(
  p: Platform,
  revisions: readonly { unitCode: string; revision: number }[],
): Promise<boolean | null> {
  if (revisions.length === 0) return null;
  const units = await findUnitsByCodes(
    p,
    revisions.map(({ unitCode }) => unitCode),
  );
  return revisions.some(({ unitCode, revision }) => {
    const unit = units.find(({ _id }) => _id === unitCode);
    return !unit || recordedRevision(unit) > revision;
  });
}
