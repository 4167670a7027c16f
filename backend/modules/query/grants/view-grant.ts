import type { Platform } from '../../../platform/platform.ts';
import { maskName, type ApplicantActor } from '../../accounts/index.ts';
import type { UnitDocument } from '../../register/index.ts';
import type { GrantView } from '../contract/grants.ts';
import { grants, type GrantDocument } from './grant.model.ts';
import { PURPOSE_WORDS, stateOf } from './present.ts';

/** What giving, listing, taking back and using a permission have in common. */

const SHOWN = 100;

export const grantCollection = (p: Platform) => grants(p).collection;

/** Follows from the permission and the key of the office: nothing that opens it is stored, and its giver can show it again. */
export const tokenOf = (p: Platform, { _id, salt }: Pick<GrantDocument, '_id' | 'salt'>): string =>
  p.crypto.mac('look-grant-token', `${_id}|${salt}`);

export const tokenMacOf = (p: Platform, token: string): string => p.crypto.mac('look-grant', token);

export const eventOf = (p: Platform, happened: string, actorId: string, grant: GrantDocument) =>
  p.outbox.event(`query.${happened}`, actorId, {
    grantId: grant._id,
    unitCode: grant.unitCode,
    purpose: grant.purpose,
  });

/** Until when one holds, for the message that tells of it. */
export const findGrantTerm = async (p: Platform, id: string): Promise<Pick<GrantDocument, 'until'> | null> =>
  (await grantCollection(p).findOne(
    { _id: id as never },
    { projection: { until: 1 } },
  )) as unknown as GrantDocument | null;

/** Newest first. */
export const readGrants = async (p: Platform, unitCode: string): Promise<GrantDocument[]> =>
  (await grantCollection(p)
    .find({ unitCode }, { projection: { outbox: 0 } })
    .sort({ givenAt: -1, _id: -1 })
    .hint('by-unit')
    .limit(SHOWN)
    .toArray()) as unknown as GrantDocument[];

export function viewGrant(
  p: Platform,
  actor: ApplicantActor,
  unit: UnitDocument,
  grant: GrantDocument,
  names: ReadonlyMap<string, string>,
): GrantView {
  const { _id, purpose, forWhom, giver, givenAt, until, usesAllowed, uses, lastUsedAt, revoked } = grant;
  const own = giver.accountId === actor.accountId;
  const state = stateOf(grant, unit, p.time.now());
  return {
    id: _id,
    state,
    purpose,
    purposeWords: PURPOSE_WORDS[purpose],
    forWhom,
    givenBy: own ? actor.name : maskName(names.get(giver.accountId) ?? ''),
    own,
    givenAt: givenAt.toISOString(),
    until: until.toISOString(),
    usesAllowed,
    uses,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revoked?.at.toISOString() ?? null,
    link: own && state === 'active' ? `${p.config.publicOrigin}/look#${tokenOf(p, grant)}` : null,
  };
}
