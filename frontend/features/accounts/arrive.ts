import type { Me } from '../../../backend/modules/accounts/contract.ts';
import { to } from '../../app/paths.ts';
import { workPlace } from '../../app/work-place.ts';

/** A path of this portal from `?next=`, or null: never another site, never the sign-in pages themselves. */
export function safeNext(next: string | null): string | null {
  if (!next || !/^\/(?![/\\])/.test(next)) return null;
  return /^\/(sign-in|sign-up|enrol)(\/|\?|#|$)/.test(next) ? null : next;
}

/** Where somebody goes who has just signed in: back to where they came from, else to their work. */
export function placeFor(me: Me | null, next: string | null): string {
  return safeNext(next) ?? (me?.kind === 'staff' ? workPlace(me) : to('home'));
}
