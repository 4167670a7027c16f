import type { Breathe } from './breathe.ts';
import { dueOf, isOpenAt, seenAt, type Course, type Rules } from './course.ts';
import type { Past } from './past.ts';
import { runningMinutes, type WorkingTime } from './working-time.ts';

/** An open case among the others at an instant. */
export interface Standing {
  id: string;
  type: string;
  office: string;
  step: string;
  lastStep: boolean;
  /** Null while a pause holds the clock. */
  due: number | null;
  /** Office minutes from now to the due instant; 0 once it is past. */
  margin: number;
  /** Running minutes in the step so far. */
  inStep: number;
  /** Running cases at the same step of the same hall that break earlier, and all there. */
  ahead: number;
  waiting: number;
  /** Cases a working day that left this step of the hall lately. */
  perDay: number;
  /** Office minutes until it is through, at the pace of the last days, the later steps included. */
  need: number;
  /** Of the cases alike that were at this point: how many needed longer than is left. */
  longer: number;
  alike: number;
  medianLeft: number;
}

interface Placed {
  course: Course;
  step: string;
  steps: readonly string[];
  due: number | null;
  entered: number;
}

const FAR = Number.MAX_SAFE_INTEGER;

function placeOf(course: Course, at: number, { calendar, types }: Rules): Placed | null {
  if (!isOpenAt(course, at)) return null;
  const type = types.get(course.type);
  const seen = seenAt(course, at);
  const stage = seen.stages[seen.stages.length - 1];
  if (!type || !stage) return null;
  const due = dueOf(seen, type.limits, calendar);
  return { course: seen, step: stage.step, steps: type.steps, due, entered: stage.from };
}

/** Calls between two breaths do what calls without any would: nothing that they read changes meanwhile. */
async function eachOf<T, R>(
  list: readonly T[],
  breathe: Breathe | undefined,
  map: (one: T) => R | null,
): Promise<R[]> {
  const made: R[] = [];
  for (const one of list) {
    const breath = breathe?.();
    if (breath) await breath;
    const result = map(one);
    if (result !== null) made.push(result);
  }
  return made;
}

/** Every case that was open at `at`, from what was known then. Pure; with `breathe`, in turns. */
export async function standingsAt(
  courses: readonly Course[],
  at: number,
  rules: Rules,
  { past, time, breathe }: { past: Past; time: WorkingTime; breathe?: Breathe },
): Promise<Standing[]> {
  const all = await eachOf(courses, breathe, (course) => placeOf(course, at, rules));
  const now = time.minuteOf(at);
  const queues = new Map<string, Placed[]>();
  for (const one of all) {
    if (one.due === null) continue;
    const key = `${one.course.office}|${one.step}`;
    const queue = queues.get(key);
    if (queue) queue.push(one);
    else queues.set(key, [one]);
  }
  const places = new Map<Placed, number>();
  for (const queue of queues.values()) {
    queue.sort((a, b) => (a.due ?? FAR) - (b.due ?? FAR) || a.entered - b.entered);
    queue.forEach((one, place) => places.set(one, place));
  }
  const paces = new Map<string, number>();
  const paceOf = (office: string, step: string): number => {
    const key = `${office}|${step}`;
    const known = paces.get(key);
    if (known !== undefined) return known;
    // A step that let nobody through lately is counted as one a day: the wait stays finite.
    const pace = Math.max(past.pace(office, step, now), 1 / time.minutesPerDay);
    paces.set(key, pace);
    return pace;
  };
  return eachOf(all, breathe, (one): Standing => {
    const { course, step, steps, due, entered } = one;
    const { id, type, office, pauses } = course;
    const margin = due === null || due <= at ? 0 : time.minuteOf(due) - now;
    const inStep = runningMinutes(time, entered, at, pauses);
    const ahead = places.get(one) ?? 0;
    const waiting = queues.get(`${office}|${step}`)?.length ?? 0;
    const later = steps.slice(steps.indexOf(step) + 1);
    const need = later.reduce(
      // Who comes from the step before finds half of the queue in front, on average.
      (sum, next) => sum + ((queues.get(`${office}|${next}`)?.length ?? 0) / 2 + 1) / paceOf(office, next),
      (ahead + 1) / paceOf(office, step),
    );
    const { longer, of } = past.longer({ type, office, step, inStep, margin, now });
    return {
      id,
      type,
      office,
      step,
      lastStep: later.length === 0,
      due,
      margin,
      inStep,
      ahead,
      waiting,
      perDay: paceOf(office, step) * time.minutesPerDay,
      need,
      longer,
      alike: of,
      medianLeft: past.medianFrom(type, step, now),
    };
  });
}
