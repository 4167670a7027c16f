import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { demand, tryChange } from './change.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import type { Viewer } from './policy.ts';

/** Two clerks who reach for the same case at once: one write wins, the other is told who has it. */
const ATTEMPTS = 3;

/**
 * Takes a case to work on at its current step (领取). Throws `applications.claimed_by_other` with the name of who has
 * it, `applications.recused` for a party, `applications.not_yours_to_act` for another role.
 */
export async function claim(p: Platform, viewer: Viewer, idOrNo: string): Promise<ApplicationDocument> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const doc = await getForStaff(p, idOrNo, viewer);
    if (doc.handler?.accountId === viewer.accountId) return doc;
    const type = await typeOf(p, doc);
    demand('claim', doc, type, viewer);
    const claimed = await tryChange(p, doc, type, {
      set: { handler: { accountId: viewer.accountId, name: viewer.name, at: p.time.now() } },
      events: [caseEvent(p, 'claimed', doc, viewer.accountId, { step: doc.step })],
    });
    if (claimed) return claimed;
  }
  return errors.fail('applications.changed_meanwhile');
}

/** Gives a claimed case back (退回待领). */
export async function release(p: Platform, viewer: Viewer, idOrNo: string): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('release', doc, type, viewer);
  const released = await tryChange(p, doc, type, {
    set: { handler: null },
    events: [caseEvent(p, 'released', doc, viewer.accountId, { step: doc.step })],
  });
  return released ?? errors.fail('applications.changed_meanwhile');
}
