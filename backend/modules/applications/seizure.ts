import type { Platform } from '../../platform/platform.ts';
import type { OutboxEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { ApplicationDocument, CasePause } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { tryChange } from './change.ts';
import { caseEvent } from './events.ts';
import { findApplication } from './load.ts';
import { openPause } from './pause.ts';
import { isPending } from './transitions.ts';

/**
 * A seizure stops what is pending on the unit from the day its order is served, whatever was accepted before it (查封规定23):
 * the case is suspended by law with its notice, and recording is barred by the register itself. Safe to repeat.
 */
export async function suspend(
  p: Platform,
  caseId: string,
  seizure: { eventId: string; unitCode: string },
): Promise<void> {
  for (;;) {
    const doc = await findApplication(p, caseId);
    if (!doc || !isPending(doc.status)) return;
    if (doc.pauses.some(isSeizurePause)) return;
    const { push, pause } = seizurePause(p, doc);
    const done = await tryChange(p, doc, await typeOf(p, doc), {
      push,
      events: [stoppedBySeizure(p, doc, pause.id, seizure)],
    });
    if (done) return;
  }
}

/** 查封规定23: what the arrival of a seizure does to a pending case, with its notice. */
export function seizurePause(p: Platform, doc: ApplicationDocument): ReturnType<typeof openPause> {
  const basis = '最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定第二十三条';
  return openPause(p, doc, { reason: 'suspendedByLaw', note: NOTE.zh, plannedEndOn: null, by: null, basis });
}

/** The event of that pause; `causedBy` is what tells people that it was a court. */
export function stoppedBySeizure(
  p: Platform,
  doc: ApplicationDocument,
  pauseId: string,
  { eventId, unitCode }: { eventId: string; unitCode: string },
): OutboxEvent {
  return caseEvent(p, 'paused', doc, null, {
    reason: 'suspendedByLaw',
    pauseId,
    unitCode,
    causedBy: eventId,
  });
}

/** Open, and opened by a seizure: nobody chose it, so nobody need end it. */
export const isSeizurePause = ({ reason, to, by }: CasePause): boolean =>
  reason === 'suspendedByLaw' && to === null && by === null;

const NOTE = {
  zh: '人民法院等机关查封这处不动产的文书已经送达。查封期间不能办理这项登记，请联系查封机关；解封后会恢复办理。',
  en: 'An order to seize this property has been served. This registration cannot go on meanwhile; ask the authority. It goes on after the seizure is lifted.',
};

/** `register.seized` and `register.orderServed {unitCode, pendingCaseIds}`, wired in subscriptions.ts. */
export const suspendAfterSeizure: Subscriber = {
  name: 'applications.suspendAfterSeizure',
  types: ['register.orderServed', 'register.seized'],
  async handle(p, events) {
    for (const { id, data } of events) {
      const pending = Array.isArray(data.pendingCaseIds) ? data.pendingCaseIds : [];
      for (const caseId of pending) {
        if (typeof caseId === 'string')
          await suspend(p, caseId, { eventId: id, unitCode: String(data.unitCode) });
      }
    }
  },
};
