import { leases } from './database/lease.ts';
import { migrationRecords } from './database/migrations.ts';
import type { DeclaredModel } from './database/model.ts';
import { numberBlocks, numbers } from './database/numbers.ts';
import { rateLimits } from './http/rate-limit.ts';

/** Collections of the platform itself, beside those of the modules. */
export const platformModels = [
  leases,
  migrationRecords,
  numbers,
  numberBlocks,
  rateLimits,
] as unknown as readonly DeclaredModel<never>[];
