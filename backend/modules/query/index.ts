import type { ModuleFace } from '../../platform/module.ts';
import { erasePapersJob } from './erase-papers.ts';
import { registerQueryFiles } from './evidence.ts';
import { grants } from './grants/grant.model.ts';
import { grantRoutes } from './grants/routes.ts';
import { complaints } from './looks/complaint.model.ts';
import { delays } from './looks/delay.model.ts';
import { endDelaysJob } from './looks/delays.ts';
import { lookRoutes } from './looks/routes.ts';
import {
  forgetPlainDigests,
  forgetRestOfErasedQueries,
  keepPapersOfEarlierQueries,
  limitUndecidedDelays,
  nameNoClient,
  queriesWithoutLetter,
} from './migrations.ts';
import { registerQueryFormats } from './plain-words.ts';
import { propertyRoutes } from './property/routes.ts';
import { queries } from './query.model.ts';
import { deskRoutes } from './routes-desk.ts';
import { routes } from './routes.ts';
import { endNoticesJob } from './set-notice.ts';

registerQueryFormats();
registerQueryFiles();

/**
 * 登记资料查询: who may know what of the register, asked with a purpose, answered with a signed document. `disclosure.ts` is the one
 * table that decides it. Owns the collection `queries`; beside it `looks/` (谁查过我: complaints, and delays of notice by law), `grants/`
 * (授权查看), `alerts/` (owners are told what happens on their property) and `property/` (the owner's page).
 *
 * Every result is a leaf of the ledger (leaf.ts), put there by `query.answered` and `query.refused`, wired in subscriptions.ts.
 *
 * Events: `query.asked`, `query.answered`, `query.refused`, `query.withdrawn`, `query.noticeSet`, `query.released`, `query.papersErased`, see events.ts; `query.grant_given|used|revoked {grantId,
 * unitCode, purpose}`; `query.look_complained|answered {complaintId, …}`; `query.delay_asked|granted|refused|ended {delayId}`.
 */
export const queryModule: ModuleFace = {
  name: 'query',
  models: [queries, grants, complaints, delays] as unknown as NonNullable<ModuleFace['models']>,
  migrations: [
    keepPapersOfEarlierQueries,
    queriesWithoutLetter,
    nameNoClient,
    forgetPlainDigests,
    forgetRestOfErasedQueries,
    limitUndecidedDelays,
  ],
  routes: [...routes, ...deskRoutes, ...lookRoutes, ...grantRoutes, ...propertyRoutes],
  jobs: [endDelaysJob, endNoticesJob, erasePapersJob],
};

export { lookMessages } from './alerts/look-messages.ts';
export { propertyMessages } from './alerts/property-messages.ts';
export { disclose, DISCLOSURE, disclosureOf, type Disclosure, type DisclosureContext } from './disclosure.ts';
export { fillConcerns } from './concern.ts';
export { decisionMessages } from './decision-messages.ts';
export { logResults, queryResultLeaves } from './leaf.ts';
export { violationsOf } from './violations.ts';
export type { QueryDocument } from './query.model.ts';
export type { Field, Purpose, QueryKind, Relation } from './vocabulary.ts';
