import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import { changeOrganisation } from './change-organisation.ts';
import type { ReasonBody } from './contract.ts';

/** Every session of every member is dead within a second: they are read together with the organisation. */
export async function disableOrganisation(p: Platform, actor: StaffActor, id: string, body: ReasonBody) {
  const { reason } = body;
  return changeOrganisation(p, actor, id, body.revision, {
    from: ['waiting', 'active'],
    set: { status: 'disabled', disabled: { at: p.time.now(), by: actor.accountId, reason } },
    event: 'accounts.organisation_disabled',
  });
}
