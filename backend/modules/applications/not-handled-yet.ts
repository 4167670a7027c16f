import type { ApplicationDocument } from './application.model.ts';

type Handling =
  | 'earlierSubmissions'
  | 'acceptance'
  | 'handler'
  | 'opinions'
  | 'pauses'
  | 'corrections'
  | 'clockEvents'
  | 'documents'
  | 'withdrawal'
  | 'decision'
  | 'plan'
  | 'planRefusal'
  | 'registration'
  | 'issuance'
  | 'certificatesReady'
  | 'archivedAt'
  | 'queue';

/** The part of a new case that only its handling fills: the same for a draft and for a case of an earlier system. Pure. */
export const notHandledYet = (): Pick<ApplicationDocument, Handling> => ({
  earlierSubmissions: [],
  acceptance: null,
  handler: null,
  opinions: [],
  pauses: [],
  corrections: [],
  clockEvents: [],
  documents: [],
  withdrawal: null,
  decision: null,
  plan: null,
  planRefusal: null,
  registration: null,
  issuance: null,
  certificatesReady: false,
  archivedAt: null,
  queue: null,
});
