import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCalendar, type Calendar } from '../../../backend/modules/clock/calendar.ts';
import type { Course, Rules, TypeRules } from '../../../backend/modules/supervision/forecast/course.ts';
import { simulateYear, type PlannedCase } from '../../../seeds/demo/year/simulate.ts';

const REFERENCE = join(import.meta.dirname, '../../../seeds/reference');
const read = (path: string) => JSON.parse(readFileSync(join(REFERENCE, path), 'utf8'));

export function readCalendar(): Calendar {
  const years = readdirSync(join(REFERENCE, 'calendars')).filter((name) => /^\d{4}\.json$/.test(name));
  return buildCalendar(
    years.map((name) => read(`calendars/${name}`)),
    read('calendars/office-hours.json').versions,
  );
}

export function readRules(calendar: Calendar): Rules {
  const types = new Map<string, TypeRules>();
  for (const name of readdirSync(join(REFERENCE, 'catalogue'))) {
    const { code, limits, steps } = read(`catalogue/${name}`);
    const { promised, statutory, switchToStatutory } = limits;
    types.set(code, {
      limits: { promised, statutory, switchToStatutory },
      steps: steps.flatMap(({ kind, key }: { kind: string; key: string }) =>
        kind === 'review' || kind === 'approval' ? [key] : [],
      ),
    });
  }
  return { calendar, types };
}

/** The way of a planned case, as its facts would tell it; null before acceptance. */
export function courseOfPlan(
  { n, type, office, acts }: PlannedCase,
  steps: readonly string[],
): Course | null {
  const stages: { step: string; from: number; to: number | null }[] = [];
  const pauses: { reason: string; from: number; to: number | null }[] = [];
  let acceptedAt: number | null = null;
  let endedAt: number | null = null;
  let registered = false;
  for (const act of acts) {
    if (act.act === 'accept') {
      acceptedAt = act.at;
      stages.push({ step: steps[0]!, from: act.at, to: null });
      continue;
    }
    if (acceptedAt === null || endedAt !== null) continue;
    const stage = stages[stages.length - 1]!;
    switch (act.act) {
      case 'review':
        stage.to = act.at;
        stages.push({ step: steps[stages.length]!, from: act.at, to: null });
        break;
      case 'pause':
      case 'requestCorrection':
        pauses.push({ reason: 'pause', from: act.at, to: null });
        break;
      case 'resume':
      case 'answerCorrection':
        pauses[pauses.length - 1]!.to = act.at;
        break;
      case 'record':
      case 'refuse':
      case 'withdraw':
        endedAt = stage.to = act.at;
        registered = act.act === 'record';
        break;
    }
  }
  if (acceptedAt === null) return null;
  return { id: String(n), type, office, acceptedAt, stages, pauses, endedAt, registered, extendedByDays: 0 };
}

/** The demo year as ways of cases, without a database. */
export async function yearCourses(
  rules: Rules,
  options: { now: Date; count?: number; seed?: number },
): Promise<Course[]> {
  const { cases } = await simulateYear({ calendar: rules.calendar, ...options });
  return cases.flatMap((one) => courseOfPlan(one, rules.types.get(one.type)?.steps ?? []) ?? []);
}
