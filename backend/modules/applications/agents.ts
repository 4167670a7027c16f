import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { findStaffByPersonIndex } from '../accounts/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { Viewer } from './policy.ts';

/** Who acts for a party (经办人), and what follows from it for the staff (回避). */

/** A member of an organisation acted under a number of a member of staff that nobody has seen a card of. */
export const AGENT_UNPROVEN = 'applications.agentUnproven';

/**
 * The persons who acted, with this one. An organisation invites its members under whatever number it types: one that no
 * clerk has seen the card of keeps nobody from the case, or a bank could choose who does not supervise it.
 */
export function agentsWith(before: readonly string[], agent: Viewer | undefined): string[] {
  const person = agent?.nameVerified ? agent.personIndex : null;
  return person === null ? [...before] : [...new Set([...before, person])];
}

/**
 * The mark of such an act, for supervision alone: either a number was misused, or somebody of the office works for a
 * party and has to show the card.
 */
export async function unprovenEvents(
  p: Platform,
  { _id: caseId, no }: Pick<ApplicationDocument, '_id' | 'no'>,
  agent: Viewer | undefined,
): Promise<OutboxEvent[]> {
  if (agent?.kind !== 'organisation' || agent.nameVerified || agent.personIndex === null) return [];
  // Before it is filed there is no case to supervise; its filing is an act as well.
  if (no === null) return [];
  const staffId = await findStaffByPersonIndex(p, agent.personIndex);
  return staffId === null ? [] : [p.outbox.event(AGENT_UNPROVEN, agent.accountId, { caseId, no, staffId })];
}
