import type { Platform } from '../../platform/platform.ts';
import type { Actor } from './actor.ts';
import { forgetRemembered } from './authenticate.ts';
import { accountErrors } from './errors.ts';
import { sessions, type SessionDocument } from './session.model.ts';
import { findSessionByToken } from './sessions.ts';

/** Ends the session of a token, complete or not. An unknown token is no error: the person is signed out. */
export async function signOut(p: Platform, token: string): Promise<void> {
  const session = await findSessionByToken(p, token);
  if (session) await endSession(p, session);
}

/** Ends one of the actor's own sessions, on this device or another. */
export async function endOwnSession(p: Platform, actor: Actor, sessionId: string): Promise<void> {
  const session = await sessions(p)
    .findOne({ _id: sessionId, accountId: actor.accountId })
    .lean<SessionDocument>();
  if (!session) return accountErrors.fail('accounts.not_found');
  await endSession(p, session);
}

/** The document stays until the sweep, for its event to be delivered. */
async function endSession(p: Platform, session: SessionDocument): Promise<void> {
  const now = p.time.now();
  const { modifiedCount } = await sessions(p).updateOne(
    { _id: session._id, endsAt: { $gt: now } },
    {
      $set: { endsAt: now },
      $push: { outbox: p.outbox.event('accounts.signed_out', session.accountId, { sessionId: session._id }) },
    },
  );
  forgetRemembered(p);
  if (modifiedCount > 0) p.outbox.notify('sessions');
}
