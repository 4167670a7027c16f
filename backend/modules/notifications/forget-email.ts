import type { Subscriber } from '../../platform/database/outbox.ts';
import { removeEmail } from './settings.ts';

/**
 * An account that was recovered at the counter may have been somebody else's making: messages go on by the phone that its owner named
 * there, and no longer to an address that nobody asked about. Idempotent.
 */
export const forgetEmail: Subscriber = {
  name: 'notifications.forget-email',
  types: ['accounts.name_verified'],
  async handle(p, events) {
    for (const { data } of events)
      if (data.proof === 'recovery') await removeEmail(p, String(data.accountId));
  },
};
