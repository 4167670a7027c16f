import type { Principal } from '../../platform/http/route.ts';
import type { AccountKind, OrganisationKind, StaffRole } from './contract.ts';

/**
 * Who is asking, with what every module may need to decide. Made anew from the database at most 500 ms before use, so
 * a role taken away or an account disabled holds within a second in every process.
 */
export interface Actor extends Principal {
  readonly kind: AccountKind;
  readonly name: string;
  /** Blind index of the ID number (purpose `id-number`): the same person has the same one in every account. */
  readonly personIndex: string | null;
  /** A clerk saw the identity document and confirmed that this account is that person's. */
  readonly nameVerified: boolean;
  readonly organisation: {
    readonly id: string;
    readonly kind: OrganisationKind;
    readonly name: string;
    /** 统一社会信用代码. */
    readonly creditCode: string;
    /** Confirmed by an administrator; before that it may not act. */
    readonly confirmed: boolean;
    /** May invite and disable other members. */
    readonly administrator: boolean;
  } | null;
  readonly roles: readonly StaffRole[];
  readonly officeId: string | null;
  /** How this account signs: staff by the second factor, others by the password. */
  readonly factor: 'password' | 'totp';
  /** When a factor was last given in this session: at sign-in, or by confirmFactor. */
  readonly factorAt: Date;
}

export interface CitizenActor extends Actor {
  readonly kind: 'citizen';
}

export interface OrganisationActor extends Actor {
  readonly kind: 'organisation';
  readonly organisation: NonNullable<Actor['organisation']>;
}

export interface StaffActor extends Actor {
  readonly kind: 'staff';
}

export type ApplicantActor = CitizenActor | OrganisationActor;
