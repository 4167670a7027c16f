/**
 * Audit (操作留痕): who did what, and who saw whose data. Both are append-only: entries are inserted and read, by nothing
 * changed or deleted. Acts come from the events that each change carries, so they need no call in a use case; looks at
 * personal data are recorded by the use case that shows it, before it answers.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { accessEntries, auditEntries } from './audit.model.ts';
import { auditRoutes } from './routes.ts';

export { recordAccess, type Access } from './record-access.ts';
export { recordEvents } from './record-events.ts';
export {
  countWithheld,
  findAccessTo,
  listAccessTo,
  listActsOn,
  type LookQuery,
  type WithheldLooks,
} from './reads.ts';
export type { AccessDocument } from './audit.model.ts';

export const auditModule: ModuleFace = {
  name: 'audit',
  models: [auditEntries, accessEntries] as unknown as NonNullable<ModuleFace['models']>,
  routes: auditRoutes,
};
