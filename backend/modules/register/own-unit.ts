import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { findUnit } from './reads.ts';
import { holderIndexOf } from './seal.ts';
import type { UnitDocument } from './unit.model.ts';
import { ownsUnit } from './unit-state.ts';

/**
 * The unit for one of its present owners, by folded code, and under which blind index they own it. Somebody else's unit is answered
 * like one that does not exist: a unit code must not be a way to ask who owns what. Throws `register.unitNotFound`.
 */
export async function getOwnUnit(
  p: Platform,
  actor: Actor,
  code: string,
): Promise<{ unit: UnitDocument; holderIndex: string }> {
  const unit = await findUnit(p, code);
  const holderIndex = holderIndexOf(p, actor);
  if (!unit || holderIndex === null || !ownsUnit(unit, holderIndex))
    return errors.fail('register.unitNotFound');
  return { unit, holderIndex };
}
