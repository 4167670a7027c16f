import type { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts } from './account.model.ts';
import type { OrganisationKind, OrganisationSignUpAnswer, OrganisationSignUpBody } from './contract.ts';
import { accountErrors, codeOf, failOnProblems } from './errors.ts';
import { checkCreditCode } from './identity-numbers.ts';
import { insertAccount, isDuplicateOf } from './insert-account.ts';
import { checkName } from './names.ts';
import { checkLoginName, checkPassword, checkPerson, newAccount } from './new-account.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import { PRIVACY_NOTICE_VERSION } from './sign-up.ts';

/**
 * A bank, developer, organ or other organisation signs up with its first member; it may act once an administrator
 * confirmed it. The member is written first: an account whose organisation does not exist cannot sign in, and is swept away, so
 * a crash in between leaves nothing that anyone could use and nothing that blocks a second try.
 * @throws accounts.invalid_fields, accounts.organisation_may_exist
 */
export async function signUpOrganisation(
  p: Platform,
  body: OrganisationSignUpBody,
): Promise<OrganisationSignUpAnswer> {
  const problems: Problem[] = [];
  const { name, creditCode } = checkOrganisation(body, problems);
  const first = body.administrator;
  const person = checkPerson(p, first, problems, '/administrator');
  const loginName = checkLoginName(first.loginName, problems, '/administrator/loginName');
  checkPassword(first.password, { ...person, loginName }, problems, '/administrator/password');
  if (!body.acceptsPrivacyNotice) {
    problems.push({ pointer: '/acceptsPrivacyNotice', code: 'accounts.privacy_notice' });
  }
  failOnProblems(problems);
  const organisationId = newId();
  const passwordHash = await p.crypto.passwords.hash(first.password);
  const account = {
    ...newAccount(p, {
      kind: 'organisation',
      person,
      createdBy: null,
      loginName,
      organisationId,
      passwordHash,
    }),
    organisationAdministrator: true,
    privacyNotice: { version: PRIVACY_NOTICE_VERSION, at: p.time.now() },
  };
  if ((await insertAccount(p, account)) !== 'inserted') {
    failOnProblems([{ pointer: '/administrator/loginName', code: 'accounts.login_name_taken' }]);
  }
  const organisation = newOrganisation(p, {
    _id: organisationId,
    kind: body.kind,
    name,
    creditCode,
    by: account._id,
  });
  if (!(await insertOrganisation(p, organisation, 'accounts.organisation_signed_up'))) {
    await accounts(p).deleteOne({ _id: account._id, lastSignedInAt: null });
    return accountErrors.fail('accounts.organisation_may_exist');
  }
  return { organisationId, accountId: account._id };
}

export function checkOrganisation(
  body: { name: string; creditCode: string },
  problems: Problem[],
): { name: string; creditCode: string } {
  const name = checkName(body.name);
  if (!name.valid) problems.push({ pointer: '/name', code: codeOf.name(name.problem) });
  const creditCode = checkCreditCode(body.creditCode);
  if (!creditCode.valid) {
    problems.push({ pointer: '/creditCode', code: codeOf.creditCode(creditCode.problem) });
  }
  return {
    name: name.valid ? name.exact : '',
    creditCode: creditCode.valid ? creditCode.canonical : '',
  };
}

export function newOrganisation(
  p: Platform,
  parts: { _id: string; kind: OrganisationKind; name: string; creditCode: string; by: string },
): OrganisationDocument {
  const { by, ...given } = parts;
  return {
    ...given,
    status: 'waiting',
    createdAt: p.time.now(),
    createdBy: by,
    confirmed: null,
    disabled: null,
    revision: 0,
  };
}

/** False when the credit code is taken: the unique index decides. */
export async function insertOrganisation(
  p: Platform,
  organisation: OrganisationDocument,
  event: string,
): Promise<boolean> {
  const data = { organisationId: organisation._id, kind: organisation.kind };
  const document = { ...organisation, outbox: [p.outbox.event(event, organisation.createdBy, data)] };
  try {
    await organisations(p).collection.insertOne(document as never);
  } catch (error) {
    if (isDuplicateOf(error, 'creditCode')) return false;
    throw error;
  }
  p.outbox.notify('organisations');
  return true;
}
