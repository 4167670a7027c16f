import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { countWorkdays, toDayNumber, type Calendar } from '../clock/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import type { CaseType } from './case-type.ts';
import { workOf } from './clocks.ts';
import type { MovedCases } from './contract.ts';
import { PENDING } from './transitions.ts';

/** Beyond so many a figure takes longer than somebody waits; the answer then says that it is not complete. */
const MOST_SEEN = 200_000;
const EXAMPLES = 20;
/** What `workOf` reads of a case. */
const FIELDS = {
  no: 1,
  status: 1,
  channel: 1,
  step: 1,
  typeCode: 1,
  typeVersion: 1,
  clockEvents: 1,
  submission: 1,
  corrections: 1,
  withdrawal: 1,
  pauses: 1,
  extensions: 1,
  pauseRequests: 1,
} as const;

export type MovedRow = Pick<ApplicationDocument, keyof typeof FIELDS | '_id'>;

/** The rules that a case's dates are made with. */
export interface RulesOfCase {
  type: CaseType;
  calendar: Calendar;
}

/** 视为受理 is an acceptance: such a case waits for its promised end, though nobody has answered it. */
const WAITING_FOR = {
  end: { $or: [{ status: { $in: PENDING } }, { status: 'submitted', 'clockEvents.kind': 'accepted' }] },
  answer: { status: 'submitted', 'clockEvents.kind': { $ne: 'accepted' } },
} as const;

const dayGap = (from: string, to: string): number => toDayNumber(to) - toDayNumber(from);

/** Working days between, negative when earlier. */
function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  const [a, b] = [toDayNumber(from), toDayNumber(to)];
  return b >= a ? countWorkdays(calendar, a, b) : -countWorkdays(calendar, b, a);
}

/**
 * How many open cases other rules would move, and by how much; writes nothing.
 * @param rulesOf the rules of a case as they are, and as they would be
 * @param code of the type, where the rules concern no other
 * @param awaited the promised end of what is accepted, or the answer to what is not
 */
export async function movedCases(
  p: Platform,
  rulesOf: (doc: MovedRow) => Promise<{ before: RulesOfCase; after: RulesOfCase }>,
  { now, code, awaited = 'end' }: { now: Date; code?: string; awaited?: keyof typeof WAITING_FOR },
): Promise<MovedCases> {
  const cases: MovedCases = {
    seen: 0,
    earlier: 0,
    later: 0,
    late: 0,
    moves: [],
    examples: [],
    complete: true,
  };
  const moves = new Map<number, number>();
  const cursor = applications(p).collection.find(
    {
      'work.open': true,
      ...WAITING_FOR[awaited],
      ...(code === undefined ? {} : { typeCode: code }),
    } as never,
    { projection: FIELDS, hint: code === undefined ? 'work-due' : 'open-figures', batchSize: 500 },
  );
  for await (const found of cursor) {
    const doc = found as unknown as MovedRow;
    if (cases.seen >= MOST_SEEN) {
      cases.complete = false;
      break;
    }
    cases.seen += 1;
    const { before, after } = await rulesOf(doc);
    const [was, is] = [before, after].map((rules) => workOf({ doc, ...rules, now }).dueAt);
    if (!was || !is || was.getTime() === is.getTime()) continue;
    const [from, to] = [legalDayOf(was), legalDayOf(is)];
    cases[is > was ? 'later' : 'earlier'] += 1;
    if (was >= now && is < now) cases.late += 1;
    moves.set(dayGap(from, to), (moves.get(dayGap(from, to)) ?? 0) + 1);
    if (cases.examples.length < EXAMPLES) {
      const workdays = workdaysBetween(after.calendar, from, to);
      const { plainName } = after.type;
      cases.examples.push({ no: doc.no ?? '', type: plainName, before: from, after: to, workdays });
    }
  }
  await cursor.close();
  cases.moves = [...moves].map(([days, count]) => ({ days, cases: count })).sort((a, b) => b.cases - a.cases);
  return cases;
}
