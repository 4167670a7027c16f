import type { Platform } from '../../platform/platform.ts';
import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { handledType, type CaseType } from './case-type.ts';
import { findInvitation, type Invitation } from './consent.ts';
import { findApplication } from './load.ts';
import type { Status } from './vocabulary.ts';

/** What a message about a case says of it. */
export interface CaseTitleView {
  id: string;
  no: string | null;
  typeName: { zh: string; en: string };
  steps: { key: string; label: { zh: string; en: string } }[];
  initiatorAccountId: string;
}

/** What other modules may know of a case: ids, words of the type, dates. No names, no numbers. */
export interface CaseFactsView {
  id: string;
  no: string | null;
  status: Status;
  typeCode: string;
  typeName: { zh: string; en: string };
  steps: { key: string; label: { zh: string; en: string } }[];
  initiatorAccountId: string;
  results: { kind: 'title' | 'certification' | 'notice'; name: { zh: string; en: string } }[];
  unitCodes: string[];
  address: string;
  /** Accounts of the applicants. */
  followers: string[];
  promisedDueOn: string | null;
  correction: { count: number; dueOn: string } | null;
  registeredAt: Date | null;
  certificateNumbers: string[];
}

/** Only what the view is made of: a case carries far more than its title. */
const FACT_FIELDS = {
  no: 1,
  status: 1,
  typeCode: 1,
  typeVersion: 1,
  unitCodes: 1,
  address: 1,
  followers: 1,
  initiator: 1,
  acceptance: 1,
  corrections: 1,
  registration: 1,
} as const;

type FactDocument = Pick<ApplicationDocument, '_id' | keyof typeof FACT_FIELDS>;

/** Events come in batches, each asking for its own case: their look-ups travel together. */
const finderOf = perPlatform((p: Platform) =>
  gatherFinds(() => applications(p).collection as unknown as Collection<FactDocument>, '_id', FACT_FIELDS),
);

/**
 * What a message says of the case of an event: from the event where it carries it (`caseEvent`), else from the case.
 * Null when there is no such case.
 */
export async function findCaseTitle(
  p: Platform,
  data: Record<string, unknown>,
): Promise<CaseTitleView | null> {
  const { caseId, no, typeCode, typeVersion, initiatorId } = data;
  if (typeof typeCode !== 'string' || typeof typeVersion !== 'number' || typeof initiatorId !== 'string') {
    return findCaseFacts(p, String(caseId ?? data.subjectId ?? ''));
  }
  const type = await handledType(p, { typeCode, typeVersion });
  return {
    id: String(caseId),
    no: typeof no === 'string' ? no : null,
    typeName: type.plainName,
    steps: stepLabels(type),
    initiatorAccountId: initiatorId,
  };
}

const stepLabels = ({ steps }: Pick<CaseType, 'steps'>) => steps.map(({ key, label }) => ({ key, label }));

/** By id; null when there is none. */
export async function findCaseFacts(p: Platform, id: string): Promise<CaseFactsView | null> {
  const doc = await finderOf(p)(id);
  if (!doc) return null;
  const type = await handledType(p, doc);
  const open = doc.corrections.findLast(({ answeredAt }) => answeredAt === null);
  return {
    id: doc._id,
    no: doc.no,
    status: doc.status,
    typeCode: doc.typeCode,
    typeName: type.plainName,
    steps: stepLabels(type),
    initiatorAccountId: doc.initiator.accountId,
    results: type.results.map(({ kind, name }) => ({ kind, name })),
    unitCodes: doc.unitCodes,
    address: doc.address,
    followers: doc.followers,
    promisedDueOn: doc.acceptance?.promisedDueOn ?? null,
    correction: open ? { count: open.defects.length, dueOn: open.dueOn } : null,
    registeredAt: doc.registration?.at ?? null,
    certificateNumbers: doc.registration?.units.flatMap(({ certificateNumbers }) => certificateNumbers) ?? [],
  };
}

/** Name, phone and link of a party that is invited to confirm, for the message to them; null once it no longer stands. */
export async function findConsentInvitation(
  p: Platform,
  caseId: string,
  partyId: string,
): Promise<Invitation | null> {
  const doc = await findApplication(p, caseId);
  return doc && findInvitation(p, doc, partyId);
}
