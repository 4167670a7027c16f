/** The open and the ended cases of `bench:deadlines`. */
import { typeOf } from '../../../backend/modules/applications/case-type.ts';
import { LAST, workOf } from '../../../backend/modules/applications/clocks.ts';
import type { ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { getBusinessType } from '../../../backend/modules/catalogue/index.ts';
import { dayNumberOf, getCalendar, type ClockEvent } from '../../../backend/modules/clock/index.ts';
import { caseFacts, type CaseFact } from '../../../backend/modules/supervision/case-fact.model.ts';
import { counterDays, type CounterDay } from '../../../backend/modules/supervision/counter.model.ts';
import { progress } from './deadline-report.ts';
import type { DeadlineStage } from './deadline-stage.ts';

export const TYPES = ['BG01', 'ZY02', 'CF01', 'DY01', 'DY06', 'CF06'];
const OFFICES = ['liaocheng-centre', 'chiping', 'linqing', 'yanggu'];
const STEPS = ['firstReview', 'secondReview', 'approval'];
const CLERKS = Array.from({ length: 40 }, (_, n) => n.toString(16).padStart(24, '0'));

/** A case as it stands on one day: its events, and what follows from them. */
type Variant = Pick<ApplicationDocument, 'typeCode' | 'typeVersion' | 'clockEvents' | 'work'>;

/** The promise in the template's receipt is that of its own type. */
function withoutPromise(event: ClockEvent): ClockEvent {
  if (event.kind !== 'accepted') return event;
  const { promise: _promise, ...rest } = event;
  return rest;
}

/** The template under each type, its promise extended by up to a month: due on thirty different days, each computed by the engine. */
export async function variantsOf({ p, template, now }: DeadlineStage): Promise<Variants> {
  const calendar = await getCalendar(p);
  const variants: Variant[] = [];
  for (const typeCode of TYPES) {
    const { version } = await getBusinessType(p, typeCode);
    for (let days = 2; days < 32; days += 1) {
      const extended = { kind: 'extended', days, approvedBy: CLERKS[0]!, basis: '' } as const;
      const clockEvents = [
        ...template.clockEvents.map(withoutPromise),
        { ...extended, id: `extended-${days}`, at: now, recordedAt: now },
      ];
      const doc = { ...template, typeCode, typeVersion: version, clockEvents };
      const work = workOf({ doc, type: await typeOf(p, doc), calendar, now });
      variants.push({ typeCode, typeVersion: version, clockEvents, work });
    }
  }
  const dayOf = ({ work }: Variant): number => (work.dueAt === null ? 0 : dayNumberOf(work.dueAt));
  const last = Math.max(...variants.map(dayOf));
  return {
    earlier: variants.filter((one) => dayOf(one) > 0 && dayOf(one) < last),
    last: variants.filter((one) => dayOf(one) === last),
  };
}

export interface Variants {
  /** Due before the last of the days. */
  earlier: readonly Variant[];
  /** Extensions end with the statutory limit: many are due that day. */
  last: readonly Variant[];
}

interface Pattern {
  template: ApplicationDocument;
  variants: Variants;
  /** How many fall due with the template. */
  due: number;
}

/** The n-th open case: due with the template, or later as a variant, four of a hundred on the last day; every tenth of those is paused. */
export function openCase(
  { template, variants: { earlier, last }, due }: Pattern,
  n: number,
): Partial<ApplicationDocument> {
  const isDue = n < due;
  const paused = !isDue && n % 10 === 0;
  const variants = n % 25 === 1 ? last : earlier;
  const variant = isDue ? template : variants[(n * 7) % variants.length]!;
  const { dueAt } = variant.work;
  const clerk = CLERKS[(n * 7) % CLERKS.length]!;
  return {
    typeCode: variant.typeCode,
    typeVersion: variant.typeVersion,
    clockEvents: variant.clockEvents,
    officeId: OFFICES[(n * 3) % OFFICES.length]!,
    handler: n % 4 === 0 ? null : { accountId: clerk, name: clerk.slice(-2), at: template.createdAt },
    work: {
      ...variant.work,
      step: STEPS[(n * 5) % STEPS.length]!,
      // Only those that are due have an alarm that soon.
      ...(isDue ? {} : { alarmAt: new Date(dueAt!.getTime() + 40 * 86_400_000) }),
      ...(paused
        ? {
            dueAt: null,
            sortAt: LAST,
            yellowAt: null,
            statutoryDueAt: null,
            paused: true,
            pause: 'notice',
            pauseEndsAt: dueAt,
          }
        : {}),
    },
  };
}

/** Facts of cases that ended over the last twelve months. */
export async function loadFacts(stage: DeadlineStage, count: number): Promise<void> {
  const show = progress('facts');
  const collection = caseFacts(stage.p).collection;
  // What the pattern left when it was made.
  await collection.deleteMany({});
  await counterDays(stage.p).collection.deleteMany({});
  const days = new Set<string>();
  for (let start = 0; start < count; start += 2_000) {
    const facts = Array.from({ length: Math.min(2_000, count - start) }, (_, place): CaseFact => {
      const n = start + place;
      const at = new Date(stage.now.getTime() - (n % 360) * 86_400_000 - (n % 400) * 60_000);
      const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      days.add(day);
      const usedMinutes = (n * 37) % 700;
      const onTime = n % 41 !== 0;
      return {
        _id: `fact-${n}`,
        kind: n % 50 === 0 ? 'refused' : 'registered',
        at,
        day,
        caseId: n.toString(16).padStart(24, '0'),
        no: String(n).padStart(16, '0'),
        typeCode: TYPES[n % TYPES.length]!,
        officeId: OFFICES[(n * 3) % OFFICES.length]!,
        clerk: { accountId: CLERKS[(n * 7) % CLERKS.length]!, name: 'x' },
        unitKeys: [],
        end: {
          acceptedAt: at,
          usedMinutes,
          pausedMinutes: n % 9 === 0 ? 420 : 0,
          limitMinutes: 420,
          usedShare: usedMinutes / 420,
          onTime,
          lateStatutory: false,
          edge: onTime && usedMinutes >= 378,
          corrections: n % 3,
          reason: n % 50 === 0 ? 'seized' : null,
          extendedByDays: 0,
        },
      };
    });
    await collection.insertMany(facts as never, { ordered: false });
    show(start, count);
  }
  const marks = [...days].map((_id) => ({ _id, revision: 1, dirty: true }) satisfies CounterDay);
  await counterDays(stage.p).collection.insertMany(marks as never);
}
