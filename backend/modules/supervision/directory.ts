import type { Platform } from '../../platform/platform.ts';
import { perPlatform } from '../../platform/database/gather.ts';
import { findStaffByRole, type StaffRole } from '../accounts/index.ts';
import type { Directory } from './escalation.ts';

const POSTS = [
  'acceptance',
  'firstReview',
  'secondReview',
  'registrar',
  'issuance',
  'sectionHead',
  'leader',
  'supervisor',
] as const satisfies readonly StaffRole[];

/** Who holds which post hardly changes: read at most once in this time, however many alarms there are. */
const FRESH_MS = 2_000;

const cacheOf = perPlatform(() => ({ readAt: -Infinity, directory: {} as Directory }));

/** The active staff by post. */
export async function staffDirectory(p: Platform): Promise<Directory> {
  const cache = cacheOf(p);
  const now = performance.now();
  if (now - cache.readAt < FRESH_MS) return cache.directory;
  const lists = await Promise.all(POSTS.map(async (role) => [role, await findStaffByRole(p, role)] as const));
  cache.directory = Object.fromEntries(lists);
  cache.readAt = now;
  return cache.directory;
}
