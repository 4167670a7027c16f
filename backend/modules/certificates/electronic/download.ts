import type { Platform } from '../../../platform/platform.ts';
import { recordAccess } from '../../audit/index.ts';
import { foldAnyCertificateNo } from '../../register/index.ts';
import { certificateKeys } from '../certificate.model.ts';
import { errors } from './errors.ts';
import { nameKeyOf } from '../keys.ts';
import { printCertificate } from '../print.ts';
import type { ElectronicDownload } from './contract.ts';
import { referenceOf } from './reference.ts';
import { systemWhy } from '../record-check.ts';
import { followRegister } from './follow-register.ts';
import { getElectronic } from './lookup.ts';

/**
 * 下载: the PDF of an issued electronic certificate, to a system that names one of its holders: a wrong name and an absent number are one miss.
 * The holders see in their list that it was shown, to whom and when, before it is.
 * @throws certificates.referenceOfPerson, certificates.notHeld, certificates.notMade, certificates.notIssued, certificates.electronicCancelled
 */
export async function downloadElectronic(
  p: Platform,
  systemId: string,
  { number: typed, holderName, purpose, ...given }: ElectronicDownload,
): Promise<{ number: string; pdf: Buffer }> {
  const reference = referenceOf(given);
  const id = nameKeyOf(p, foldAnyCertificateNo(typed) ?? '', holderName);
  const key = await certificateKeys(p).findOne({ _id: id }, { number: 1, certificateId: 1 }).lean();
  if (!key) return errors.fail('certificates.notHeld');
  await followRegister(p, key.certificateId);
  const { electronic, certificate } = await getElectronic(p, key.number);
  if (electronic.status === 'cancelled') return errors.fail('certificates.electronicCancelled');
  if (electronic.status !== 'issued') return errors.fail('certificates.notIssued');
  await recordAccess(p, {
    actorId: systemId,
    subjectPersonIndexes: certificate.holderIndexes,
    what: ['certificate'],
    target: { kind: 'certificate', id: certificate._id },
    unitCodes: [certificate.unitCode],
    why: systemWhy(purpose),
    reference,
    basis: '在线政务服务规定10',
  });
  return { number: certificate.number, pdf: await printCertificate(p, certificate) };
}
