import { liveRight, type UnitDocument } from '../../register/index.ts';
import type { Sentence } from '../../../platform/errors.ts';
import type { GrantPurpose, GrantState } from '../contract/grants.ts';
import type { GrantDocument } from './grant.model.ts';

/** What a permission comes to at a moment. Pure. */

export const PURPOSE_WORDS = {
  mortgage: { zh: '办贷款、抵押', en: 'a loan or mortgage' },
  purchase: { zh: '买卖这套房子', en: 'buying this property' },
  lease: { zh: '租这套房子', en: 'renting this property' },
  other: { zh: '其他合法用途', en: 'another lawful purpose' },
} as const satisfies Record<GrantPurpose, Sentence>;

type Judged = Pick<GrantDocument, 'revoked' | 'until' | 'usesAllowed' | 'uses' | 'rightId' | 'giver'>;

/**
 * Whether it still opens anything. Who gave it must be an owner under the very right of then: after a sale, a change of name or a
 * cancellation it opens nothing, and does not come back to life if they buy the home again.
 */
export function stateOf(grant: Judged, unit: Pick<UnitDocument, 'rights'> | null, now: Date): GrantState {
  if (grant.revoked) return 'revoked';
  const right = unit && liveRight(unit);
  const owns = right?.holders.some(({ idIndex }) => idIndex === grant.giver.personIndex) ?? false;
  if (right?.id !== grant.rightId || !owns) return 'ended';
  if (now >= grant.until) return 'expired';
  return grant.usesAllowed !== null && grant.uses >= grant.usesAllowed ? 'used' : 'active';
}
