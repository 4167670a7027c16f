import type { Platform } from '../../platform/platform.ts';
import { findUnitCodeOfCertificate } from '../certificates/index.ts';
import {
  checkUnitCode,
  findUnit,
  foldAnyCertificateNo,
  foldUnitCode,
  type UnitDocument,
} from '../register/index.ts';
import { errors } from './errors.ts';

export interface Target {
  /** As the register writes it. */
  text: string;
  unit: UnitDocument;
}

/**
 * The unit that a certificate number or a unit code names (查询办法15, 24).
 * @throws query.targetInvalid for what is neither, query.unitNotFound
 */
export async function findTarget(p: Platform, typed: string): Promise<Target> {
  const code = foldUnitCode(typed);
  if (checkUnitCode(code) === null) return { text: code, unit: await unitOf(p, code) };
  const number = foldAnyCertificateNo(typed);
  if (number === null) return errors.fail('query.targetInvalid');
  return { text: number, unit: await unitOf(p, await findUnitCodeOfCertificate(p, number)) };
}

async function unitOf(p: Platform, code: string | null): Promise<UnitDocument> {
  const unit = code === null ? null : await findUnit(p, code);
  return unit ?? errors.fail('query.unitNotFound');
}
