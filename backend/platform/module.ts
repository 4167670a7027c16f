import type { DeclaredModel } from './database/model.ts';
import type { AnyRoute } from './http/route.ts';
import type { Job } from './jobs/scheduler.ts';
import type { Migration } from './database/migrations.ts';

/** The public face that a module shows to app.ts: what it owns and what it offers. */
export interface ModuleFace {
  readonly name: string;
  readonly models?: readonly DeclaredModel<never>[];
  readonly migrations?: readonly Migration[];
  readonly routes?: readonly AnyRoute[];
  readonly jobs?: readonly Job[];
}
