import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { listActsOn } from '../audit/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { caseEventTypes } from './events.ts';

/** What happened to a case, one line of its timeline. */
export interface CaseEventEntry {
  id: string;
  /** `applications.accepted`, … */
  type: string;
  at: Date;
  actorId: string | null;
  data: Record<string, unknown>;
}

const KNOWN: ReadonlySet<string> = new Set(caseEventTypes);

const entryOf = ({ id, type, at, actorId, data }: Omit<OutboxEvent, 'requestId'>): CaseEventEntry => ({
  id,
  type,
  at,
  actorId,
  data,
});

/**
 * All events of a case in order: those of the audit, which keeps each event once and for good, and those that are still
 * embedded in the case and not yet delivered. The timeline keeps no copy of its own.
 */
export async function readCaseEvents(p: Platform, doc: ApplicationDocument): Promise<CaseEventEntry[]> {
  const recorded = await listActsOn(p, doc._id);
  const known = new Set(recorded.map(({ id }) => id));
  const embedded = (doc.outbox ?? []).filter(({ id }) => !known.has(id)).map(entryOf);
  return [...recorded, ...embedded]
    .filter(({ type }) => KNOWN.has(type))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}
