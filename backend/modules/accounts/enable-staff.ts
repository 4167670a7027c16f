import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import type { RevisionBody } from './contract.ts';
import { restartStaff } from './staff.ts';

/** Whoever comes back starts with a new password and a new second factor. */
export async function enableStaff(p: Platform, actor: StaffActor, id: string, { revision }: RevisionBody) {
  return restartStaff(p, actor, id, revision, { from: ['disabled'], event: 'accounts.enabled' });
}
