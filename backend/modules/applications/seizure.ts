import type { Platform } from '../../platform/platform.ts';
import type { OutboxEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { ApplicationDocument, CasePause } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { tryChange } from './change.ts';
import { caseEvent } from './events.ts';
import { findApplication } from './load.ts';
import { openPause } from './pause.ts';
import { isPending } from './transitions.ts';
import { SEIZURE_BASIS } from './wording.ts';

/**
 * A seizure stops what is pending on the unit from the day its order is served, whatever was accepted before it (查封规定23):
 * the case is suspended by law with its notice, and recording is barred by the register itself. Safe to repeat.
 */
export async function suspend(
  p: Platform,
  caseId: string,
  seizure: { eventId: string; unitCode: string; recorded: boolean },
): Promise<void> {
  for (;;) {
    const doc = await findApplication(p, caseId);
    if (!doc || !isPending(doc.status)) return;
    if (doc.pauses.some(isSeizurePause)) return;
    const { push, pause } = seizurePause(p, doc, seizure.recorded);
    const done = await tryChange(p, doc, await typeOf(p, doc), {
      push,
      events: [stoppedBySeizure(p, doc, pause.id, seizure)],
    });
    if (done) return;
  }
}

/**
 * 查封规定23: what the arrival of a seizure does to a pending case, with its notice. Before it is recorded the notice, which its owner
 * reads, says no more than that law stops it: the order is not the office's to give away.
 */
export function seizurePause(
  p: Platform,
  doc: ApplicationDocument,
  recorded: boolean,
): ReturnType<typeof openPause> {
  const told = recorded
    ? { note: NOTE.zh, basis: SEIZURE_BASIS }
    : { note: NEUTRAL.zh, basis: NEUTRAL_BASIS };
  return openPause(p, doc, { reason: 'suspendedByLaw', plannedEndOn: null, by: null, ...told });
}

/** The event of that pause; `causedBy` is what tells people that it was a court, which they may know once it is recorded. */
export function stoppedBySeizure(
  p: Platform,
  doc: ApplicationDocument,
  pauseId: string,
  { eventId, unitCode, recorded }: { eventId: string; unitCode: string; recorded: boolean },
): OutboxEvent {
  return caseEvent(p, 'paused', doc, null, {
    reason: 'suspendedByLaw',
    pauseId,
    unitCode,
    ...(recorded ? { causedBy: eventId } : {}),
  });
}

/** Open, and opened by a seizure: nobody chose it, so nobody need end it. */
export const isSeizurePause = ({ reason, to, by }: CasePause): boolean =>
  reason === 'suspendedByLaw' && to === null && by === null;

/** Whether the people of the case may read that it was a seizure. */
export const isToldOfSeizure = (pause: CasePause): boolean =>
  isSeizurePause(pause) && pause.basis === SEIZURE_BASIS;

/** True of an order as well, and no more than is told: the article follows at the hall, or once the order is recorded. */
const NEUTRAL_BASIS = '法律、行政法规规定应当中止办理的情形';

const NEUTRAL = {
  zh: '这项登记依照法律规定暂时中止。请带证件到登记大厅了解；原因消除后会恢复办理，届时告诉您。',
  en: 'This registration is suspended by law for the time being. Ask at a registration hall with your papers; it goes on once the reason has gone, and you are told.',
};

const NOTE = {
  zh: '人民法院等机关查封这处不动产的文书已经送达。查封期间不能办理这项登记，请联系查封机关；解封后会恢复办理。',
  en: 'An order to seize this property has been served. This registration cannot go on meanwhile; ask the authority. It goes on after the seizure is lifted.',
};

/** `register.seized` and `register.orderServed {unitCode, pendingCaseIds}`, wired in subscriptions.ts. */
export const suspendAfterSeizure: Subscriber = {
  name: 'applications.suspendAfterSeizure',
  types: ['register.orderServed', 'register.seized'],
  async handle(p, events) {
    for (const { id, type, data } of events) {
      const pending = Array.isArray(data.pendingCaseIds) ? data.pendingCaseIds : [];
      for (const caseId of pending) {
        if (typeof caseId === 'string')
          await suspend(p, caseId, {
            eventId: id,
            unitCode: String(data.unitCode),
            recorded: type === 'register.seized',
          });
      }
    }
  },
};
