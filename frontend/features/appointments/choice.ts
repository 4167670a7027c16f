import { to } from '../../app/paths.ts';

/** What has been chosen so far. It stands in the address, so that Back is the step before and a link leads into any step. */
export interface Choice {
  service?: string | undefined;
  hall?: string | undefined;
  /** `next`: the earliest day that is free. */
  day?: string | undefined;
  slot?: string | undefined;
  /** Wait in line for the window instead of booking it. */
  wait?: string | undefined;
  /** Business type (办事指南), where the visitor comes from one. */
  type?: string | undefined;
  /** Number of the own case that it is for. */
  case?: string | undefined;
  /** Booking that is moved. */
  move?: string | undefined;
}

const KEYS = ['service', 'hall', 'day', 'slot', 'wait', 'type', 'case', 'move'] as const;

export function readChoice(query: URLSearchParams): Choice {
  return Object.fromEntries(KEYS.flatMap((key) => (query.get(key) ? [[key, query.get(key)!]] : [])));
}

/** The address of a step. */
export function stepLink(choice: Choice): string {
  const given = KEYS.flatMap((key) => (choice[key] ? [[key, choice[key]] as const] : []));
  return to('newAppointment', null, Object.fromEntries(given));
}
