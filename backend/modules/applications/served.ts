import type { Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { findBusinessType } from '../catalogue/index.ts';
import {
  findUnitsByCodes,
  isStoppedBySeizure,
  markIncomplete,
  markServed,
  unmarkServed,
} from '../register/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { handledType } from './case-type.ts';
import { findApplication } from './load.ts';
import { openCorrection } from './policy.ts';
import { suspend } from './seizure.ts';
import { isPending } from './transitions.ts';

type Entrusted = Pick<BusinessType, 'request' | 'applicants'>;

/** 查封、续封 by an authority: what the office has to assist with from the day it is handed in (查封规定23, 细则90). */
export const isServedOrder = ({ request, applicants }: Entrusted): boolean =>
  applicants.mode === 'entrusted' && (request === 'seizure' || request === 'seizureRenewal');

const isUnderWay = ({ status }: Pick<ApplicationDocument, 'status'>): boolean =>
  status === 'submitted' || status === 'registering' || isPending(status);

type Correction = ApplicationDocument['corrections'][number];

const namesPapers = ({ defects }: Correction): boolean =>
  defects.some(({ target }) => 'materialCode' in target);

/** Whether the office waits for papers of the order. */
function isIncomplete(doc: ApplicationDocument): boolean {
  const open = openCorrection(doc);
  return open !== null && namesPapers(open);
}

/** 查封规定1, 7: an order is served when ruling and notice are both here; one whose papers came later, when they came. */
function servedAt({ earlierSubmissions, submission, corrections }: ApplicationDocument): Date | null {
  const completed = corrections.findLast((one) => one.answeredAt !== null && namesPapers(one));
  return completed?.answeredAt ?? (earlierSubmissions[0] ?? submission)?.at ?? null;
}

/**
 * Brings the units in line with an order of an authority: they carry it while it waits to be recorded, and no longer.
 *
 * Two documents and no transaction, so the case is written first and the unit second, both before the authority is told that
 * its order is in. Served for the register is what a unit carries: a sale recorded between the two came before, and
 * whoever dies between them has told nobody; the event of the submission, which is part of the first write, then
 * brings the second. The other way round a submission that failed would hold somebody's sale for an order that does not
 * exist. Endings come through their events as well. Safe to repeat, in any order.
 */
export async function keepServed(p: Platform, caseId: string): Promise<void> {
  const doc = await findApplication(p, caseId);
  if (!doc) return;
  const type = await handledType(p, doc);
  if (!isServedOrder(type)) return;
  // 补正: its units stay held, and it may name others once it is answered; orders that are complete go before it.
  if (isIncomplete(doc)) {
    await markIncomplete(p, caseId);
    // It may have been answered since it was read, and the mark of the complete order been written before this one.
    const latest = await findApplication(p, caseId);
    if (latest && !isIncomplete(latest)) await keepServed(p, caseId);
    return;
  }
  if (doc.status === 'correction') return;
  const at = servedAt(doc);
  const unitCodes = isUnderWay(doc) && at ? doc.unitCodes : [];
  for (const unitCode of unitCodes) {
    await markServed(p, unitCode, { caseId, caseNo: doc.no ?? '', request: type.request, at: at as Date });
  }
  await unmarkServed(p, caseId, unitCodes);
  if (unitCodes.length === 0) return;
  // It may have ended since it was read, and the mark been taken away before this one came.
  const latest = await findApplication(p, caseId);
  if (latest && !isUnderWay(latest) && latest.status !== 'correction') await unmarkServed(p, caseId);
}

/** What may bring or end a service, wired in subscriptions.ts before the subscribers that act on it. */
export const keepServedOrders: Subscriber = {
  name: 'applications.keepServedOrders',
  types: [
    'applications.submitted',
    'applications.correctionRequested',
    'applications.correctionAnswered',
    'applications.correctionLapsed',
    'applications.declined',
    'applications.refused',
    'applications.withdrawn',
  ],
  async handle(p, events) {
    for (const { data } of events) {
      const type = await findBusinessType(p, String(data.typeCode));
      if (type && isServedOrder(type)) await keepServed(p, String(data.caseId));
    }
  },
};

/** A case that is accepted while an order waits, or was being accepted when it came, stops like those before it. */
export const suspendAccepted: Subscriber = {
  name: 'applications.suspendAccepted',
  types: ['applications.accepted'],
  async handle(p, events) {
    const codes = events.flatMap(({ data }) =>
      Array.isArray(data.unitCodes) ? data.unitCodes.map(String) : [],
    );
    for (const { _id: unitCode, served = [], pending } of await findUnitsByCodes(p, codes)) {
      const [order] = served;
      if (!order) continue;
      const accepted = pending.filter(
        ({ caseId, request }) =>
          isStoppedBySeizure(request) && events.some(({ data }) => data.caseId === caseId),
      );
      for (const { caseId } of accepted) await suspend(p, caseId, { eventId: order.caseId, unitCode });
    }
  },
};
