import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { findOrganisationOf, mayUse } from './authenticate.ts';
import { findKnownDevice } from './device-cookie.ts';
import { accountErrors } from './errors.ts';
import { canonicalMobile, checkResidentId, foldNumber } from './identity-numbers.ts';
import { personIndexOf, phoneIndexOf } from './new-account.ts';
import { startSession, type StartedSession } from './sessions.ts';
import { passwordBuckets } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';

export interface SignInInput {
  login: string;
  password: string;
  address: string;
  /** As sent by the browser; see device-cookie.ts. */
  deviceCookie: string;
  device: string | null;
}

export interface SignedIn {
  session: StartedSession;
  account: AccountDocument;
}

/**
 * Signs in by phone, ID number or login name. Whether the account exists, is disabled or has another password: one
 * answer, after the same work (trust.md S38). Staff get a session that waits for the second factor.
 * @throws accounts.sign_in_failed, accounts.sign_in_throttled
 */
export async function signIn(p: Platform, input: SignInInput): Promise<SignedIn> {
  const login = parseLogin(input.login);
  const account = await findForSignIn(p, login);
  const buckets = passwordBuckets(p, p.crypto.mac('throttle-login', `${login.kind}|${login.value}`), {
    address: input.address,
    device: findKnownDevice(p, input.deviceCookie, account),
  });
  const attempt = await beginAttempt(p, buckets.cleared, buckets.shared);
  const stored = account?.passwordHash ?? (await decoyHash(p));
  const right = await p.crypto.passwords.verify(stored, input.password);
  if (!right || !account || account.passwordHash === null || !(await mayEnter(p, account))) {
    // The address tells an attack from a forgotten password; neither the login nor the account is written down.
    p.log.warn({ event: 'accounts.sign_in_failed', from: input.address }, 'sign-in failed');
    return accountErrors.fail('accounts.sign_in_failed');
  }
  await attempt.succeeded();
  if (!(await noteSignIn(p, account, input.password))) return accountErrors.fail('accounts.sign_in_failed');
  const session = await startSession(p, account, {
    complete: account.factor === null,
    device: input.device,
  });
  return { session, account };
}

interface Login {
  kind: 'phone' | 'idNumber' | 'loginName';
  value: string;
}

/** A login name begins with a letter, so the three can never be taken for one another. */
function parseLogin(text: string): Login {
  const phone = canonicalMobile(text);
  if (phone !== null) return { kind: 'phone', value: phone };
  const idNumber = checkResidentId(text);
  if (idNumber.valid) return { kind: 'idNumber', value: idNumber.canonical };
  return { kind: 'loginName', value: foldNumber(text).toLowerCase() };
}

async function findForSignIn(p: Platform, login: Login): Promise<AccountDocument | null> {
  if (login.kind === 'loginName') return findOne(p, { loginName: login.value });
  if (login.kind === 'idNumber') return findOne(p, { personKey: `citizen:${personIndexOf(p, login.value)}` });
  // A phone shared by several accounts names none of them; the answer tells everyone to use the ID number then.
  const sharing = await accounts(p)
    .find({ phoneIndex: phoneIndexOf(p, login.value), kind: 'citizen' })
    .limit(2)
    .lean<AccountDocument[]>();
  return sharing.length === 1 ? sharing[0]! : null;
}

function findOne(
  p: Platform,
  filter: { loginName: string } | { personKey: string },
): Promise<AccountDocument | null> {
  return accounts(p).findOne(filter).lean<AccountDocument>();
}

async function mayEnter(p: Platform, account: AccountDocument): Promise<boolean> {
  if (account.kind === 'staff' && account.factor === null) return false;
  return account.status === 'active' && mayUse(account, await findOrganisationOf(p, account));
}

/**
 * Writes the time of sign-in, and a new hash when the stored one is of weaker parameters. The filter holds the hash
 * that was checked: false when the password was changed in between.
 */
async function noteSignIn(p: Platform, account: AccountDocument, password: string): Promise<boolean> {
  const stored = account.passwordHash!;
  const current = p.crypto.passwords.isCurrent(stored);
  const { matchedCount } = await accounts(p).updateOne(
    { _id: account._id, generation: account.generation, passwordHash: stored, status: 'active' },
    {
      $set: {
        lastSignedInAt: p.time.now(),
        ...(current ? {} : { passwordHash: await p.crypto.passwords.hash(password) }),
      },
    },
  );
  return matchedCount === 1;
}

const decoys = new WeakMap<Platform['crypto'], Promise<string>>();

/** A hash of the same cost that no password fits: an unknown account takes as long as a known one. */
function decoyHash(p: Platform): Promise<string> {
  let decoy = decoys.get(p.crypto);
  if (!decoy) {
    decoy = p.crypto.passwords.hash(p.random.bytes(32).toString('base64url'));
    decoys.set(p.crypto, decoy);
  }
  return decoy;
}
