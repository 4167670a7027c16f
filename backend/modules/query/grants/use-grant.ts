import type { Platform } from '../../../platform/platform.ts';
import type { ApplicantActor } from '../../accounts/index.ts';
import { recordAccess } from '../../audit/index.ts';
import { findUnit, liveRight, openIdNumber, type UnitDocument } from '../../register/index.ts';
import type { AuthorisedLook } from '../contract/grants.ts';
import { disclose } from '../disclosure.ts';
import { errors } from './errors.ts';
import type { GrantDocument } from './grant.model.ts';
import { PURPOSE_WORDS, stateOf } from './present.ts';
import { eventOf, grantCollection, tokenMacOf } from './view-grant.ts';

/**
 * One look by a permission. Whoever looks has shown who they are (实名, 查询办法 8): the owner is told a name, not that somebody had a
 * link. The look is counted by one guarded update, recorded for every owner, and only then shown; of a look that was counted and could not be
 * recorded nothing is seen. An unknown, ended, used up or revoked permission is one answer.
 * @throws query.grant_unavailable
 */
export async function useGrant(p: Platform, actor: ApplicantActor, token: string): Promise<AuthorisedLook> {
  const grant = (await grantCollection(p).findOne(
    { tokenMac: tokenMacOf(p, token) },
    { projection: { outbox: 0 } },
  )) as unknown as GrantDocument | null;
  const before = grant && (await findUnit(p, grant.unitCode));
  const now = p.time.now();
  if (!grant || stateOf(grant, before, now) !== 'active') return errors.fail('query.grant_unavailable');
  const counted = await count(p, actor, grant, now);
  // Read once more: a sale recorded since ends what was given, and is no look at the former owner's home.
  const unit = await findUnit(p, grant.unitCode);
  if (!unit || stateOf(grant, unit, now) !== 'active') return errors.fail('query.grant_unavailable');
  const people = (liveRight(unit)?.holders ?? []).map(({ idIndex }) => idIndex);
  await recordAccess(p, {
    actorId: actor.accountId,
    subjectPersonIndexes: people,
    what: ['unit'],
    target: { kind: 'grant', id: grant._id },
    unitCodes: [unit._id],
    why: 'authorised',
    basis: '个保法13',
  });
  return {
    unit: show(p, unit, grant, now),
    purposeWords: PURPOSE_WORDS[grant.purpose],
    until: grant.until.toISOString(),
    usesLeft: grant.usesAllowed === null ? null : grant.usesAllowed - counted,
  };
}

/** Whether it was still allowed is asked by the very write that counts it. */
async function count(p: Platform, actor: ApplicantActor, grant: GrantDocument, now: Date): Promise<number> {
  const after = (await grantCollection(p).findOneAndUpdate(
    {
      _id: grant._id as never,
      revoked: null,
      until: { $gt: now },
      ...(grant.usesAllowed === null ? {} : { uses: { $lt: grant.usesAllowed } }),
    },
    {
      $inc: { uses: 1 },
      $set: { lastUsedAt: now },
      $push: { outbox: eventOf(p, 'grant_used', actor.accountId, grant) },
    } as never,
    { returnDocument: 'after', projection: { uses: 1 } },
  )) as unknown as Pick<GrantDocument, 'uses'> | null;
  if (!after) return errors.fail('query.grant_unavailable');
  p.outbox.notify('look-grants');
  return after.uses;
}

const show = (p: Platform, unit: UnitDocument, { giver }: GrantDocument, at: Date): AuthorisedLook['unit'] =>
  disclose(unit, 'authorised', {
    at,
    self: giver.personIndex,
    openIdNumber: (code, holder) => openIdNumber(p, code, holder),
  });
