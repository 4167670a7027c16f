import type { Migration } from '../../platform/database/migrations.ts';
import { organisations } from './organisation.model.ts';

/** A collection keeps the validator that it was made with: one of before lets in no organ. */
export const letInOrgans: Migration = {
  id: '2026-11-30-let-in-organs',
  async up(db) {
    const { collection, validator } = organisations.declaration;
    await db.command({ collMod: collection, validator });
  },
};
