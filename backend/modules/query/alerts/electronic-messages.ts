import { findAccountByPersonIndex } from '../../accounts/index.ts';
import { findHoldersOfCertificate } from '../../certificates/index.ts';
import { message, notificationSubscriber } from '../../notifications/index.ts';
import { findUnit } from '../../register/index.ts';
import { findOwners } from './owners.ts';

/** An electronic certificate that the office cancelled is told to its holders; one that ended with its registration is told by that. */
export const electronicMessages = notificationSubscriber({
  name: 'query.electronic-messages',
  types: ['certificates.electronicCancelled'],
  async react(p, { actorId, data }) {
    if (actorId === null) return null;
    const number = String(data.number);
    const certificate = await findHoldersOfCertificate(p, String(data.certificateId));
    const unit = certificate && (await findUnit(p, certificate.unitCode));
    if (!unit) return null;
    const { holderIndexes } = certificate;
    const people = await Promise.all(holderIndexes.map((index) => findAccountByPersonIndex(p, index)));
    const owners = (await findOwners(p, unit)).filter(({ holderIndex }) =>
      holderIndexes.includes(holderIndex),
    );
    const accountIds = [
      ...new Set([...people, ...owners].flatMap((one) => (one === null ? [] : [one.accountId]))),
    ];
    const params = { number, reason: String(data.reason) };
    return {
      messages: [
        message({ accountIds, template: 'property.electronicCancelled', params, link: '/me/certificates' }),
      ],
    };
  },
});
