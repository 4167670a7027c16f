import type { Platform } from '../../platform/platform.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument, Opinion } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand, demandRead } from './change.ts';
import type { Approve, Review } from './contract.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import { stepsAfter, type Viewer } from './policy.ts';
import { personOf } from './viewer.ts';

type Checks = Review['checks'];

/**
 * 查验 (条例18): every row of the type's checklist has a result before the step is passed, and none may differ. A
 * difference is answered by a supplement or a refusal, never passed over.
 */
function demandChecks(type: Pick<BusinessType, 'checklist'>, checks: Checks): void {
  const known = new Map(checks.map((check) => [check.key, check]));
  const missing = type.checklist.filter(({ key }) => !known.has(key));
  if (missing.length > 0) {
    errors.fail(
      'applications.checks_missing',
      { count: missing.length },
      missing.map(({ key, label }) => ({
        pointer: `/checks/${key}`,
        code: 'applications.checks_missing',
        params: { count: missing.length },
        sentence: label,
      })),
    );
  }
  const differing = checks.filter(({ result }) => result === 'different');
  if (differing.length > 0) errors.fail('applications.checks_differ', { count: differing.length });
}

export function opinionOf(
  p: Platform,
  act: Opinion['act'],
  step: string,
  viewer: Viewer,
  text: string,
  checks: Checks = [],
): Opinion {
  return {
    act,
    step,
    by: personOf(viewer),
    at: p.time.now(),
    text,
    checks: checks.map(({ key, result, note }) => ({ key, result, note: note ?? null })),
  };
}

/**
 * Passes one step of the review (初审, 复审) with a signed opinion (审批表) and hands the case to the next step, where
 * somebody else claims it. Throws `applications.checks_missing`, `applications.checks_differ`.
 */
export async function review(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { opinion, checks, filingHash }: Review,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('review', doc, type, viewer);
  demandRead(doc, filingHash);
  demandChecks(type, checks);
  const [next] = stepsAfter(doc.step, type);
  return applyChange(p, doc, type, {
    set: { status: 'reviewing', step: next?.key ?? doc.step, handler: null },
    push: { opinions: [opinionOf(p, 'review', doc.step ?? '', viewer, opinion, checks)] },
    events: [caseEvent(p, 'reviewed', doc, viewer.accountId, { step: doc.step, next: next?.key ?? null })],
  });
}

/**
 * 核定: the last decision before the register is written. Who approves goes on to record; who accepted cannot do
 * either. Types without a review step have their checklist gone through here.
 */
export async function approve(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { opinion, checks, filingHash }: Approve,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('approve', doc, type, viewer);
  demandRead(doc, filingHash);
  const reviewed = doc.opinions.some(({ act }) => act === 'review');
  if (!reviewed || checks) demandChecks(type, checks ?? []);
  const status = 'approved' as const;
  return applyChange(p, doc, type, {
    set: { status },
    push: { opinions: [opinionOf(p, 'approve', doc.step ?? '', viewer, opinion, checks)] },
    events: [caseEvent(p, 'approved', doc, viewer.accountId, { step: doc.step })],
  });
}
