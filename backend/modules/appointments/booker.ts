import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor, StaffActor } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { personKeyOf } from './persons.ts';
import type { Pool } from './vocabulary.ts';

/** For whom a seat is taken. */
export interface Booker {
  /** `p` of the seat. */
  person: string;
  accountId: string | null;
  kind: 'person' | 'organisation';
}

/** A seat is its holder's own (实名, not transferable): of an organisation's member, for the organisation's pool. */
export function bookerOf(p: Platform, actor: ApplicantActor): Booker {
  const { personIndex, accountId, organisation } = actor;
  if (personIndex === null) return errors.fail('appointments.person_invalid');
  return {
    person: personKeyOf(p, personIndex),
    accountId,
    kind: organisation ? 'organisation' : 'person',
  };
}

/** Pools from which people book for themselves. */
export const ownPoolsOf = ({ kind }: Pick<Booker, 'kind'>): readonly Pool[] =>
  kind === 'organisation' ? ['organisation', 'public'] : ['public'];

/** Clerks handle the appointments of their own hall; who belongs to none, of all. @throws appointments.other_hall */
export function requireOwnHall(actor: StaffActor, hall: string): void {
  if (actor.officeId !== null && actor.officeId !== hall) errors.fail('appointments.other_hall');
}
