import { legalDayOf } from '../../platform/time.ts';
import { isLive, settleUnit, type UnitStanding } from '../register/index.ts';
import type { CertificateStatus } from './certificate.model.ts';

export interface Standing {
  status: CertificateStatus;
  /** Legal day on which it ceased to be valid. */
  changedOn: string | null;
}

/**
 * Whether what a certificate certifies still stands in the register on a day: superseded when a newer right took its
 * place (转移、更名), cancelled when it ended (注销、到期).
 */
export function standingOf(
  stored: UnitStanding,
  certificate: { number: string; subjectId: string },
  on: string,
): Standing {
  const unit = settleUnit(stored, on);
  const right = unit.rights.find(({ id }) => id === certificate.subjectId);
  if (right) {
    const valid = right.status === 'current' && right.certificateNo === certificate.number;
    if (valid) return { status: 'valid', changedOn: null };
    const replaced = unit.status === 'active' && unit.rights.some(({ status }) => status === 'current');
    return { status: replaced ? 'superseded' : 'cancelled', changedOn: dayOf(right.closedAt) };
  }
  const encumbrance = unit.encumbrances.find(({ id }) => id === certificate.subjectId);
  if (encumbrance && isLive(encumbrance)) return { status: 'valid', changedOn: null };
  return { status: 'cancelled', changedOn: dayOf(encumbrance?.closedAt ?? null) };
}

function dayOf(at: Date | null): string | null {
  return at && legalDayOf(at);
}
