import type { Platform } from '../../../platform/platform.ts';
import { findAccountNames, type ApplicantActor } from '../../accounts/index.ts';
import { getOwnUnit, liveRight } from '../../register/index.ts';
import type { GrantView } from '../contract/grants.ts';
import { readGrants, viewGrant } from './view-grant.ts';

/** Those given under the present right, by whichever owner; what earlier owners gave is no business of these. */
export async function listGrants(p: Platform, actor: ApplicantActor, code: string): Promise<GrantView[]> {
  const { unit } = await getOwnUnit(p, actor, code);
  const rightId = liveRight(unit)?.id;
  const found = (await readGrants(p, unit)).filter((one) => one.rightId === rightId);
  const names = await findAccountNames(
    p,
    found.map(({ giver }) => giver.accountId),
  );
  return found.map((grant) => viewGrant(p, actor, unit, grant, names));
}
