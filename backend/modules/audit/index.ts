/**
 * Audit (操作留痕): who did what, and who saw whose data. Both are append-only: entries are inserted and read, by nothing
 * changed or deleted. Acts come from the events that each change carries, so they need no call in a use case; looks at
 * personal data are recorded by the use case that shows it, before it answers.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { accessEntries, auditEntries, lateEntries } from './audit.model.ts';
import { noteEarlierEntries } from './migrations.ts';
import { auditRoutes } from './routes.ts';

export { recordAccess, type Access } from './record-access.ts';
export { recordEvents } from './record-events.ts';
export {
  findAccessTo,
  findLooksAtUnits,
  findWithheld,
  listAccessTo,
  listActsOn,
  type LookQuery,
  type WithheldLooks,
} from './reads.ts';
export {
  countEntriesBetween,
  forgetLate,
  idOf,
  isNotedLate,
  listLate,
  markLate,
  readEntriesBetween,
  readEntriesById,
  SEALED_SOURCES,
  SETTLED_MS,
  type SealedRow,
  type SealedSource,
} from './sealing.ts';
export type { AccessDocument, AccessReference } from './audit.model.ts';

export const auditModule: ModuleFace = {
  name: 'audit',
  models: [auditEntries, accessEntries, lateEntries] as unknown as NonNullable<ModuleFace['models']>,
  migrations: [noteEarlierEntries],
  routes: auditRoutes,
};
