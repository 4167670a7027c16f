import { newId } from '../../platform/ids.ts';
import { settleNumber } from '../../platform/database/numbers.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  blockingConflicts,
  enqueueAcceptance,
  findUnit,
  recordChange,
  reserveCertificateNo,
  type Conflict,
  type RecordOrder,
  type RecordOutcome,
} from '../register/index.ts';
import { applications, type ApplicationDocument, type CaseRegistration } from './application.model.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand, demandRead, tryChange } from './change.ts';
import { stopClock } from './close-case.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { examine, type Examination } from './examine.ts';
import { findApplication, getForStaff } from './load.ts';
import { CERTIFICATE_OF, ordersOf } from './plan.ts';
import type { RecordCase } from './contract.ts';
import type { Viewer } from './policy.ts';
import { demandIntact } from './intact.ts';
import { servedOnOf } from './renewal.ts';
import { resultDocuments } from './result-documents.ts';
import { seizurePause, stoppedBySeizure } from './seizure.ts';
import { personOf } from './viewer.ts';

/**
 * 登簿: the saga that writes the register. Its first write stores the plan (`registering`); then each unit takes one
 * guarded update that no second run can apply again; then the case is `registered` and its clock stops (C8). A process
 * that dies anywhere leaves a plan, which `recoverRecordings` runs again to the same end.
 *
 * Throws `applications.conflict` when the register does not allow it now: the case is then as it was, 核定通过.
 */
export async function record(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { filingHash }: RecordCase = {},
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('record', doc, type, viewer);
  demandRead(doc, filingHash);
  await keepPlaces(p, doc, type);
  const examination = await examine(p, doc, type, { reader: 'staff' });
  await demandIntact(p, doc, type, examination);
  const barring = blockingConflicts(examination.conflicts);
  if (barring.length > 0) failConflict(barring);
  const orders = await makeOrders(p, doc, type, viewer, examination);
  const planned = await applyChange(p, doc, type, {
    set: {
      status: 'registering',
      plan: {
        at: p.time.now(),
        by: personOf(viewer),
        orders: p.crypto.fields.encrypt(JSON.stringify(orders), planContext(doc)),
        unitCodes: orders.map(({ unitCode }) => unitCode),
        certificateNumbers: orders.flatMap(numbersIn),
      },
      planRefusal: null,
    },
    events: [caseEvent(p, 'recordingStarted', doc, viewer.accountId)],
  });
  const outcome = await runPlan(p, planned, type);
  return outcome.conflicts ? failConflict(outcome.conflicts) : outcome.doc;
}

/** An accepted case has its place in the order of each unit; asking again gives the same place. */
async function keepPlaces(p: Platform, doc: ApplicationDocument, type: CaseType): Promise<void> {
  for (const unitCode of doc.unitCodes) {
    const unit = await findUnit(p, unitCode);
    const isOf = ({ caseId }: { caseId: string }) => caseId === doc._id;
    if (unit?.pending.some(isOf) || unit?.changes.some(isOf)) continue;
    await enqueueAcceptance(p, {
      unitCode,
      caseId: doc._id,
      caseNo: doc.no ?? '',
      businessType: type.code,
      request: type.request,
      acceptedAt: doc.acceptance?.at ?? p.time.now(),
      dueOn: doc.acceptance?.promisedDueOn ?? null,
    });
  }
}

const planContext = ({ _id }: Pick<ApplicationDocument, '_id'>): string => `applications|${_id}|plan`;

function failConflict(conflicts: readonly Pick<Conflict, 'sentence'>[]): never {
  const [first] = conflicts;
  return errors.fail(
    'applications.conflict',
    { reason: first?.sentence.zh ?? '' },
    conflicts.map(({ sentence }) => ({
      pointer: '',
      code: 'applications.conflict',
      params: { reason: sentence.zh },
      sentence,
    })),
  );
}

const numbersIn = ({ effects }: Pick<RecordOrder, 'effects'>): string[] =>
  effects.flatMap((effect) =>
    effect.kind === 'ownership.transfer' ||
    effect.kind === 'ownership.rename' ||
    effect.kind === 'mortgage.create'
      ? [effect.certificateNo]
      : [],
  );

/** Who holds the number of an effect: asked again for the same place, the register gives the same number. */
export const numberHolder = (caseId: string, unitCode: string, place: number): string =>
  `${caseId}:${unitCode}:${place}`;

async function makeOrders(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  viewer: Viewer,
  examination: Examination,
): Promise<RecordOrder[]> {
  const at = p.time.now();
  const orders: RecordOrder[] = [];
  for (const unitCode of doc.unitCodes) {
    const numbers = new Map<number, string>();
    const district = examination.unit?.district ?? doc.district;
    for (const [place, { effect }] of type.effects.entries()) {
      const kind = CERTIFICATE_OF[effect];
      if (kind === null) continue;
      const holder = numberHolder(doc._id, unitCode, place);
      numbers.set(place, await reserveCertificateNo(p, kind, at, { holder, district }));
    }
    const { answers, parties, conditionsMet } = examination;
    const servedOn = servedOnOf(doc, at);
    orders.push({
      unitCode,
      caseId: doc._id,
      caseNo: doc.no ?? '',
      businessType: type.code,
      request: type.request,
      effects: ordersOf({
        type,
        answers,
        parties,
        servedOn,
        certificateNo: (place) => numbers.get(place) ?? '',
      }),
      conditionsMet,
      at,
      actorId: viewer.accountId,
      entryId: newId(),
    });
  }
  return orders;
}

