import type { Me } from '../../backend/modules/accounts/contract.ts';
import { to } from './paths.ts';

/**
 * Where staff begin: the desk; for a supervisor the figures; for those who only administer, the staff list, as cases are
 * not theirs to see.
 */
export function workPlace({ roles }: Pick<Me, 'roles'>): string {
  if (roles.includes('supervisor')) return to('supervision');
  return roles.some((role) => role !== 'administrator') ? to('desk') : to('adminStaff');
}
