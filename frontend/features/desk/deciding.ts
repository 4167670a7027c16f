import type { Act, CaseForClerk } from '../../../backend/modules/applications/contract.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import type { Checks } from './checks.svelte.ts';

/** The decisions that a clerk sees for a case: which, by which key, and why one is not possible now. */

export interface Choice {
  act: Act;
  label: string;
  key: string;
  kind: 'filled' | 'line' | 'danger';
  /** Why not now; absent: it can be done. */
  reason?: string;
}

/** The main act of a step is always A, so that a clean case needs no look at the keyboard. */
const KEYS: Partial<Record<Act, { key: string; kind: Choice['kind'] }>> = {
  accept: { key: 'A', kind: 'filled' },
  review: { key: 'A', kind: 'filled' },
  approve: { key: 'A', kind: 'filled' },
  record: { key: 'A', kind: 'filled' },
  issue: { key: 'A', kind: 'filled' },
  archive: { key: 'A', kind: 'filled' },
  requestCorrection: { key: 'B', kind: 'line' },
  resume: { key: 'R', kind: 'line' },
  pause: { key: 'Z', kind: 'line' },
  decidePause: { key: 'P', kind: 'line' },
  decideExtension: { key: 'Y', kind: 'line' },
  askExtension: { key: 'E', kind: 'line' },
  refuse: { key: 'X', kind: 'danger' },
  decline: { key: 'X', kind: 'danger' },
};

/** Every key that a choice may carry: the page listens to each of them. */
export const CHOICE_KEYS: readonly string[] = [...new Set(Object.values(KEYS).map(({ key }) => key))];

/** Acts of another step or another state: not a decision that is held up, just not one of these. */
const NOT_NOW = new Set([
  'applications.wrong_step',
  'applications.not_paused',
  'applications.no_extension',
  'applications.extension_open',
  'applications.extension_own',
  'applications.no_pause_request',
  'applications.pause_own',
  'applications.act_not_possible',
]);

function labelOf(act: Act, view: CaseForClerk): string {
  const current = view.steps.find((step) => step.state === 'current');
  const labels: Partial<Record<Act, string>> = {
    accept: t('desk.actAccept'),
    review: t('desk.actReview', { step: current ? i18n.pick(current.label) : '' }),
    approve: t('desk.actApprove'),
    record: t('desk.actRecord'),
    issue: t('desk.actIssue'),
    archive: t('desk.actArchive'),
    requestCorrection: t('desk.actCorrect'),
    resume: t('desk.actResume'),
    pause: t('desk.actPause'),
    askExtension: t('desk.actAskExtension'),
    decidePause: t('desk.actDecidePause'),
    decideExtension: t('desk.actDecideExtension'),
    refuse: t('desk.actRefuse'),
    decline: t('desk.actDecline'),
  };
  return labels[act] ?? act;
}

/** “还有 2 项未核对”, “有 1 项不一致，不能通过”. */
export function checksReason(act: Act, checks: Checks): string | undefined {
  if (act !== 'review' && act !== 'approve') return undefined;
  if (checks.rows.length === 0) return undefined;
  if (checks.different.length > 0) return t('desk.decideDiffer', { n: checks.different.length });
  return checks.left > 0 ? t('desk.decideLeft', { n: checks.left }) : undefined;
}

/** Before a case is claimed every act is blocked for that reason alone; those of other steps are then no choices. */
function isOfStep(act: Act, view: CaseForClerk): boolean {
  const approves = view.steps.find((step) => step.state === 'current')?.role === 'registrar';
  if (act === 'review') return !approves;
  if (act === 'approve') return approves;
  return act !== 'resume' || view.pauses.some((pause) => pause.to === null);
}

export function choicesOf(view: CaseForClerk, checks: Checks): Choice[] {
  return (Object.keys(KEYS) as Act[]).flatMap((act) => {
    const { key, kind } = KEYS[act]!;
    const blocked = view.blockedActs.find((one) => one.act === act);
    const allowed = view.allowedActs.includes(act);
    if (!allowed && (!blocked || NOT_NOW.has(blocked.code) || !isOfStep(act, view))) return [];
    const reason = allowed ? checksReason(act, checks) : blocked && i18n.pick(blocked.reason);
    return [{ act, label: labelOf(act, view), key, kind, ...(reason ? { reason } : {}) }];
  });
}

/** Keys that do something on the case page as it is now: the table of keys names no others. */
export function liveKeys(page: {
  judging: boolean;
  papers: number;
  choices: readonly Choice[];
  claims: boolean;
  next: boolean;
}): string[] {
  return [
    ...(page.judging ? ['J', 'K', '1', '2', '3'] : []),
    ...(page.papers > 1 ? ['[', ']'] : []),
    ...page.choices.map(({ key }) => key),
    ...(page.claims ? ['C'] : []),
    ...(page.next ? ['N'] : []),
    'G',
    'Esc',
    '?',
  ];
}

/** Why the rows of the checklist take no result now. */
export function notJudging(view: CaseForClerk): string {
  if (view.acceptedAt === null) return t('desk.checksAfterAccept');
  return view.allowedActs.includes('claim') ? t('desk.decideClaimFirst') : t('desk.checksNotHere');
}

/** Whether the checklist is this reader's to fill in now. */
export function judges(view: CaseForClerk): boolean {
  return view.allowedActs.includes('review') || view.allowedActs.includes('approve');
}
