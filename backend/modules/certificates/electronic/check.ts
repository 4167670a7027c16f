import type { Platform } from '../../../platform/platform.ts';
import { certificateIdOf } from '../keys.ts';
import { systemWhy } from '../record-check.ts';
import { verifyCertificate } from '../verify.ts';
import type { ElectronicCheckInput, ElectronicCheckView } from './contract.ts';
import { referenceOf } from './reference.ts';
import { followRegister } from './follow-register.ts';
import { electronicCollection } from './lookup.ts';

/**
 * 核对: the answer of `verifyCertificate` and nothing beyond it but how far the electronic form of that very certificate has come.
 * @throws certificates.referenceOfPerson
 */
export async function checkElectronic(
  p: Platform,
  systemId: string,
  { certificate: input, purpose, ...given }: ElectronicCheckInput,
): Promise<ElectronicCheckView> {
  const reason = { why: systemWhy(purpose), reference: referenceOf(given) };
  const certificate = await verifyCertificate(p, input, systemId, reason);
  if (certificate.number === null) return { certificate, electronic: null };
  const id = certificateIdOf(p, certificate.number);
  await followRegister(p, id);
  const found = await electronicCollection(p).findOne({ _id: id }, { projection: { status: 1, version: 1 } });
  return { certificate, electronic: found && { status: found.status, version: found.version } };
}
