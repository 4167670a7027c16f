import type { Migration } from '../../platform/database/migrations.ts';
import { renewValidator } from '../../platform/database/renew-validator.ts';
import { organisations } from './organisation.model.ts';

/** The validator of before lets in no organ. */
export const letInOrgans: Migration = {
  id: '2026-11-30-let-in-organs',
  up: (db) => renewValidator(db, organisations as never),
};
