import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { SignUpBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { insertAccount } from './insert-account.ts';
import { checkPassword, checkPerson, newAccount } from './new-account.ts';

/** Which text a person agreed to; raise it with the text. */
export const PRIVACY_NOTICE_VERSION = '2026-11';

/**
 * A citizen signs up. The name counts only after it was verified at the counter (confirm-identity.ts): until then the
 * account may prepare things, not act.
 *
 * The same request with the same Idempotency-Key gives the same answer, so that a lost answer can be asked for again.
 * @throws accounts.invalid_fields with every problem at once; accounts.may_exist
 */
export async function signUp(
  p: Platform,
  body: SignUpBody,
  idempotencyKey: string | null = null,
): Promise<Pick<AccountDocument, '_id' | 'name'>> {
  const problems: Problem[] = [];
  const person = checkPerson(p, body, problems);
  checkPassword(body.password, person, problems);
  if (!body.acceptsPrivacyNotice) {
    problems.push({ pointer: '/acceptsPrivacyNotice', code: 'accounts.privacy_notice' });
  }
  failOnProblems(problems);
  const account: AccountDocument = {
    ...newAccount(p, {
      kind: 'citizen',
      person,
      createdBy: null,
      passwordHash: await p.crypto.passwords.hash(body.password),
    }),
    privacyNotice: { version: PRIVACY_NOTICE_VERSION, at: p.time.now() },
    ...(idempotencyKey === null ? {} : { creation: creationOf(p, body, idempotencyKey) }),
  };
  account.outbox = [p.outbox.event('accounts.signed_up', account._id, { accountId: account._id })];
  if ((await insertAccount(p, account)) === 'inserted') return account;
  return (await findRepeated(p, account)) ?? accountErrors.fail('accounts.may_exist');
}

/** Both are MACs: a dump gives no one the means to test guesses of the password or the number. */
function creationOf(p: Platform, body: SignUpBody, key: string): { key: string; fingerprint: string } {
  return {
    key: p.crypto.mac('idempotency-key', key),
    fingerprint: p.crypto.mac('sign-up', JSON.stringify(body)),
  };
}

async function findRepeated(p: Platform, account: AccountDocument): Promise<AccountDocument | null> {
  if (!account.creation) return null;
  return accounts(p)
    .findOne({
      personKey: account.personKey,
      'creation.key': account.creation.key,
      'creation.fingerprint': account.creation.fingerprint,
    })
    .lean<AccountDocument>();
}
