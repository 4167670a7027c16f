import { certificateLeaves } from './modules/certificates/index.ts';
import { auditLeaves, registerLeaves, type LeafSource } from './modules/ledger/index.ts';
import { queryResultLeaves } from './modules/query/index.ts';

/** Whatever put leaves into the log, by kind. `npm run ledger -- verify` sets each beside the log: a kind that is missing here is found there as unknown. */
export const leafSources: readonly LeafSource[] = [
  registerLeaves,
  certificateLeaves,
  queryResultLeaves,
  auditLeaves,
];
