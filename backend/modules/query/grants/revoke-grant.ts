import type { Platform } from '../../../platform/platform.ts';
import { findAccountNames, type ApplicantActor } from '../../accounts/index.ts';
import { findUnit, holderIndexOf, liveRight, ownsUnit } from '../../register/index.ts';
import type { GrantView } from '../contract/grants.ts';
import { errors } from './errors.ts';
import type { GrantDocument } from './grant.model.ts';
import { eventOf, grantCollection, viewGrant } from './view-grant.ts';

const findGrant = async (p: Platform, id: string): Promise<GrantDocument | null> =>
  (await grantCollection(p).findOne(
    { _id: id as never },
    { projection: { outbox: 0 } },
  )) as unknown as GrantDocument | null;

/** By any present owner; one that was taken back already stays as it is. @throws query.grant_unknown */
export async function revokeGrant(p: Platform, actor: ApplicantActor, id: string): Promise<GrantView> {
  const grant = await findGrant(p, id);
  const personIndex = holderIndexOf(p, actor);
  const unit = grant && (await findUnit(p, grant.unitCode));
  if (!grant || !unit || personIndex === null || !ownsUnit(unit, personIndex)) {
    return errors.fail('query.grant_unknown');
  }
  if (grant.rightId !== liveRight(unit)?.id) return errors.fail('query.grant_unknown');
  const revoked = { at: p.time.now(), by: actor.accountId };
  const { modifiedCount } = await grantCollection(p).updateOne(
    // `null` in the filter: of two owners who take it back at once, one act and one message.
    { _id: id as never, revoked: null },
    { $set: { revoked }, $push: { outbox: eventOf(p, 'grant_revoked', actor.accountId, grant) } } as never,
  );
  if (modifiedCount > 0) p.outbox.notify('look-grants');
  // Another owner was quicker: theirs is the act that stands.
  const after = modifiedCount > 0 ? { ...grant, revoked } : ((await findGrant(p, id)) ?? grant);
  return viewGrant(p, actor, unit, after, await findAccountNames(p, [grant.giver.accountId]));
}
