import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { readUnitCode } from '../register/index.ts';
import { countAttempt } from './attempts.ts';
import { bookerOf, ownPoolsOf, type Booker } from './booker.ts';
import type { BookInput, BookingView, HallSchedule, HallService } from './contract.ts';
import { errors } from './errors.ts';
import { getScheduleOn, getService } from './get-schedule.ts';
import { fullFor } from './known-full.ts';
import { findBooking, findStanding } from './persons.ts';
import { readSlotId, weightOf } from './plan-day.ts';
import { refuseFull, refuseMember, refuseNotOffered, refuseSuspended, requireOpenDay } from './refuse.ts';
import { takeSeat } from './take-seat.ts';
import type { BookingStatus, Pool } from './vocabulary.ts';
import { viewBooking, viewTaken } from './view-booking.ts';

export interface Asked {
  hall: string;
  pool: Pool;
  schedule: HallSchedule;
  service: HallService;
  businessType: string | null;
  unit: string | null;
  cases: number;
}

/**
 * What is asked for, as the hall offers it. @throws appointments.not_offered, appointments.members_own_pool,
 * appointments.too_many_cases, appointments.service_unknown, register.unitCodeInvalid
 */
export async function readOrder(
  p: Platform,
  body: Pick<BookInput, 'slotId' | 'service' | 'businessType' | 'unitCode' | 'cases'>,
  kind: Booker['kind'],
  pools: readonly Pool[],
): Promise<Asked> {
  const { hall, date, pool } = readSlotId(body.slotId);
  const schedule = await getScheduleOn(p, hall, date);
  const service = await getService(p, schedule, body.service);
  if (kind === 'organisation' && pool === 'public' && !pools.includes(pool)) return refuseMember(service);
  if (!pools.includes(pool) || !service.pools.includes(pool)) return refuseNotOffered();
  const { businessType = null, cases = 1 } = body;
  if (
    businessType !== null &&
    service.businessTypes.length > 0 &&
    !service.businessTypes.includes(businessType)
  )
    return refuseNotOffered();
  const most = pool === 'public' ? schedule.rules.mostCases.person : schedule.rules.mostCases[kind];
  if (cases > most) return errors.fail('appointments.too_many_cases', { most });
  const unit = body.unitCode === undefined ? null : readUnitCode(body.unitCode);
  return { hall, pool, schedule, service, businessType, unit, cases };
}

/** A booking that was given up is not what is asked for again. @throws appointments.id_given_up */
export function requireStanding(status: BookingStatus): void {
  if (status === 'cancelled' || status === 'expired' || status === 'withdrawnByOffice')
    errors.fail('appointments.id_given_up');
}

/**
 * 预约: one's own, real-name. The claim is the commit point; everything before it only refuses early. Sent again with the same id it
 * answers the same booking, and never takes a second seat.
 */
export async function book(p: Platform, actor: ApplicantActor, body: BookInput): Promise<BookingView> {
  const booker = bookerOf(p, actor);
  const asked = await readOrder(p, body, booker.kind, ownPoolsOf(booker));
  countAttempt(p, booker.person);
  const u = asked.cases * weightOf(asked.service, asked.schedule.windowMinutes);
  const full = await fullFor(p, body.slotId, { b: body.id, u });
  if (full) return refuseFull(p, full, { ...asked, service: asked.service.code }, u);
  const [standing, known] = await Promise.all([
    findStanding(p, booker.person, asked.schedule.rules.noShow),
    findBooking(p, body.id),
  ]);
  if (known) {
    // Moved since, or given up: the id is spent. The same window: a repeated request.
    if (known.p !== booker.person || known.slotId !== body.slotId || known.service !== asked.service.code)
      return errors.fail('appointments.id_reused');
    const view = await viewBooking(p, actor, body.id);
    requireStanding(view.status);
    return view;
  }
  if (standing.suspendedUntil) return refuseSuspended(standing.suspendedUntil);
  await requireOpenDay(p, { ...asked, service: asked.service.code }, body.slotId);
  const { seat, slot, again } = await takeSeat(p, {
    ...asked,
    id: body.id,
    slotId: body.slotId,
    booker,
    channel: 'portal',
    actorId: actor.accountId,
  });
  return again ? viewBooking(p, actor, body.id) : viewTaken(p, slot, seat);
}
