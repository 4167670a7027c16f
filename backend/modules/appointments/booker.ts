import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor, StaffActor } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { personKeyOf } from './persons.ts';
import type { Seat } from './slot.model.ts';
import type { Pool } from './vocabulary.ts';

/** For whom a seat is taken. */
export interface Booker {
  /** `p` of the seat. */
  person: string;
  accountId: string | null;
  kind: 'person' | 'organisation';
}

/**
 * A seat is its holder's own (实名, not transferable). The person of a verified name is the same in the portal, by phone and at the
 * counter. Anybody can name any ID number: whose name nobody has verified, and an organisation's member, whose card nobody
 * has seen, is their account and no more. Otherwise they would see, move and cancel the seats of whoever the number is.
 */
export function bookerOf(p: Platform, actor: ApplicantActor): Booker {
  const { personIndex, accountId, organisation, nameVerified } = actor;
  const known = organisation || !nameVerified ? null : personIndex;
  return {
    person: personKeyOf(p, known ?? `account:${accountId}`),
    accountId,
    kind: organisation ? 'organisation' : 'person',
  };
}

/**
 * Pools from which people book for themselves. A member has a key of the account alone, and an organisation may invite as many
 * people as it makes up: in the public pool each of them would take a seat, and who is a member a second one.
 */
export const ownPoolsOf = ({ kind }: Pick<Booker, 'kind'>): readonly Pool[] =>
  kind === 'organisation' ? ['organisation'] : ['public'];

/** Clerks handle the appointments of their own hall; who belongs to none, of all. @throws appointments.other_hall */
export function requireOwnHall(actor: StaffActor, hall: string): void {
  if (actor.officeId !== null && actor.officeId !== hall) errors.fail('appointments.other_hall');
}

/** Whose something is: the key of the person, where it has one, and the account. */
export interface Holder {
  p: string | null;
  accountId: string | null;
}

export const holderOf = ({ p, a }: Pick<Seat, 'p' | 'a'>): Holder => ({ p, accountId: a });

/** 回避: what is one's own, a colleague decides. @throws appointments.own_booking */
export function requireOthers(p: Platform, actor: StaffActor, holder: Holder): void {
  const own =
    holder.accountId === actor.accountId ||
    (actor.personIndex !== null && holder.p === personKeyOf(p, actor.personIndex));
  if (own) errors.fail('appointments.own_booking');
}
