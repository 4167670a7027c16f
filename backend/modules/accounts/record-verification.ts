import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument, type IdentityCheck, type Ticket } from './account.model.ts';
import { forgetRemembered } from './authenticate.ts';
import { accountErrors } from './errors.ts';

/** What a mode of real-name verification (实名核验) established, however it did. */
export interface Verification extends Omit<IdentityCheck, 'id' | 'at' | 'formerName'> {
  /** The legal name: this spelling is the account's from now on. */
  name: string;
  /**
   * Set when the person could not sign in: the password is taken away, every session ends, the ticket opens anew, and the phone is
   * the one that the person has.
   */
  recovery: (Pick<AccountDocument, 'phone' | 'phoneIndex'> & { ticket: Ticket }) | null;
}

/**
 * The one way by which an account gets a verified name: every mode ends here, so a later one (the police's interface, a
 * bank card, a face check) brings its own proof and leaves the same record. Who, when, where and how are kept in the account
 * in the same write.
 * @throws accounts.changed_meanwhile
 */
export async function recordVerification(
  p: Platform,
  account: AccountDocument,
  { name, recovery, ...given }: Verification,
): Promise<IdentityCheck> {
  const formerName = account.name === name ? null : account.name;
  const check: IdentityCheck = { id: newId(), at: p.time.now(), formerName, ...given };
  const { modifiedCount } = await accounts(p).updateOne(
    { _id: account._id, revision: account.revision, status: 'active' },
    {
      $set: { name, ...(recovery ? { passwordHash: null, ...recovery } : {}) },
      $unset: { counterCode: 1 },
      $inc: { revision: 1, generation: recovery ? 1 : 0 },
      $push: {
        identityChecks: check,
        outbox: p.outbox.event('accounts.name_verified', check.byAccountId, {
          accountId: account._id,
          checkId: check.id,
          mode: check.mode,
          proof: check.proof,
        }),
      },
    },
  );
  if (modifiedCount === 0) return accountErrors.fail('accounts.changed_meanwhile');
  forgetRemembered(p);
  p.outbox.notify('accounts');
  return check;
}
