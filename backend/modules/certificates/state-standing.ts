import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { signUnderLog } from '../ledger/index.ts';
import { findUnitStanding, restrictionsOf, settleUnit } from '../register/index.ts';
import type { CertificateKeyDocument } from './certificate.model.ts';
import { findCancelledByOffice } from './electronic/ended.ts';
import { certificateEntryId } from './leaf.ts';
import { LIMITS, standingText, type Standing } from './offline/statement.ts';
import { standingOf } from './standing.ts';

type Certified = Pick<CertificateKeyDocument, 'certificateId' | 'number' | 'subjectId' | 'unitCode'>;

export interface StatedStanding {
  said: Standing;
  /** Signed by the key of the log. */
  note: string;
}

/**
 * 状态证明: what the register says of a certificate now, signed, as of this instant and the newest signed head. Null where the register does
 * not hold its unit, or the log has no head yet.
 */
export async function stateStanding(p: Platform, certified: Certified): Promise<StatedStanding | null> {
  const { certificateId, unitCode } = certified;
  const stated: { said?: Standing } = {};
  // The head is read first: whatever it holds was in the unit before.
  const note = await signUnderLog(p, async (origin, size) => {
    const unit = await findUnitStanding(p, unitCode);
    if (!unit) return null;
    const now = p.time.now();
    const on = legalDayOf(now);
    const registered = standingOf(unit, certified, on);
    const ended = await findCancelledByOffice(p, certificateId);
    // It is the electronic form that carries and asks for a statement.
    const { status, changedOn } =
      ended && registered.status === 'valid'
        ? { status: 'cancelled' as const, changedOn: legalDayOf(ended) }
        : registered;
    const flags = restrictionsOf(settleUnit(unit, on), on);
    stated.said = {
      entryId: certificateEntryId(certificateId),
      status,
      changedOn,
      limits: status === 'valid' ? LIMITS.filter((limit) => flags[limit]) : [],
      at: now.toISOString(),
      size,
    };
    return standingText(origin, stated.said);
  });
  return note === null || !stated.said ? null : { note, said: stated.said };
}
