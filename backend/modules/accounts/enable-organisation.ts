import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import { changeOrganisation, getOrganisation } from './change-organisation.ts';
import type { RevisionBody } from './contract.ts';

/** Back to where it was: one that was never confirmed still waits. */
export async function enableOrganisation(p: Platform, actor: StaffActor, id: string, body: RevisionBody) {
  const { confirmed } = await getOrganisation(p, id);
  return changeOrganisation(p, actor, id, body.revision, {
    from: ['disabled'],
    set: { status: confirmed ? 'active' : 'waiting', disabled: null },
    event: 'accounts.organisation_enabled',
  });
}
