import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { isLegalDay } from '../clock/index.ts';
import { nextFreeWindow } from './availability.ts';
import { calendarOf, isClosedDay } from './calendar-days.ts';
import { findSlot, type SlotHead } from './change-slot.ts';
import type { HallSchedule, HallService } from './contract.ts';
import { errors } from './errors.ts';
import { readSlotId } from './plan-day.ts';
import type { SlotDocument } from './slot.model.ts';
import type { Pool } from './vocabulary.ts';
import { dayInWords, instantInWords } from './wording.ts';

/** Says why a claim was refused and what to do instead. None of these returns. */

export interface RefusalContext {
  hall: string;
  pool: Pool;
  service: string;
  schedule: HallSchedule;
}

const step = (code: string, params: Problem['params'] = {}): Problem => ({
  pointer: '/slotId',
  code,
  params,
});

/** Another window, or when there will be one. */
async function elsewhere(p: Platform, context: RefusalContext): Promise<Problem> {
  const next = await nextFreeWindow(p, context);
  if (!next) return step('appointments.next_no_window', { releaseAt: context.schedule.rules.releaseAt });
  return {
    pointer: '/slotId',
    code: 'appointments.next_other_window',
    sentence: {
      zh: `请选别的时段：最近的是 ${next.words.zh}。`,
      en: `Choose another time: the next free one is ${next.words.en}.`,
    },
  };
}

export async function refuseFull(
  p: Platform,
  slot: SlotHead,
  context: RefusalContext,
  u: number,
): Promise<never> {
  const { mostWaiting } = context.schedule.rules;
  const line = u === 1 && slot.waiting < mostWaiting ? [step('appointments.next_waiting_list')] : [];
  return errors.fail('appointments.full', {}, [await elsewhere(p, context), ...line]);
}

export async function refuseClosed(p: Platform, context: RefusalContext): Promise<never> {
  return errors.fail('appointments.window_closed', {}, [await elsewhere(p, context)]);
}

/**
 * A day that the calendar or the schedule has closed takes nobody, even where its windows are not closed yet: the job that closes
 * them comes within the minute, and its write is the atomic end.
 */
export async function requireOpenDay(p: Platform, context: RefusalContext, slotId: string): Promise<void> {
  const { date } = readSlotId(slotId);
  if (!isLegalDay(date) || !isClosedDay(context.schedule, await calendarOf(p), date)) return;
  // Without a window there is nothing to close: the claim says that it does not exist.
  if (await findSlot(p, slotId)) await refuseClosed(p, context);
}

export async function refusePast(p: Platform, context: RefusalContext): Promise<never> {
  return errors.fail('appointments.past', {}, [await elsewhere(p, context)]);
}

export function refuseNotReleased({ opensAt }: Pick<SlotHead, 'opensAt'>): never {
  const params = { opensAt: instantInWords(opensAt) };
  return errors.fail('appointments.not_released', params, [step('appointments.next_come_back', params)]);
}

/** `more`: a step that comes before the others. */
export function refuseSuspended(until: Date, more?: string): never {
  return errors.fail('appointments.suspended', { from: dayInWords(legalDayOf(until)) }, [
    ...(more === undefined ? [] : [step(more)]),
    step('appointments.next_apply_online'),
    step('appointments.next_appeal'),
  ]);
}

export function refuseLateMove(until: Date): never {
  return errors.fail('appointments.move_too_late', { until: instantInWords(until) }, [
    step('appointments.next_come_as_booked'),
    step('appointments.next_cancel_late'),
  ]);
}

export function refuseNotOffered(): never {
  return errors.fail('appointments.not_offered', {}, [step('appointments.next_other_service')]);
}

/** A member of an organisation asked for a public seat. */
export function refuseMember({ pools }: Pick<HallService, 'pools'>): never {
  return errors.fail('appointments.members_own_pool', {}, [
    ...(pools.includes('organisation') ? [step('appointments.next_organisation_pool')] : []),
    step('appointments.next_book_as_person'),
  ]);
}

/** The person's own booking for the service, and where it is. */
export function refuseAlreadyBooked(owner: Pick<SlotDocument, 'startAt'>): never {
  return errors.fail('appointments.already_booked', { where: instantInWords(owner.startAt) }, [
    step('appointments.next_see_booking'),
  ]);
}

export function refuseTooMany(most: number): never {
  return errors.fail('appointments.too_many', { most }, [step('appointments.next_see_booking')]);
}

/** Somebody's booking for the unit; nothing is said of whose or when. */
export function refuseUnitTaken(): never {
  return errors.fail('appointments.unit_taken', {}, [
    { pointer: '/unitCode', code: 'appointments.next_apply_online' },
  ]);
}