function openOrders(p: Platform, doc: ApplicationDocument): RecordOrder[] {
  if (!doc.plan) return [];
  const text = p.crypto.fields.decrypt(doc.plan.orders, planContext(doc));
  const orders = JSON.parse(text) as (Omit<RecordOrder, 'at'> & { at: string })[];
  return orders.map((order) => ({ ...order, at: new Date(order.at) }));
}

interface PlanOutcome {
  doc: ApplicationDocument;
  conflicts: readonly Pick<Conflict, 'sentence'>[] | null;
}

/** Runs a stored plan to its end. Safe to run again, and by two processes at once. */
export async function runPlan(p: Platform, doc: ApplicationDocument, type: CaseType): Promise<PlanOutcome> {
  const units: CaseRegistration['units'] = [];
  for (const order of openOrders(p, doc)) {
    const outcome: RecordOutcome = await recordChange(p, order);
    if (outcome.outcome === 'stale') return errors.fail('applications.changed_meanwhile');
    if (outcome.outcome === 'conflict') return turnBack(p, doc, type, outcome.conflicts);
    const certificateNumbers = outcome.certificates.needed.map(({ no }) => no);
    for (const number of certificateNumbers) await settleNumber(p, number, 'issued');
    units.push({
      unitCode: order.unitCode,
      revision: outcome.revision,
      entryId: order.entryId,
      certificateNumbers,
    });
  }
  return { doc: await finish(p, doc, type, units), conflicts: null };
}

async function finish(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  units: CaseRegistration['units'],
): Promise<ApplicationDocument> {
  const { plan } = doc;
  if (!plan) return doc;
  const registration: CaseRegistration = { at: plan.at, by: plan.by, units };
  const clockEvents = stopClock(p, doc).map((event) =>
    event.kind === 'stopped' ? { ...event, at: plan.at } : event,
  );
  const registered = await tryChange(p, doc, type, {
    set: { status: 'registered', registration, clockEvents, handler: null, queue: null },
    push: { documents: await resultDocuments(p, doc, type, registration) },
    events: [
      caseEvent(p, 'registered', doc, plan.by.accountId, {
        registeredAt: plan.at.toISOString(),
        certificateNumbers: units.flatMap(({ certificateNumbers }) => certificateNumbers),
      }),
    ],
  });
  // Lost only to another run of the same plan, which wrote the same.
  return registered ?? (await findApplication(p, doc._id)) ?? doc;
}

/**
 * The register refused inside its own guard: a seizure came in between, or an earlier case was recorded differently.
 * Nothing was written, so the case goes back to 核定通过 and says why. Its number stays reserved for the next attempt.
 */
async function turnBack(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  conflicts: readonly Pick<Conflict, 'sentence' | 'state'>[],
): Promise<PlanOutcome> {
  const reasons = conflicts.map(({ sentence }) => ({ zh: sentence.zh, en: sentence.en }));
  // The news of the seizure may have come while the case was `registering`, when nothing could be suspended.
  const stop = conflicts.some(({ state }) => state === 'seizure' || state === 'orderServed')
    ? seizurePause(p, doc)
    : null;
  const back = await tryChange(p, doc, type, {
    set: { status: 'approved', plan: null, planRefusal: { at: p.time.now(), reasons } },
    ...(stop ? { push: stop.push } : {}),
    events: [
      caseEvent(p, 'recordingTurnedBack', doc, null, { count: reasons.length }),
      ...(stop
        ? [
            stoppedBySeizure(p, doc, stop.pause.id, {
              eventId: 'recording',
              unitCode: doc.unitCodes[0] ?? '',
            }),
          ]
        : []),
    ],
  });
  return { doc: back ?? (await findApplication(p, doc._id)) ?? doc, conflicts };
}

/** Finishes what dead processes left: every case in `registering` has a plan, and every plan can be run again. */
export async function recoverRecordings(p: Platform): Promise<number> {
  const left = (await applications(p)
    .collection.find({ status: 'registering' })
    .sort({ updatedAt: 1 })
    .limit(200)
    .toArray()) as unknown as ApplicationDocument[];
  let finished = 0;
  for (const doc of left) {
    try {
      await runPlan(p, doc, await typeOf(p, doc));
      finished += 1;
    } catch (error) {
      // One plan that cannot be run must not hold up the others; it is tried again, and seen in the log.
      p.log.error({ err: error, caseId: doc._id }, 'recording could not be finished');
    }
  }
  return finished;
}
