import type { Platform } from '../../platform/platform.ts';
import { findUnitCodeOfCertificate } from '../certificates/index.ts';
import {
  checkUnitCode,
  findUnit,
  foldAnyCertificateNo,
  foldUnitCode,
  openAddressHit,
  type UnitDocument,
} from '../register/index.ts';
import { errors } from './errors.ts';

export interface Target {
  /** As the register writes it. */
  text: string;
  unit: UnitDocument;
}

/** What somebody names a unit by: what they typed, or what they chose of a search by address. */
export interface Named {
  target?: string | undefined;
  hit?: string | undefined;
}

/**
 * The unit that a certificate number, a unit code or an address names (查询办法15, 24). Null: there is none.
 * @throws query.targetInvalid for what is none of them, register.addressHitGone for an address that was chosen too long ago
 */
export async function findTarget(
  p: Platform,
  accountId: string,
  { target, hit }: Named,
): Promise<Target | null> {
  if (hit !== undefined) {
    const unit = await findUnit(p, openAddressHit(p, accountId, hit));
    return unit && { text: unit.address, unit };
  }
  const typed = target ?? '';
  const code = foldUnitCode(typed);
  if (checkUnitCode(code) === null) return named(code, await findUnit(p, code));
  const number = foldAnyCertificateNo(typed);
  if (number === null) return errors.fail('query.targetInvalid');
  const unitCode = await findUnitCodeOfCertificate(p, number);
  return named(number, unitCode === null ? null : await findUnit(p, unitCode));
}

const named = (text: string, unit: UnitDocument | null): Target | null => unit && { text, unit };
