import type { BookingView, TicketView } from '../../../backend/modules/appointments/contract.ts';
import { instantText } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.svelte.ts';

export function statusWord(status: BookingView['status']): string {
  const words = {
    held: t('appointments.statusHeld'),
    booked: t('appointments.statusBooked'),
    arrived: t('appointments.statusArrived'),
    served: t('appointments.statusServed'),
    missed: t('appointments.statusMissed'),
    cancelled: t('appointments.statusCancelled'),
    expired: t('appointments.statusExpired'),
    withdrawnByOffice: t('appointments.statusWithdrawn'),
  } satisfies Record<BookingView['status'], string>;
  return words[status];
}

export function appealWord(appeal: BookingView['appeal']): string {
  const words = {
    none: '',
    waiting: t('appointments.appealWaiting'),
    granted: t('appointments.appealGranted'),
    refused: t('appointments.appealRefused'),
  } satisfies Record<BookingView['appeal'], string>;
  return words[appeal];
}

/** What giving a booking up would mean: “在 10月8日（周四）16:00 前取消，不算爽约”, or that it is too late for that. */
export function cancelRule(
  { until, lateCounts, booked }: { until: string; lateCounts: boolean; booked: boolean },
  now: Date = new Date(),
): string {
  if (new Date(until) > now) return t('appointments.ruleFree', { until: instantText(until) });
  if (!lateCounts) return t('appointments.ruleFreeOver');
  return booked
    ? t('appointments.cancelLate', { until: instantText(until) })
    : t('appointments.ruleLateCounts');
}

export type Priority = TicketView['priority'];

export function priorityOptions(): { value: Priority; label: string }[] {
  return [
    { value: 'none', label: t('appointments.priorityNone') },
    { value: 'elderly', label: t('appointments.priorityElderly') },
    { value: 'disabled', label: t('appointments.priorityDisabled') },
    { value: 'pregnant', label: t('appointments.priorityPregnant') },
    { value: 'soldier', label: t('appointments.prioritySoldier') },
  ];
}

/** Whole minutes that are left until an instant; 0 in the last one, negative when it is over. */
export function minutesLeft(until: string, now: Date): number {
  const left = new Date(until).getTime() - now.getTime();
  return left <= 0 ? -1 : Math.floor(left / 60_000);
}
