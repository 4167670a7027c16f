/** What can be done instead, in the order in which it is offered. */
export type NextStep = 'again' | 'other' | 'wait' | 'mine' | 'apply' | 'hall' | 'service' | 'identity';

interface Refusal {
  code: string;
  problems: readonly { code: string }[];
}

const BY_DETAIL: Readonly<Record<string, NextStep>> = {
  'appointments.next_other_window': 'other',
  'appointments.next_no_window': 'hall',
  'appointments.next_waiting_list': 'wait',
  'appointments.next_see_booking': 'mine',
  'appointments.next_apply_online': 'apply',
  'appointments.next_appeal': 'mine',
  'appointments.next_come_back': 'other',
  'appointments.next_other_service': 'service',
};

/** Refusals that come without details. */
const BY_CODE: Readonly<Record<string, readonly NextStep[]>> = {
  'accounts.name_not_verified': ['identity'],
  'appointments.busy': ['again'],
  'appointments.too_fast': ['again'],
  'appointments.move_called_off': ['again', 'other'],
  'appointments.window_unknown': ['other'],
  'appointments.not_waitable': ['other'],
  'appointments.line_full': ['other', 'hall'],
  'appointments.already_waiting': ['mine'],
  'appointments.hold_ended': ['other', 'wait'],
  'appointments.already_gone': ['mine'],
  'appointments.begun': ['mine'],
  'appointments.same_window': ['other'],
  'appointments.service_unknown': ['service'],
  'appointments.hall_unknown': ['hall'],
  'appointments.id_reused': ['again'],
};

/** Never empty: who is refused is always shown a way on. */
export function nextStepsOf({ code, problems }: Refusal): NextStep[] {
  const told = problems.flatMap((problem) => BY_DETAIL[problem.code] ?? []);
  if (told.length > 0) return [...new Set(told)];
  if (BY_CODE[code]) return [...BY_CODE[code]];
  return code.startsWith('network.') || code.startsWith('session.') ? ['again'] : ['again', 'mine'];
}

/** After these the answer is final: the next press is another booking, with an id of its own. */
export const isSettled = (code: string): boolean =>
  !code.startsWith('network.') && !code.startsWith('session.') && code !== 'appointments.busy';
