import type { ModuleFace } from '../../platform/module.ts';
import { registerQueryFiles } from './evidence.ts';
import { queries } from './query.model.ts';
import { deskRoutes } from './routes-desk.ts';
import { routes } from './routes.ts';

registerQueryFiles();

/**
 * 登记资料查询: who may know what of the register, asked with a purpose, answered with a signed document. `disclosure.ts` is the one
 * table that decides it. Owns the collection `queries`.
 *
 * Every result is a leaf of the ledger (leaf.ts), put there by `query.answered` and `query.refused`, wired in subscriptions.ts.
 *
 * Events: `query.asked`, `query.answered`, `query.refused`, `query.withdrawn`, see events.ts.
 */
export const queryModule: ModuleFace = {
  name: 'query',
  models: [queries as never],
  migrations: [],
  routes: [...routes, ...deskRoutes],
  jobs: [],
};

export { disclose, DISCLOSURE, disclosureOf, type Disclosure, type DisclosureContext } from './disclosure.ts';
export { logResults, queryResultLeaves } from './leaf.ts';
export { violationsOf } from './violations.ts';
export type { QueryDocument } from './query.model.ts';
export type { Field, Purpose, QueryKind, Relation } from './vocabulary.ts';
