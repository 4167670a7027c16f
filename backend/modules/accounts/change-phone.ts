import type { Platform } from '../../platform/platform.ts';
import { accounts } from './account.model.ts';
import type { Actor } from './actor.ts';
import { confirmFactor } from './confirm-factor.ts';
import type { ChangePhoneBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { canonicalMobile } from './identity-numbers.ts';
import { contextOf, phoneIndexOf } from './new-account.ts';

/**
 * Changes the phone number, by which a citizen also signs in: so a factor is asked for again.
 * @throws accounts.invalid_fields, accounts.sign_in_throttled
 */
export async function changePhone(p: Platform, actor: Actor, body: ChangePhoneBody): Promise<void> {
  const phone = canonicalMobile(body.phone);
  if (phone === null) {
    return failOnProblems([{ pointer: '/phone', code: 'accounts.phone_format' }]);
  }
  await confirmFactor(p, actor, body);
  const { matchedCount } = await accounts(p).updateOne(
    { _id: actor.accountId, status: 'active' },
    {
      $set: {
        phone: p.crypto.fields.encrypt(phone, contextOf(actor.accountId, 'phone')),
        phoneIndex: phoneIndexOf(p, phone),
      },
      $inc: { revision: 1 },
      $push: {
        outbox: p.outbox.event('accounts.phone_changed', actor.accountId, { accountId: actor.accountId }),
      },
    },
  );
  if (matchedCount === 0) return accountErrors.fail('accounts.wrong_status');
  p.outbox.notify('accounts');
}
