import type { BookingView, TicketView } from '../../../backend/modules/appointments/contract.ts';
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
