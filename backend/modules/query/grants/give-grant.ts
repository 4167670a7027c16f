import { createHash } from 'node:crypto';
import { newId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { ApplicantActor } from '../../accounts/index.ts';
import { getOwnUnit, liveRight, type UnitDocument } from '../../register/index.ts';
import type { GiveGrant, GrantView } from '../contract/grants.ts';
import { errors } from './errors.ts';
import type { GrantDocument } from './grant.model.ts';
import { eventOf, grantCollection, readActiveGrants, tokenMacOf, tokenOf, viewGrant } from './view-grant.ts';

const DAY_MS = 86_400_000;
/** More at once nobody keeps track of. Asked before it is given, so two at once may make it one more: nothing rests on it. */
const MOST_ACTIVE = 20;

/**
 * 个人信息保护法 13–15: consent for one purpose, known people and a term. Any co-owner may give it (民法典300: each may manage what is
 * shared); all of them are told, and each may take it back. Sent again with the same key it answers the same permission.
 * @throws register.unitNotFound, query.too_many_grants, query.key_reused
 */
export async function giveGrant(
  p: Platform,
  actor: ApplicantActor,
  code: string,
  body: GiveGrant,
  idempotencyKey: string | null,
): Promise<GrantView> {
  const { unit, holderIndex: personIndex } = await getOwnUnit(p, actor, code);
  const _id = newId();
  const key = idempotencyKey ?? _id;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([unit._id, body]))
    .digest('base64url');
  const known = await replayed(p, actor, unit, key, fingerprint);
  if (known) return known;
  const now = p.time.now();
  const active = await readActiveGrants(p, unit);
  if (active.length >= MOST_ACTIVE) return errors.fail('query.too_many_grants', { count: active.length });
  const salt = p.random.bytes(16).toString('base64url');
  const grant: GrantDocument = {
    _id,
    unitCode: unit._id,
    rightId: liveRight(unit)?.id ?? '',
    giver: { accountId: actor.accountId, personIndex },
    purpose: body.purpose,
    forWhom: body.forWhom.trim(),
    givenAt: now,
    until: new Date(now.getTime() + body.days * DAY_MS),
    usesAllowed: body.uses,
    uses: 0,
    lastUsedAt: null,
    revoked: null,
    salt,
    tokenMac: tokenMacOf(p, tokenOf(p, { _id, salt })),
    created: { key, fingerprint },
  };
  const outbox = [eventOf(p, 'grant_given', actor.accountId, grant)];
  try {
    await grantCollection(p).insertOne({ ...grant, outbox } as never);
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    const other = await replayed(p, actor, unit, key, fingerprint);
    if (other) return other;
    throw error;
  }
  p.outbox.notify('look-grants');
  return viewGrant(p, actor, unit, grant, new Map());
}

async function replayed(
  p: Platform,
  actor: ApplicantActor,
  unit: UnitDocument,
  key: string,
  fingerprint: string,
): Promise<GrantView | null> {
  const found = (await grantCollection(p).findOne({
    'giver.accountId': actor.accountId,
    'created.key': key,
  })) as unknown as GrantDocument | null;
  if (!found) return null;
  if (found.created.fingerprint !== fingerprint) return errors.fail('query.key_reused');
  return viewGrant(p, actor, unit, found, new Map());
}
