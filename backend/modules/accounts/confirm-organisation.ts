import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import { changeOrganisation } from './change-organisation.ts';
import type { RevisionBody } from './contract.ts';

/** Who it is was checked against the licence (营业执照), of an organ against its code certificate and letter (公函): from now on its members may act. */
export async function confirmOrganisation(p: Platform, actor: StaffActor, id: string, body: RevisionBody) {
  return changeOrganisation(p, actor, id, body.revision, {
    from: ['waiting'],
    set: { status: 'active', confirmed: { at: p.time.now(), by: actor.accountId } },
    event: 'accounts.organisation_confirmed',
  });
}
