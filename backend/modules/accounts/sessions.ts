import { createHash } from 'node:crypto';
import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import type { AccountKind } from './contract.ts';
import { sessions, type SessionDocument } from './session.model.ts';

/**
 * Sessions are opaque 256-bit tokens; only their SHA-256 is stored. Idle and absolute limits per kind of account
 * (ASVS 5.0 7.3.1, 7.3.2): a clerk's unattended desk closes after half an hour.
 */
export const SESSION_LIMITS = {
  citizen: { idleMs: 12 * 3_600_000, absoluteMs: 3 * 24 * 3_600_000 },
  organisation: { idleMs: 2 * 3_600_000, absoluteMs: 12 * 3_600_000 },
  staff: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
} as const satisfies Record<AccountKind, { idleMs: number; absoluteMs: number }>;

/** How long a session may wait for its second factor. */
const SECOND_FACTOR_WAIT_MS = 10 * 60_000;

/** Last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;

export interface StartedSession {
  id: string;
  /** For the cookie only; never logged, stored or answered in a body. */
  token: string;
  complete: boolean;
}

export interface StartOptions {
  /** False while a second factor is missing. */
  complete: boolean;
  /** `User-Agent` in a few words. */
  device: string | null;
}

/** Starts a session of the account's present generation, with its event in the same write. */
export async function startSession(
  p: Platform,
  account: Pick<AccountDocument, '_id' | 'kind' | 'generation'>,
  { complete, device }: StartOptions,
): Promise<StartedSession> {
  const now = p.time.now();
  const token = newToken(p);
  const id = newId();
  const lastsMs = complete ? SESSION_LIMITS[account.kind].absoluteMs : SECOND_FACTOR_WAIT_MS;
  const session: SessionDocument = {
    _id: id,
    tokenHash: hashToken(token),
    accountId: account._id,
    generation: account.generation,
    complete,
    factorAt: now,
    createdAt: now,
    lastSeenAt: now,
    endsAt: new Date(now.getTime() + lastsMs),
    device,
    outbox: complete ? [p.outbox.event('accounts.signed_in', account._id, { sessionId: id })] : [],
  };
  await sessions(p).collection.insertOne(session as never);
  if (complete) p.outbox.notify('sessions');
  return { id, token, complete };
}

/**
 * The second factor was given: the session becomes complete under a new token, and the old one is dead (session
 * fixation, ASVS 5.0 7.2.4). Null when another request was first.
 */
export async function completeSession(
  p: Platform,
  session: SessionDocument,
  account: Pick<AccountDocument, '_id' | 'kind'>,
): Promise<StartedSession | null> {
  const now = p.time.now();
  const token = newToken(p);
  const { modifiedCount } = await sessions(p).updateOne(
    { _id: session._id, tokenHash: session.tokenHash, complete: false },
    {
      $set: {
        tokenHash: hashToken(token),
        complete: true,
        factorAt: now,
        lastSeenAt: now,
        endsAt: new Date(now.getTime() + SESSION_LIMITS[account.kind].absoluteMs),
      },
      $push: { outbox: p.outbox.event('accounts.signed_in', account._id, { sessionId: session._id }) },
    },
  );
  if (modifiedCount === 0) return null;
  p.outbox.notify('sessions');
  return { id: session._id, token, complete: true };
}

/** Requests that arrive together ask for their sessions together. */
const finderOf = perPlatform((p: Platform) =>
  gatherFinds(() => sessions(p).collection as unknown as Collection<SessionDocument>, 'tokenHash', {
    outbox: 0,
  }),
);

export async function findSessionByToken(p: Platform, token: string): Promise<SessionDocument | null> {
  return isToken(token) ? finderOf(p)(hashToken(token)) : null;
}

/** Ended by time: by its absolute limit (which signing out brings forward), or by standing idle. */
export function hasEnded(session: SessionDocument, kind: AccountKind, now: Date): boolean {
  return session.endsAt <= now || session.lastSeenAt.getTime() + SESSION_LIMITS[kind].idleMs <= now.getTime();
}

/** Keeps an active session from standing idle. Not awaited: a lost touch costs at most a minute of idle time. */
export function touchSession(p: Platform, session: SessionDocument, now: Date): void {
  if (now.getTime() - session.lastSeenAt.getTime() < TOUCH_EVERY_MS) return;
  session.lastSeenAt = now;
  sessions(p)
    .updateOne({ _id: session._id }, { $max: { lastSeenAt: now } })
    .catch((error: unknown) => p.log.warn({ err: error }, 'session could not be touched'));
}

export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function newToken(p: Platform): string {
  return p.random.bytes(32).toString('base64url');
}
