import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from '../accounts/index.ts';
import { calendarOf } from './calendar-days.ts';
import type {
  HallSchedule,
  PublishSchedule,
  ScheduleImpact,
  ScheduleInput,
  ScheduleOutcome,
} from './contract.ts';
import { differenceOf, losingIn, touchedIn } from './difference.ts';
import { displaceClosed } from './displace.ts';
import { errors } from './errors.ts';
import { applyLatest, followCalendar, versionsOf } from './follow-rules.ts';
import { getSchedules } from './get-schedule.ts';
import { checkSchedule } from './plan-day.ts';
import { schedules } from './schedule.model.ts';

/** Another version of a hall's schedule: what it would touch, and its publication. */

/** @throws appointments.schedule_wrong */
async function versionFrom(
  p: Platform,
  hall: string,
  input: ScheduleInput,
): Promise<{ versions: readonly HallSchedule[]; next: HallSchedule }> {
  const versions = await versionsOf(p, hall);
  const { services } = await getSchedules(p);
  const problem = checkSchedule(input, new Set(services.keys()));
  if (problem) return errors.fail('appointments.schedule_wrong', { problem: problem.zh });
  return { versions, next: { hall, version: (versions.at(-1)?.version ?? 0) + 1, ...input } };
}

async function impactOf(
  p: Platform,
  versions: readonly HallSchedule[],
  next: HallSchedule,
): Promise<ScheduleImpact> {
  const { impact, ...windows } = await differenceOf(p, {
    hall: next.hall,
    versions: [...versions, next],
    calendar: await calendarOf(p),
    since: next.validFrom,
  });
  return { ...impact, touched: await touchedIn(p, losingIn(windows)) };
}

/** What publishing would do: windows made, closed and resized, and every booking that loses its window. Writes nothing. */
export async function previewSchedule(
  p: Platform,
  hall: string,
  input: ScheduleInput,
): Promise<ScheduleImpact> {
  const { versions, next } = await versionFrom(p, hall, input);
  return impactOf(p, versions, next);
}

/**
 * Publishes the version first, closes and resizes windows, then moves who was in a closed one to the next free window of the
 * same service, or withdraws the booking and says so. Closing is the atomic end of claims there. Cut off anywhere after the first
 * write, a job goes on with it (`finishPublished`): a version that is not marked as applied, then closed windows with bookings.
 * @throws appointments.schedule_changed, appointments.schedule_wrong
 */
export async function publishSchedule(
  p: Platform,
  actor: StaffActor,
  hall: string,
  body: PublishSchedule,
): Promise<ScheduleOutcome> {
  const { versions, next } = await versionFrom(p, hall, body.schedule);
  if (versions.at(-1)?.version !== body.basedOn) return errors.fail('appointments.schedule_changed');
  const calendar = await followCalendar(p, hall);
  const impact = await impactOf(p, versions, next);
  const event = p.outbox.event('appointments.schedule_published', actor.accountId, {
    hall,
    version: next.version,
    closed: impact.closed,
    touched: impact.touched.length,
    displaced: body.displaced,
  });
  try {
    await schedules(p).collection.insertOne({
      _id: `${hall}|${next.version}`,
      hall,
      version: next.version,
      content: next,
      publishedAt: p.time.now(),
      publishedBy: actor.accountId,
      displaced: body.displaced,
      reason: body.reason,
      applied: false,
      calendar,
      outbox: [event],
    } as never);
  } catch (error) {
    if ((error as { code?: number }).code === 11_000) return errors.fail('appointments.schedule_changed');
    throw error;
  }
  p.outbox.notify('hall-schedules');
  await applyLatest(p, hall);
  const { moved, withdrawn } = await displaceClosed(p, hall);
  return { version: next.version, impact, moved, withdrawn };
}
