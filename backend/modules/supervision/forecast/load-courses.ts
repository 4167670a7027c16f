import type { Platform } from '../../../platform/platform.ts';
import { applications, isPending, type ApplicationDocument } from '../../applications/index.ts';
import { listBusinessTypes } from '../../catalogue/index.ts';
import { getCalendar } from '../../clock/index.ts';
import { caseFacts, type CaseFact } from '../case-fact.model.ts';
import { courseOf, insideSteps } from '../measure-case.ts';
import type { Breathe } from './breathe.ts';
import type { Course, Rules } from './course.ts';

/** Limits and steps in force, by type. Earlier versions are forecast by them, too: they differ in little, and seldom. */
export async function loadRules(p: Platform): Promise<Rules> {
  const [types, calendar] = await Promise.all([listBusinessTypes(p), getCalendar(p)]);
  return {
    calendar,
    types: new Map(
      types.map(({ code, limits: { promised, statutory, switchToStatutory }, steps }) => [
        code,
        { limits: { promised, statutory, switchToStatutory }, steps: insideSteps(steps) },
      ]),
    ),
  };
}

type EndedFact = Pick<CaseFact, 'caseId' | 'typeCode' | 'officeId' | 'kind' | 'at' | 'end'>;

/** The way of an ended case; null where none was kept, or where an extension came at a time that the fact does not tell. */
export function courseOfFact({ caseId, typeCode, officeId, kind, at, end }: EndedFact): Course | null {
  if (!end?.course || !end.acceptedAt || end.extendedByDays > 0) return null;
  return {
    id: caseId,
    type: typeCode,
    office: officeId ?? '',
    acceptedAt: end.acceptedAt.getTime(),
    stages: end.course.stages.map(({ step, from, to }) => ({ step, from: from.getTime(), to: to.getTime() })),
    pauses: end.course.pauses.map(({ reason, from, to }) => ({
      reason,
      from: from.getTime(),
      to: to?.getTime() ?? at.getTime(),
    })),
    endedAt: at.getTime(),
    registered: kind === 'registered',
    extendedByDays: 0,
  };
}

const FACT_FIELDS = {
  caseId: 1,
  typeCode: 1,
  officeId: 1,
  kind: 1,
  at: 1,
  'end.acceptedAt': 1,
  'end.course': 1,
  'end.extendedByDays': 1,
  'end.onTime': 1,
} as const;

/** Cases that ended since, one after the other: a year of them need not be held at once. */
export async function* endedSince(p: Platform, since: Date, type?: string): AsyncGenerator<EndedFact> {
  const filter = { 'end.usedMinutes': { $gte: 0 }, at: { $gte: since }, ...(type ? { typeCode: type } : {}) };
  const cursor = caseFacts(p)
    .collection.find(filter, {
      projection: FACT_FIELDS,
      hint: type ? 'ended-of-type' : 'ended',
      batchSize: 500,
    })
    .sort(type ? { typeCode: 1, at: -1, _id: -1 } : { at: -1, _id: -1 });
  for await (const fact of cursor) yield fact as unknown as EndedFact;
}

export async function loadEnded(p: Platform, since: Date, breathe: Breathe): Promise<Course[]> {
  const courses: Course[] = [];
  for await (const fact of endedSince(p, since)) {
    const breath = breathe();
    if (breath) await breath;
    const course = courseOfFact(fact);
    if (course) courses.push(course);
  }
  return courses;
}

const OPEN_FIELDS = {
  no: 1,
  status: 1,
  typeCode: 1,
  officeId: 1,
  handler: 1,
  clockEvents: 1,
  pauses: 1,
  'opinions.act': 1,
  'opinions.step': 1,
  'opinions.at': 1,
} as const;
type OpenDocument = Pick<
  ApplicationDocument,
  '_id' | 'no' | 'status' | 'typeCode' | 'officeId' | 'handler' | 'clockEvents' | 'pauses' | 'opinions'
>;

/** Of an open case, what its forecast says besides its way: all that is held of it. */
export interface OpenCase {
  course: Course;
  no: string;
  clerk: { accountId: string; name: string } | null;
}

function openCaseOf(doc: OpenDocument, { types }: Rules, now: Date): OpenCase | null {
  const accepted = doc.clockEvents.find(({ kind }) => kind === 'accepted');
  if (!isPending(doc.status) || !accepted) return null;
  const { stages, pauses } = courseOf(doc, types.get(doc.typeCode)?.steps ?? [], now);
  const last = stages.length - 1;
  return {
    no: doc.no ?? '',
    clerk: doc.handler && { accountId: doc.handler.accountId, name: doc.handler.name },
    course: {
      id: doc._id,
      type: doc.typeCode,
      office: doc.officeId ?? '',
      acceptedAt: accepted.at.getTime(),
      stages: stages.map(({ step, from, to }, place) => ({
        step,
        from: from.getTime(),
        to: place === last ? null : to.getTime(),
      })),
      pauses: pauses.map(({ reason, from, to }) => ({
        reason,
        from: from.getTime(),
        to: to?.getTime() ?? null,
      })),
      endedAt: null,
      registered: false,
      extendedByDays: doc.clockEvents.reduce(
        (days, event) => days + (event.kind === 'extended' ? event.days : 0),
        0,
      ),
    },
  };
}

/** Every case between acceptance and 登簿, with its way so far: read one after the other, and no document is kept. */
export async function loadOpen(p: Platform, rules: Rules, breathe: Breathe): Promise<OpenCase[]> {
  const now = p.time.now();
  const cursor = applications(p)
    .collection.find({ 'work.open': true }, { projection: OPEN_FIELDS, hint: 'work-due', batchSize: 500 })
    .sort({ 'work.sortAt': 1, _id: 1 });
  const cases: OpenCase[] = [];
  for await (const doc of cursor) {
    const breath = breathe();
    if (breath) await breath;
    const one = openCaseOf(doc as unknown as OpenDocument, rules, now);
    if (one) cases.push(one);
  }
  return cases;
}
