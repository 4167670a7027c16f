import type { Correction, Person } from '../case-parts.ts';
import type { RefusalReason, PauseReason } from '../vocabulary.ts';
import type { DeclineReason } from '../wording.ts';

/** A case as an earlier system hands it over (存量办件迁入): what was asked for, and what happened to it, act by act. People in clear. */

/** Each kind with what is said of it: one member of the union a kind. */
type Kind<K extends string, Said> = K extends string ? { act: K; at: Date } & Said : never;

export type ImportedAct =
  | Kind<'submit' | 'answerCorrection' | 'withdraw', object>
  | Kind<'claim' | 'accept' | 'record' | 'issue' | 'archive', { by: Person }>
  | Kind<'review' | 'approve' | 'resume', { by: Person; text: string }>
  | Kind<'decline', { by: Person; reason: DeclineReason; facts: string; goTo: string | null }>
  | Kind<'refuse', { by: Person; reason: RefusalReason; facts: string }>
  | Kind<'requestCorrection', { by: Person; defects: Correction['defects']; dueOn: string }>
  | Kind<'pause', { by: Person; reason: PauseReason; note: string; plannedEndOn: string }>;

export interface ImportedCase {
  /** 24 hexadecimal digits, the same at every attempt: what makes the import idempotent. */
  id: string;
  /** 13 to 16 digits, of a range that this portal does not give out. */
  no: string;
  typeCode: string;
  /** Null where nobody keeps an account: the organisation is found by the account. */
  initiator: {
    accountId: string;
    organisationId: string | null;
    name: string;
    idNumber: string;
    /** Blind index of whoever filed it, for an organisation too. */
    personIndex: string;
  };
  /** Accounts of those who signed, by the number of their document. */
  signers: ReadonlyMap<string, string>;
  unit: { code: string; address: string; district: string };
  officeId: string;
  answers: Record<string, unknown>;
  /** In order of time, the first a submission. */
  acts: readonly ImportedAct[];
}
