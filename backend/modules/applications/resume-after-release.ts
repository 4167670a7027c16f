import type { Platform } from '../../platform/platform.ts';
import type { Subscriber } from '../../platform/database/outbox.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findUnit, isInForce, settleLapsed } from '../register/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { tryChange } from './change.ts';
import { caseEvent } from './events.ts';
import { findApplication } from './load.ts';
import { closePauses, resumption } from './resume.ts';
import { isSeizurePause } from './seizure.ts';
import { isPending } from './transitions.ts';

/**
 * 解封 or the end of its term lets a case that a seizure stopped go on by itself, with its notice (恢复办理告知书): a clock
 * that stands still after its reason has gone would be a delay that nobody answers for. Safe to repeat.
 */
async function resume(p: Platform, caseId: string, note: string): Promise<void> {
  for (;;) {
    const doc = await findApplication(p, caseId);
    if (!doc || !isPending(doc.status)) return;
    const open = doc.pauses.filter(isSeizurePause);
    if (open.length === 0 || (await isHeld(p, doc))) return;
    const { pauses, clockEvents } = closePauses(
      p,
      doc,
      open.map(({ id }) => id),
    );
    const done = await tryChange(p, doc, await typeOf(p, doc), {
      set: { pauses, clockEvents },
      push: { documents: [resumption(p, doc, { reason: 'suspendedByLaw', note, at: p.time.now() })] },
      events: [caseEvent(p, 'resumed', doc, null, { reasons: ['suspendedByLaw'] })],
    });
    if (done) return;
  }
}

const RELEASED = '登记簿上的查封已经解除或者到期失效。';
const TURNED_AWAY = '查封文书没有登记，已经退回或者撤回，不再影响这件业务。';

/** By a seizure in force, or by an order for one that was served and is still to be recorded (查封规定23). */
async function isHeld(p: Platform, { unitCodes }: ApplicationDocument): Promise<boolean> {
  const on = legalDayOf(p.time.now());
  for (const unitCode of unitCodes) {
    const unit = await findUnit(p, unitCode);
    if (unit?.served?.length) return true;
    const standing = settleLapsed(unit?.encumbrances ?? [], on);
    if (standing.some((one) => one.kind === 'seizure' && isInForce(one, on))) return true;
  }
  return false;
}

const ENDS_SEIZURES: ReadonlySet<unknown> = new Set(['seizure.lift', 'encumbrance.lapse']);

/** `register.changed {unitCode, kinds}` and `register.serviceEnded {unitCode}`, wired in subscriptions.ts. */
export const resumeAfterRelease: Subscriber = {
  name: 'applications.resumeAfterRelease',
  types: ['register.changed', 'register.serviceEnded'],
  async handle(p, events) {
    for (const { type, data } of events) {
      const turnedAway = type === 'register.serviceEnded';
      const kinds = Array.isArray(data.kinds) ? data.kinds : [];
      if (!turnedAway && !kinds.some((kind) => ENDS_SEIZURES.has(kind))) continue;
      const unit = await findUnit(p, String(data.unitCode));
      for (const { caseId } of unit?.pending ?? []) {
        await resume(p, caseId, turnedAway ? TURNED_AWAY : RELEASED);
      }
    }
  },
};
