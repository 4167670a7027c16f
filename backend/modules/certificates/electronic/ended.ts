import { gatherFinds, perPlatform } from '../../../platform/database/gather.ts';
import type { Platform } from '../../../platform/platform.ts';
import { errors } from './errors.ts';
import { electronicCertificates, type ElectronicDocument } from './electronic.model.ts';

const finderOf = perPlatform((p: Platform) =>
  gatherFinds<ElectronicDocument>(() => electronicCertificates(p).collection as never, '_id', {
    cancelled: 1,
  }),
);

/**
 * When an administrator cancelled the electronic form of a certificate; null: nobody did. The registration goes on; the file, its QR and
 * its copies are good for nothing from then on. Read anew every time, so that it holds at once.
 */
export async function findCancelledByOffice(p: Platform, certificateId: string): Promise<Date | null> {
  const found = await finderOf(p)(certificateId);
  return found?.cancelled?.by === 'administrator' ? found.cancelled.at : null;
}

/** Before the file is given to anybody, its holder included. @throws certificates.electronicCancelled */
export async function demandElectronic(p: Platform, certificateId: string): Promise<void> {
  if ((await findCancelledByOffice(p, certificateId)) !== null)
    errors.fail('certificates.electronicCancelled');
}
