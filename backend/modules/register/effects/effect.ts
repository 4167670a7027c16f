import type { CertificateKind, CoOwnership, RightKind } from '../contract.ts';
import type {
  CertificateConsequences,
  Holder,
  MortgageTerms,
  PartyKind,
  SeizureTerms,
  Share,
  UnitDocument,
} from '../unit.model.ts';

/** A party as a case names it: the number in clear, never stored so. `share` is of the whole property. */
export interface PartyOrder {
  name: string;
  partyKind: PartyKind;
  idKind: string;
  idNumber: string;
  share: Share | null;
}

/** Who gives up ownership. `share` null gives all that this holder has. */
export interface GiverOrder {
  idNumber: string;
  share: Share | null;
}

/**
 * What a recorded case does to one unit: the closed vocabulary that the catalogue's `effects` name. `P` is a party,
 * `G` a giver: in clear in an order, sealed (encrypted and indexed) inside the register.
 */
export type EffectOf<P, G> =
  | {
      kind: 'ownership.transfer';
      /** Named one by one: a sale decided on one owner must not move the property of the next. */
      from: readonly G[];
      to: readonly P[];
      /** How the receivers hold: 0 alone, 1 jointly, 2 by shares, 3 otherwise. */
      coOwnership: CoOwnership;
      certificateNo: string;
      rightKind?: RightKind;
    }
  | {
      kind: 'ownership.rename';
      /** Which holder, by the number in the register today; the share must be null. */
      of: G;
      /** New name and number; the share is kept. */
      holder: P;
      certificateNo: string;
    }
  | {
      kind: 'mortgage.create';
      /** 抵押人: every current holder, shares null. */
      mortgagors: readonly G[];
      /** 抵押权人 */
      holders: readonly P[];
      terms: MortgageTerms;
      certificateNo: string;
    }
  /** By certificate number (登记证明号) of the mortgage, and by all who hold it: nobody discharges another's mortgage. */
  | { kind: 'mortgage.discharge'; certificateNo: string; mortgagees: readonly G[] }
  | { kind: 'seizure.create'; terms: SeizureTerms }
  /** `docNo` of the order that made the seizure. */
  | { kind: 'seizure.lift'; court: string; docNo: string }
  | SeizureRenewal;

/** 续行查封 (民诉法解释485). */
export interface SeizureRenewal {
  kind: 'seizure.renew';
  court: string;
  /** Of the order that made the seizure. */
  docNo: string;
  /** Of the order that renews it. */
  renewalDocNo: string;
  termMonths: number;
  /** Legal day on which the order was served on the office (送达): in time or not is judged by it. */
  servedOn: string;
}

export type EffectOrder = EffectOf<PartyOrder, GiverOrder>;
export interface SealedGiver {
  idIndex: string;
  share: Share | null;
}
export type Effect = EffectOf<Holder, SealedGiver>;
export type EffectKind = Effect['kind'];

export interface EffectContext {
  caseId: string;
  at: Date;
  /** Legal day of `at`. */
  on: string;
  /** Deterministic, so that a recovered recording gives the same document. */
  newId(): string;
}

/** Why an effect cannot be applied to this state of the unit. */
export interface EffectRefusal {
  reason: EffectRefusalReason;
  params: Record<string, string | number>;
}

export const EFFECT_REFUSALS = {
  noLiveRight: 'noLiveRight',
  notOwner: 'notOwner',
  shareTooSmall: 'shareTooSmall',
  jointNeedsAll: 'jointNeedsAll',
  sharesDiffer: 'sharesDiffer',
  holderTwice: 'holderTwice',
  mortgageNotFound: 'mortgageNotFound',
  notMortgagee: 'notMortgagee',
  seizureNotFound: 'seizureNotFound',
  seizureTwice: 'seizureTwice',
  seizureLapsed: 'seizureLapsed',
  seizureWaits: 'seizureWaits',
  renewedAlready: 'renewedAlready',
  termTooLong: 'termTooLong',
  executedNotOwner: 'executedNotOwner',
  executedIsOwner: 'executedIsOwner',
  executedIsExpectant: 'executedIsExpectant',
  executedNotExpectant: 'executedNotExpectant',
  receiverMissing: 'receiverMissing',
  giverMissing: 'giverMissing',
  coOwnerMissing: 'coOwnerMissing',
} as const;
export type EffectRefusalReason = (typeof EFFECT_REFUSALS)[keyof typeof EFFECT_REFUSALS];

/** The part of a unit that effects change. */
export type UnitState = Pick<UnitDocument, '_id' | 'status' | 'rights' | 'encumbrances'>;

export type EffectResult =
  | { ok: true; unit: UnitState; certificates: CertificateConsequences }
  | { ok: false; refusal: EffectRefusal };

export function noCertificates(): CertificateConsequences {
  return { needed: [], superseded: [], cancelled: [] };
}

export function neededCertificate(
  no: string,
  kind: CertificateKind,
  subjectId: string,
): CertificateConsequences {
  return { needed: [{ no, kind, subjectId }], superseded: [], cancelled: [] };
}
