import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import type { RevisionBody } from './contract.ts';
import { restartStaff } from './staff.ts';

/** A lost phone or password: both start anew, every session ends, and who did it is recorded. */
export async function resetStaff(p: Platform, actor: StaffActor, id: string, { revision }: RevisionBody) {
  return restartStaff(p, actor, id, revision, {
    from: ['enrolling', 'active'],
    event: 'accounts.factor_reset',
  });
}
