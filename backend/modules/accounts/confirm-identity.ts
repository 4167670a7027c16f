import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { recordAccess } from '../audit/index.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { StaffActor } from './actor.ts';
import type { IdentityCheckAnswer, IdentityCheckBody } from './contract.ts';
import { isCounterCode } from './counter-code.ts';
import { accountErrors, codeOf, failOnProblems } from './errors.ts';
import { canonicalMobile, checkResidentId } from './identity-numbers.ts';
import { checkName } from './names.ts';
import { contextOf, personIndexOf, phoneIndexOf } from './new-account.ts';
import { recordVerification } from './record-verification.ts';
import { ownBucket } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';
import { issueTicket } from './tickets.ts';

/** One person acts for so many organisations at most. */
const MOST_ACCOUNTS = 20;

/**
 * The counter mode of real-name verification: a clerk has the identity document in hand and confirms name and number.
 * The person either proves the account theirs by its code, or recovers it: then nobody who knew the old password keeps it, and its
 * messages go to the phone that the person names at the counter.
 * @throws accounts.invalid_fields, own_identity, no_account_for_id, changed_meanwhile
 */
export async function confirmIdentity(
  p: Platform,
  actor: StaffActor,
  body: IdentityCheckBody,
): Promise<IdentityCheckAnswer> {
  const { name, personIndex } = checkDocument(p, body);
  // Nobody handles their own affairs (domain.md §3.4).
  if (personIndex === actor.personIndex) return accountErrors.fail('accounts.own_identity');
  const code = body.counterCode;
  const account = code === null ? await getCitizen(p, personIndex) : await findByCode(p, personIndex, code);
  const proof = code === null ? 'recovery' : 'code';
  const recovery = proof === 'recovery' ? issueTicket(p, account._id, 'recovery', false) : null;
  const phone = proof === 'recovery' ? checkPhone(body.phone) : null;
  await recordAccess(p, {
    actorId: actor.accountId,
    subjectPersonIndexes: [personIndex],
    what: ['identity'],
    target: { kind: 'account', id: account._id },
    why: 'identityCheck',
    basis: '条例16',
  });
  const check = await recordVerification(p, account, {
    name,
    mode: 'counter',
    byAccountId: actor.accountId,
    officeId: actor.officeId,
    documentKind: body.documentKind,
    proof,
    recovery: recovery && {
      ticket: recovery.ticket,
      phone: p.crypto.fields.encrypt(phone ?? '', contextOf(account._id, 'phone')),
      phoneIndex: phoneIndexOf(p, phone ?? ''),
    },
  });
  return {
    checkId: check.id,
    accountId: account._id,
    name,
    checkedAt: check.at.toISOString(),
    recovery: recovery && { code: recovery.token, expiresAt: recovery.ticket.expiresAt.toISOString() },
  };
}

function checkDocument(p: Platform, body: IdentityCheckBody): { name: string; personIndex: string } {
  const problems: Problem[] = [];
  const idNumber = checkResidentId(body.idNumber);
  if (!idNumber.valid) problems.push({ pointer: '/idNumber', code: codeOf.residentId(idNumber.problem) });
  const name = checkName(body.name);
  if (!name.valid) problems.push({ pointer: '/name', code: codeOf.name(name.problem) });
  failOnProblems(problems);
  return {
    name: name.valid ? name.exact : '',
    personIndex: idNumber.valid ? personIndexOf(p, idNumber.canonical) : '',
  };
}

/** The new number of who recovers an account. @throws accounts.invalid_fields */
function checkPhone(typed: string | undefined): string {
  const phone = typed === undefined ? null : canonicalMobile(typed);
  if (phone === null) failOnProblems([{ pointer: '/phone', code: 'accounts.phone_format' }]);
  return phone!;
}

async function getCitizen(p: Platform, personIndex: string): Promise<AccountDocument> {
  const account = await accounts(p)
    .findOne({ personKey: `citizen:${personIndex}` })
    .lean<AccountDocument>();
  if (!account) return accountErrors.fail('accounts.no_account_for_id');
  if (account.status !== 'active') return accountErrors.fail('accounts.wrong_status');
  return account;
}

/**
 * Of the person's accounts the one that shows the code: their own, or one by which they act for an organisation. Only what was
 * seen at a counter recuses them (applications/agents.ts), so a member needs the check as well.
 */
async function findByCode(p: Platform, personIndex: string, code: string): Promise<AccountDocument> {
  const found = await accounts(p)
    .find({ idIndex: personIndex, kind: { $in: ['citizen', 'organisation'] }, status: 'active' })
    .limit(MOST_ACCOUNTS)
    .lean<AccountDocument[]>();
  // Tells what is wrong with it, where there is none to show a code.
  if (found.length === 0) return getCitizen(p, personIndex);
  const attempt = await beginAttempt(
    p,
    found.map(({ _id }) => ownBucket('counter', _id)),
  );
  const account = found.find((one) => isCounterCode(p, one, code));
  if (!account) return failOnCode();
  await attempt.succeeded();
  return account;
}

function failOnCode(): never {
  failOnProblems([{ pointer: '/counterCode', code: 'accounts.counter_code_wrong' }]);
  throw new Error('a wrong code is always a problem');
}
