import { legalDayOf } from '../../platform/time.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { seizureConflict, type Conflict, type UnitDocument } from '../register/index.ts';
import type { Answers } from './answers.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { PartyDraft } from './parties.ts';
import { ordersOf } from './plan.ts';

/** Legal day on which a case was first handed in: an order of a court is served then (送达), however long the office takes. */
export function servedOnOf(
  { submission, earlierSubmissions }: Pick<ApplicationDocument, 'submission' | 'earlierSubmissions'>,
  now: Date,
): string {
  return legalDayOf((earlierSubmissions[0] ?? submission)?.at ?? now);
}

export interface SeizureSource {
  caseId: string;
  type: Pick<BusinessType, 'effects'>;
  answers: Answers;
  parties: readonly PartyDraft[];
  servedOn: string;
  on: string;
}

/**
 * 查封、续封: what keeps the seizure from being entered, or the named one from being renewed, told while it is filled in and
 * again before acceptance. Nothing once it is recorded. Pure.
 */
export function seizureConflicts(unit: UnitDocument, { on, caseId, ...source }: SeizureSource): Conflict[] {
  if (!source.type.effects.some(({ effect }) => effect === 'seizure.renew' || effect === 'seizure.create'))
    return [];
  if (unit.changes.some((one) => one.caseId === caseId)) return [];
  return ordersOf({ ...source, certificateNo: () => '' }).flatMap((order) => {
    if (order.kind !== 'seizure.renew' && order.kind !== 'seizure.create') return [];
    // A field that is missing is told at the field.
    const { court, docNo, termMonths } = order.kind === 'seizure.renew' ? order : order.terms;
    const missing = order.kind === 'seizure.renew' ? order.renewalDocNo : (order.terms.executedName ?? '');
    if ([court, docNo, missing].includes('') || !Number.isInteger(termMonths)) return [];
    return seizureConflict(unit, order, on) ?? [];
  });
}
