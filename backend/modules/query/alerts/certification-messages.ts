import { findHoldersOfCertificate } from '../../certificates/index.ts';
import { message, notificationSubscriber, type Bilingual } from '../../notifications/index.ts';
import { findUnit } from '../../register/index.ts';
import { findCertificateHolders } from './certificate-holders.ts';

const HOW = {
  'certificates.cancelled': { zh: '已注销', en: 'was cancelled' },
  'certificates.superseded': { zh: '已由新的证明取代', en: 'was superseded by a new one' },
} as const satisfies Record<string, Bilingual>;

/**
 * Whoever holds a 登记证明, as a bank for its mortgage, is told when it ends, whoever applied for that: a discharge that the bank did not ask
 * for takes its security. The event comes once for a certificate, however often the register is looked at. Owners are told by the
 * change of the register itself.
 */
export const certificationMessages = notificationSubscriber({
  name: 'query.certification-messages',
  types: Object.keys(HOW),
  async react(p, { type, data }) {
    const certificate = await findHoldersOfCertificate(p, String(data.certificateId));
    if (certificate?.kind !== 'certification') return null;
    const unit = await findUnit(p, certificate.unitCode);
    if (!unit) return null;
    const accountIds = await findCertificateHolders(p, unit, certificate);
    const how = HOW[type as keyof typeof HOW];
    const params = { address: unit.address, number: String(data.number), how };
    return {
      messages: [
        message({ accountIds, template: 'property.certificationEnded', params, link: '/me/certificates' }),
      ],
    };
  },
});
