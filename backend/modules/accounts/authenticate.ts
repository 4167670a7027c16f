import { LRUCache } from 'lru-cache';
import type { Collection } from 'mongodb';
import type { Database } from '../../platform/database/connect.ts';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { Actor } from './actor.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import type { SessionDocument } from './session.model.ts';
import { findSessionByToken, hashToken, hasEnded, isToken, touchSession } from './sessions.ts';

/**
 * How old an answer from memory may be. Disabling an account must end its sessions in every process within 1 s
 * (trust.md S44); half of that leaves room for the request itself. Real time, whatever clock the app runs on.
 */
const CACHE_MS = 500;
const CACHE_ENTRIES = 10_000;

interface Remembered {
  readAtMs: number;
  session: SessionDocument;
  actor: Actor;
}

const caches = new WeakMap<Database, LRUCache<string, Remembered>>();

function cacheOf(p: Platform): LRUCache<string, Remembered> {
  let cache = caches.get(p.database);
  if (!cache) {
    cache = new LRUCache({ max: CACHE_ENTRIES });
    caches.set(p.database, cache);
  }
  return cache;
}

/**
 * The owner of a session, or null when it is unknown, has ended, still misses its second factor, belongs to an earlier
 * generation of the account, or when the account or its organisation was disabled.
 */
export async function authenticate(p: Platform, token: string): Promise<Actor | null> {
  if (!isToken(token)) return null;
  const now = p.time.now();
  const hash = hashToken(token);
  const remembered = cacheOf(p).get(hash);
  if (remembered && performance.now() - remembered.readAtMs <= CACHE_MS) {
    if (hasEnded(remembered.session, remembered.actor.kind, now)) return null;
    touchSession(p, remembered.session, now);
    return remembered.actor;
  }
  // Taken before the reads: an answer counts as old as the oldest thing in it.
  const readAtMs = performance.now();
  const session = await findSessionByToken(p, token);
  const owner = session && (await findSessionOwner(p, session, now));
  if (!owner || !session.complete) {
    cacheOf(p).delete(hash);
    return null;
  }
  const actor = actorOf(owner.account, owner.organisation, session);
  cacheOf(p).set(hash, { readAtMs, session, actor });
  touchSession(p, session, now);
  return actor;
}

const accountOf = perPlatform((p: Platform) =>
  gatherFinds(() => accounts(p).collection as unknown as Collection<AccountDocument>, '_id', { outbox: 0 }),
);

/** The account of a living session, complete or not, with its organisation; null when either may not sign in. */
export async function findSessionOwner(
  p: Platform,
  session: SessionDocument,
  now: Date,
): Promise<{ account: AccountDocument; organisation: OrganisationDocument | null } | null> {
  const account = await accountOf(p)(session.accountId);
  if (!account || account.status !== 'active' || account.generation !== session.generation) return null;
  if (hasEnded(session, account.kind, now)) return null;
  const organisation = await findOrganisationOf(p, account);
  return mayUse(account, organisation) ? { account, organisation } : null;
}

export async function findOrganisationOf(
  p: Platform,
  account: Pick<AccountDocument, 'organisationId'>,
): Promise<OrganisationDocument | null> {
  if (account.organisationId === null) return null;
  return organisations(p).findById(account.organisationId).lean<OrganisationDocument>();
}

/** A member's account is only as good as the organisation. */
export function mayUse(
  account: Pick<AccountDocument, 'kind'>,
  organisation: OrganisationDocument | null,
): boolean {
  return account.kind !== 'organisation' || (organisation !== null && organisation.status !== 'disabled');
}

/** After an act that ends or changes sessions: this process holds to it at once, the others within CACHE_MS. */
export function forgetRemembered(p: Platform): void {
  cacheOf(p).clear();
}

function actorOf(
  account: AccountDocument,
  organisation: OrganisationDocument | null,
  session: SessionDocument,
): Actor {
  return {
    accountId: account._id,
    sessionId: session._id,
    kind: account.kind,
    name: account.name,
    personIndex: account.idIndex,
    nameVerified: account.identityChecks.length > 0,
    organisation: organisation && {
      id: organisation._id,
      kind: organisation.kind,
      name: organisation.name,
      creditCode: organisation.creditCode,
      confirmed: organisation.status === 'active',
      administrator: account.organisationAdministrator,
    },
    roles: account.roles,
    officeId: account.officeId,
    factor: account.factor ? 'totp' : 'password',
    factorAt: session.factorAt,
  };
}
