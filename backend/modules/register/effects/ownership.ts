import type { CoOwnership } from '../contract.ts';
import { addShares, isSameShare, reduceShare, splitEqually, subtractShare, WHOLE } from '../shares.ts';
import { liveRight } from '../unit-state.ts';
import type { Holder, Right, Share } from '../unit.model.ts';
import {
  neededCertificate,
  type Effect,
  type EffectContext,
  type EffectRefusal,
  type EffectRefusalReason,
  type EffectResult,
  type SealedGiver,
  type UnitState,
} from './effect.ts';

type Transfer = Extract<Effect, { kind: 'ownership.transfer' }>;
type Rename = Extract<Effect, { kind: 'ownership.rename' }>;
type Step<T> = ({ ok: true } & T) | { ok: false; refusal: EffectRefusal };

const ALONE: CoOwnership = 0;
const JOINT: CoOwnership = 1;
const BY_SHARES: CoOwnership = 2;
const OTHERWISE: CoOwnership = 3;

function refuse(reason: EffectRefusalReason, params: EffectRefusal['params'] = {}) {
  return { ok: false as const, refusal: { reason, params } };
}

/**
 * 转移登记: closes the live right and opens a new one; encumbrances stay with the unit (民法典406 抵押随之), but for the advance notice
 * of who receives it, which has secured what it was for (民法典221).
 */
export function transferOwnership(unit: UnitState, effect: Transfer, context: EffectContext): EffectResult {
  const live = liveRight(unit);
  if (!live) return refuse('noLiveRight');
  const given = takeShares(live, effect.from);
  if (!given.ok) return given;
  const received = giveShares(effect, given.total);
  if (!received.ok) return received;
  const joined = join(given.remaining, received.holders, effect.coOwnership);
  if (!joined.ok) return joined;
  const transferred = replaceRight(
    unit,
    live,
    { ...joined, kind: effect.rightKind ?? live.kind },
    effect.certificateNo,
    context,
  );
  return closeFulfilledNotices(transferred, effect, context);
}

/** 预告登记 whose holders all receive the right now; that of a mortgage is fulfilled by the mortgage, not by the sale. */
function closeFulfilledNotices(
  transferred: EffectResult,
  { to }: Transfer,
  context: EffectContext,
): EffectResult {
  if (!transferred.ok) return transferred;
  const receives = ({ idIndex }: Holder) => to.some((one) => one.idIndex === idIndex);
  const fulfilled = transferred.unit.encumbrances.filter(
    ({ kind, status, mortgage, holders }) =>
      kind === 'preNotice' &&
      status === 'current' &&
      mortgage === null &&
      holders.length > 0 &&
      holders.every(receives),
  );
  const { at: closedAt, caseId: closedByCaseId } = context;
  const { unit, certificates } = transferred;
  return {
    ...transferred,
    unit: {
      ...unit,
      encumbrances: unit.encumbrances.map((one) =>
        fulfilled.includes(one) ? { ...one, status: 'historic' as const, closedAt, closedByCaseId } : one,
      ),
    },
    certificates: {
      ...certificates,
      cancelled: [
        ...certificates.cancelled,
        ...fulfilled.flatMap(({ certificateNo }) => (certificateNo === null ? [] : [certificateNo])),
      ],
    },
  };
}

/** 更名变更: the same person under a new name or number; share and co-ownership stay. */
export function renameHolder(unit: UnitState, effect: Rename, context: EffectContext): EffectResult {
  const live = liveRight(unit);
  if (!live) return refuse('noLiveRight');
  if (!live.holders.some(({ idIndex }) => idIndex === effect.of.idIndex)) return refuse('notOwner');
  const others = live.holders.filter(({ idIndex }) => idIndex !== effect.of.idIndex);
  if (others.some(({ idIndex }) => idIndex === effect.holder.idIndex)) return refuse('holderTwice');
  const holders = live.holders.map((holder) =>
    holder.idIndex === effect.of.idIndex ? { ...effect.holder, share: holder.share } : holder,
  );
  const next = { holders, coOwnership: live.coOwnership, kind: live.kind, renamed: true as const };
  return replaceRight(unit, live, next, effect.certificateNo, context);
}

/** What the givers part with: the total, and who keeps what. */
function takeShares(
  live: Right,
  givers: readonly SealedGiver[],
): Step<{ total: Share; remaining: Holder[] }> {
  if (givers.length === 0) return refuse('giverMissing');
  if (new Set(givers.map(({ idIndex }) => idIndex)).size !== givers.length) return refuse('holderTwice');
  if (givers.some(({ idIndex }) => !live.holders.some((holder) => holder.idIndex === idIndex))) {
    return refuse('notOwner');
  }
  // Those without a share of their own hold together and dispose together (民法典301: 全体共同共有人).
  const group = live.holders.filter(({ share }) => share === null);
  const groupGivers = givers.filter(({ idIndex }) => group.some((holder) => holder.idIndex === idIndex));
  if (groupGivers.length > 0 && groupGivers.length < group.length) return refuse('jointNeedsAll');
  if (groupGivers.some(({ share }) => share !== null)) return refuse('jointNeedsAll');

  const taken: Share[] = [];
  const remaining: Holder[] = [];
  for (const holder of live.holders) {
    const giver = givers.find(({ idIndex }) => idIndex === holder.idIndex);
    if (!giver) remaining.push(holder);
    else if (holder.share !== null) {
      const part = giver.share === null ? holder.share : reduceShare(giver.share);
      if (!part) return refuse('sharesDiffer');
      const rest = subtractShare(holder.share, part);
      if (rest) remaining.push({ ...holder, share: rest });
      else if (!isSameShare(holder.share, part)) return refuse('shareTooSmall');
      taken.push(part);
    }
  }
  const groupShare = groupGivers.length > 0 ? shareOfGroup(live.holders) : null;
  const total = addShares(groupShare ? [...taken, groupShare] : taken);
  return total ? { ok: true, total, remaining } : refuse('sharesDiffer');
}

