import { legalDayOf } from '../../platform/time.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { renewalConflict, type Conflict, type UnitDocument } from '../register/index.ts';
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

export interface RenewalSource {
  type: Pick<BusinessType, 'effects'>;
  answers: Answers;
  parties: readonly PartyDraft[];
  servedOn: string;
  on: string;
}

/** 续封: what keeps the named seizure from being renewed, told while it is filled in and again before acceptance. Pure. */
export function renewalConflicts(unit: UnitDocument, { on, ...source }: RenewalSource): Conflict[] {
  if (!source.type.effects.some(({ effect }) => effect === 'seizure.renew')) return [];
  return ordersOf({ ...source, certificateNo: () => '' }).flatMap((order) => {
    if (order.kind !== 'seizure.renew' || order.docNo === '' || order.court === '') return [];
    // A field that is missing is told at the field.
    if (order.renewalDocNo === '' || !Number.isInteger(order.termMonths)) return [];
    return renewalConflict(unit, order, on) ?? [];
  });
}
