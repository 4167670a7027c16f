import type { Platform } from '../../platform/platform.ts';
import { findAccountNames, type StaffActor } from '../accounts/index.ts';
import {
  applications,
  demandUnconcerned,
  freshRows,
  readCaseEvents,
  typeOf,
  PAUSE_WORDS,
  type ApplicationDocument,
} from '../applications/index.ts';
import { getCalendar, mergePauses, type Calendar, type Interval } from '../clock/index.ts';
import type { CaseCause, Text } from './contract.ts';
import { caseFacts, type CaseFact } from './case-fact.model.ts';
import { errors } from './errors.ts';
import { alarmsOfCase } from './list-alarms.ts';
import { loadNames, presentEnded, presentOpen, type Names } from './list-cases.ts';
import { findingsOfCase } from './list-findings.ts';
import { officeMinutes } from './measure-case.ts';
import { ordersOfCase } from './orders.ts';
import { hallOf } from './scope.ts';
import { stepWords } from './summary.ts';

interface Happened {
  type: string;
  at: Date;
  actorId: string | null;
  data: Record<string, unknown>;
}

interface Stretch {
  step: string;
  from: Date;
  to: Date | null;
  claimedAt: Date | null;
  personId: string | null;
}

/** A case enters a step by the first act that names it as done before; a claim says who has it. Pure. */
export function stretchesOf(events: readonly Happened[], steps: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  const enter = (step: string, at: Date) => {
    const last = stretches.at(-1);
    if (last && last.to === null) last.to = at;
    stretches.push({ step, from: at, to: null, claimedAt: null, personId: null });
  };
  for (const { type, at, actorId, data } of events) {
    const last = stretches.at(-1);
    switch (type.slice('applications.'.length)) {
      case 'submitted':
      case 'correctionAnswered':
        if (!last || last.to !== null) enter('acceptance', at);
        break;
      case 'accepted':
        enter(steps[0] ?? 'review', at);
        break;
      case 'reviewed':
        enter(steps[steps.indexOf(String(data.step)) + 1] ?? 'approval', at);
        break;
      case 'claimed':
        if (last?.to === null) Object.assign(last, { claimedAt: last.claimedAt ?? at, personId: actorId });
        break;
      case 'registered':
        enter('issuance', at);
        break;
      case 'issued':
      case 'refused':
      case 'declined':
      case 'withdrawn':
      case 'correctionLapsed':
        if (last?.to === null) last.to = at;
        break;
    }
  }
  return stretches;
}

async function personNames(p: Platform, ids: readonly (string | null | undefined)[]) {
  const names = await findAccountNames(p, [...new Set(ids.filter((id) => typeof id === 'string'))]);
  return (id: string | null | undefined) =>
    id === null || id === undefined ? null : { id, name: names.get(id) ?? id };
}

function minutesOf(
  calendar: Calendar,
  { from, to, claimedAt }: Stretch,
  pauses: readonly Interval[],
  now: Date,
): { minutes: number; unclaimedMinutes: number } {
  const end = to ?? now;
  return {
    minutes: officeMinutes(calendar, from, end, pauses),
    unclaimedMinutes: officeMinutes(calendar, from, claimedAt && claimedAt < end ? claimedAt : end, pauses),
  };
}

async function rowOf(p: Platform, doc: ApplicationDocument, names: Names, now: Date) {
  if (doc.work.open) {
    const [fresh = doc] = await freshRows(p, [doc], now);
    return presentOpen(fresh, names, now);
  }
  const fact = (await caseFacts(p)
    .collection.find({ caseId: doc._id, 'end.usedMinutes': { $gte: 0 } })
    .sort({ at: -1 })
    .limit(1)
    .next()) as unknown as CaseFact | null;
  return fact ? presentEnded(fact, names) : presentOpen(doc, names, now);
}

/** Where the time of a case went: step by step, who had it, what stopped it, what was said about it. */
export async function readCause(p: Platform, actor: StaffActor, idOrNo: string): Promise<CaseCause> {
  const filter = /^[0-9a-f]{24}$/.test(idOrNo) ? { _id: idOrNo as never } : { no: idOrNo };
  const doc = (await applications(p).collection.findOne(filter as never, {
    projection: { answers: 0, parties: 0, materials: 0, documents: 0 },
  })) as unknown as ApplicationDocument | null;
  if (!doc?.no) return errors.fail('supervision.case_unknown');
  const hall = hallOf(actor);
  if (hall !== null && doc.officeId !== hall) errors.fail('supervision.other_hall');
  demandUnconcerned(doc, actor);
  const now = p.time.now();
  const [type, calendar, names, events] = await Promise.all([
    typeOf(p, doc),
    getCalendar(p),
    loadNames(p),
    readCaseEvents(p, doc),
  ]);
  const inside = type.steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  const stretches = stretchesOf(
    events,
    inside.map(({ key }) => key),
  );
  const merged = mergePauses(doc.pauses.map(({ from, to, reason }) => ({ from, to, reason })));
  const approvals = new Map(
    doc.clockEvents.flatMap((event) => (event.kind === 'paused' ? [[event.id, event.approvedBy]] : [])),
  );
  const nameOf = await personNames(p, [...stretches.map(({ personId }) => personId), ...approvals.values()]);
  const label = (step: string): Text => stepWords(names.types, step);
  return {
    case: await rowOf(p, doc, names, now),
    stretches: stretches.map((stretch) => ({
      step: stretch.step,
      label: label(stretch.step),
      person: nameOf(stretch.personId),
      from: stretch.from.toISOString(),
      to: stretch.to?.toISOString() ?? null,
      ...minutesOf(calendar, stretch, merged, now),
    })),
    pauses: doc.pauses.map(({ id, reason, from, to, plannedEndOn, by, backdated, recordedAt }) => ({
      reason,
      label: PAUSE_WORDS[reason].label,
      from: from.toISOString(),
      to: to?.toISOString() ?? null,
      plannedEndOn,
      by: by && { id: by.accountId, name: by.name },
      approvedBy: nameOf(approvals.get(id) ?? null),
      backdated: backdated ?? false,
      recordedAt: (recordedAt ?? from).toISOString(),
      minutes: officeMinutes(calendar, from, to ?? now),
    })),
    extensions: (doc.extensions ?? []).map(
      ({ days, reason, state, askedBy, askedAt, decidedBy, decidedAt }) => ({
        days,
        reason,
        state,
        askedBy: { id: askedBy.accountId, name: askedBy.name },
        askedAt: askedAt.toISOString(),
        decidedBy: decidedBy && { id: decidedBy.accountId, name: decidedBy.name },
        decidedAt: decidedAt?.toISOString() ?? null,
      }),
    ),
    alarms: await alarmsOfCase(p, doc._id),
    findings: await findingsOfCase(p, doc._id),
    orders: await ordersOfCase(p, actor, doc._id),
  };
}
