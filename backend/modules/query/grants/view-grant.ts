import type { Platform } from '../../../platform/platform.ts';
import { maskName, type ApplicantActor } from '../../accounts/index.ts';
import type { UnitDocument } from '../../register/index.ts';
import { LONGEST_GRANT_DAYS, type GrantView } from '../contract/grants.ts';
import { grants, type GrantDocument } from './grant.model.ts';
import { PURPOSE_WORDS, stateOf } from './present.ts';

/** What giving, listing, taking back and using a permission have in common. */

/** Of those that open nothing any more. */
const ENDED_SHOWN = 100;
const DAY_MS = 86_400_000;

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

const newestFirst = (p: Platform, filter: object, limit: number): Promise<GrantDocument[]> =>
  grantCollection(p)
    .find(filter, { projection: { outbox: 0 } })
    .sort({ givenAt: -1, _id: -1 })
    .hint('by-unit')
    .limit(limit)
    .toArray() as unknown as Promise<GrantDocument[]>;

/** All that still open something, newest first: one that nobody sees is one that nobody takes back. */
export async function readActiveGrants(p: Platform, unit: UnitDocument): Promise<GrantDocument[]> {
  const now = p.time.now();
  const open = {
    unitCode: unit._id,
    // None is for longer, so those given before need not be read.
    givenAt: { $gte: new Date(now.getTime() - LONGEST_GRANT_DAYS * DAY_MS) },
    until: { $gt: now },
    revoked: null,
  };
  return (await newestFirst(p, open, 0)).filter((grant) => stateOf(grant, unit, now) === 'active');
}

/** Newest first: all that are active, and of the others those among the newest. */
export async function readGrants(p: Platform, unit: UnitDocument): Promise<GrantDocument[]> {
  const [active, newest] = await Promise.all([
    readActiveGrants(p, unit),
    newestFirst(p, { unitCode: unit._id }, ENDED_SHOWN),
  ]);
  const known = new Set(newest.map(({ _id }) => _id));
  // Whatever is not among the newest is older than they are.
  return [...newest, ...active.filter(({ _id }) => !known.has(_id))];
}

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
