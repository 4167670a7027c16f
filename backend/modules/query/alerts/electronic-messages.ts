import { findHoldersOfCertificate } from '../../certificates/index.ts';
import { message, notificationSubscriber } from '../../notifications/index.ts';
import { findUnit } from '../../register/index.ts';
import { findCertificateHolders } from './certificate-holders.ts';

/** An electronic certificate that the office cancelled is told to its holders; one that ended with its registration is told by that. */
export const electronicMessages = notificationSubscriber({
  name: 'query.electronic-messages',
  types: ['certificates.electronicCancelled'],
  async react(p, { actorId, data }) {
    if (actorId === null) return null;
    const certificate = await findHoldersOfCertificate(p, String(data.certificateId));
    const unit = certificate && (await findUnit(p, certificate.unitCode));
    if (!unit) return null;
    const accountIds = await findCertificateHolders(p, unit, certificate);
    const params = { number: String(data.number), reason: String(data.reason) };
    return {
      messages: [
        message({ accountIds, template: 'property.electronicCancelled', params, link: '/me/certificates' }),
      ],
    };
  },
});
