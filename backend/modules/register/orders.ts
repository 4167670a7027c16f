import type { Conflict } from './conflicts.ts';
import type { Condition, RequestKind } from './contract.ts';
import type { EffectOrder } from './effects/effect.ts';
import type { CertificateConsequences } from './unit.model.ts';

/** One step of a recording plan: what a case does to one unit. The plan is stored before the first step runs. */
export interface RecordOrder {
  unitCode: string;
  caseId: string;
  caseNo: string;
  businessType: string;
  request: RequestKind;
  /** Applied in this order, all or none. */
  effects: readonly EffectOrder[];
  /** Conditions of the matrix that the case has shown (domain.md §5.1, ◐). */
  conditionsMet: readonly Condition[];
  /** 登簿时间: from the plan, so that a re-run gives the same document. */
  at: Date;
  actorId: string | null;
  /** Id of the ledger entry; unique, from the plan. */
  entryId: string;
  /** Only record over this revision; otherwise the newest is taken and checked afresh. */
  expectedRevision?: number;
}

export type RecordOutcome =
  | { outcome: 'recorded' | 'already'; revision: number; certificates: CertificateConsequences }
  /** The register does not allow it, with the reasons to tell the applicant. Nothing was written. */
  | { outcome: 'conflict'; conflicts: Conflict[] }
  /** The unit changed under us, `expectedRevision` or too many rivals: read again and decide again. */
  | { outcome: 'stale'; revision: number };

export interface AcceptanceOrder {
  unitCode: string;
  caseId: string;
  caseNo: string;
  businessType: string;
  request: RequestKind;
  acceptedAt: Date;
  /** Promised due day, told to whoever has to wait behind. */
  dueOn: string | null;
  conditionsMet?: readonly Condition[];
  /** 视为受理 (条例17 末款): it stands accepted, so no refusal of the register keeps it from its place; recording checks anew. */
  acceptedByLaw?: boolean;
}

export interface AcceptanceOutcome {
  /** Position in the unit's own order of acceptance; 1 was first. */
  order: number;
  /** What still stands in the way at recording: earlier cases, conditions not shown yet. */
  conflicts: Conflict[];
}