/** What the holders without a share of their own hold together: the rest of the whole. */
function shareOfGroup(holders: readonly Holder[]): Share | null {
  const own = holders.flatMap(({ share }) => (share ? [share] : []));
  if (own.length === 0) return WHOLE;
  const sum = addShares(own);
  return sum && subtractShare(WHOLE, sum);
}

/** The receivers with their shares of the whole, which add up to exactly what was given. */
function giveShares(effect: Transfer, total: Share): Step<{ holders: Holder[] }> {
  const { to, coOwnership } = effect;
  if (to.length === 0) return refuse('receiverMissing');
  if (new Set(to.map(({ idIndex }) => idIndex)).size !== to.length) return refuse('holderTwice');
  if ((coOwnership === ALONE) !== (to.length === 1)) return refuse('sharesDiffer');
  if (coOwnership === JOINT) return { ok: true, holders: to.map((holder) => ({ ...holder, share: null })) };
  const unspecified = to.filter(({ share }) => share === null);
  if (coOwnership === OTHERWISE && unspecified.length > 0) {
    const own = to.flatMap(({ share }) => (share ? [share] : []));
    const sum = own.length > 0 ? addShares(own) : null;
    const rest = own.length === 0 ? total : sum && subtractShare(total, sum);
    return rest ? { ok: true, holders: [...to] } : refuse('sharesDiffer');
  }
  // 民法典309: where nothing was agreed the shares are equal.
  const equal = unspecified.length === to.length ? splitEqually(total, to.length) : null;
  const holders = to.map((holder) => ({
    ...holder,
    share: equal ?? (holder.share && reduceShare(holder.share)),
  }));
  const shares = holders.flatMap(({ share }) => (share ? [share] : []));
  const sum = shares.length === holders.length ? addShares(shares) : null;
  return sum && isSameShare(sum, total) ? { ok: true, holders } : refuse('sharesDiffer');
}

/** Those who stay and those who come, one entry a person, with the form of co-ownership that results. */
function join(
  remaining: readonly Holder[],
  received: readonly Holder[],
  coOwnership: CoOwnership,
): Step<{ holders: Holder[]; coOwnership: CoOwnership }> {
  if (remaining.length === 0) {
    const [only] = received;
    const holders = received.length === 1 && only ? [{ ...only, share: WHOLE }] : [...received];
    return { ok: true, holders, coOwnership: holders.length === 1 ? ALONE : coOwnership };
  }
  const groups = [remaining, received].filter((side) => side.some(({ share }) => share === null));
  // Two groups that each hold jointly could no longer be told apart; the law leaves that to separate rights.
  if (groups.length > 1) return refuse('jointNeedsAll');
  const holders = [...remaining];
  for (const newcomer of received) {
    const at = holders.findIndex(({ idIndex }) => idIndex === newcomer.idIndex);
    const known = holders[at];
    if (!known) holders.push(newcomer);
    else if (known.share === null || newcomer.share === null) return refuse('holderTwice');
    else {
      const share = addShares([known.share, newcomer.share]);
      if (!share) return refuse('sharesDiffer');
      holders[at] = { ...known, share };
    }
  }
  if (holders.length === 1) return { ok: true, holders, coOwnership: ALONE };
  return { ok: true, holders, coOwnership: groups.length === 1 ? OTHERWISE : BY_SHARES };
}

function replaceRight(
  unit: UnitState,
  live: Right,
  next: Pick<Right, 'holders' | 'coOwnership' | 'kind' | 'renamed'>,
  certificateNo: string,
  context: EffectContext,
): EffectResult {
  const { caseId, at } = context;
  const opened: Right = {
    ...next,
    id: context.newId(),
    status: 'current',
    certificateNo,
    landTermUntil: live.landTermUntil,
    registeredAt: at,
    caseId,
    closedAt: null,
    closedByCaseId: null,
  };
  const rights = unit.rights.map((right) =>
    right === live ? { ...right, status: 'historic' as const, closedAt: at, closedByCaseId: caseId } : right,
  );
  return {
    ok: true,
    unit: { ...unit, rights: [...rights, opened] },
    certificates: {
      ...neededCertificate(certificateNo, 'title', opened.id),
      superseded: live.certificateNo === null ? [] : [live.certificateNo],
    },
  };
}
