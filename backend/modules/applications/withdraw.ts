import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { ApplicationDocument, Withdrawal } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import { giveUpPlaces, leaveQueue, stopClock } from './close-case.ts';
import type { Withdraw } from './contract.ts';
import { makeDocument, row } from './documents.ts';
import { caseEvent } from './events.ts';
import { getForApplicant } from './load.ts';
import { partiesOf, type Viewer } from './policy.ts';
import { instantWords } from './wording.ts';

/** Parties whose agreement counts: those who sign, or the initiator alone where nobody else does. */
function others(doc: ApplicationDocument, agreed: readonly string[]) {
  return doc.parties.filter(({ id, signs }) => signs && !agreed.includes(id));
}

/** The end of a withdrawn case, for one write. */
async function withdrawnCase(
  p: Platform,
  doc: ApplicationDocument,
  withdrawal: Withdrawal,
  viewer: Viewer,
): Promise<ApplicationDocument> {
  const type = await typeOf(p, doc);
  const now = p.time.now();
  const status = 'withdrawn' as const;
  const confirmation = makeDocument(p, doc, 'withdrawalConfirmation', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      row('撤回时间', 'Withdrawn at', instantWords(now)),
      row('理由', 'Reason', withdrawal.reason ?? ''),
    ],
    paragraphs: [
      {
        zh: '申请已撤回，材料退还申请人。以后可以重新申请，受理先后按新的申请算。',
        en: 'The application is withdrawn and the materials are returned. You may apply again, in the order of the new application.',
      },
    ],
  });
  const clockEvents = stopClock(p, doc);
  const pauses = doc.pauses.map((one) => (one.to === null ? { ...one, to: now } : one));
  const done: Withdrawal = { ...withdrawal, state: 'done', decidedAt: now };
  const after = await applyChange(p, doc, type, {
    set: {
      status,
      handler: null,
      withdrawal: done,
      clockEvents,
      pauses,
      queue: leaveQueue(p, doc),
    },
    push: { documents: [confirmation] },
    events: [caseEvent(p, 'withdrawn', doc, viewer.accountId, { on: legalDayOf(now) })],
    agent: viewer,
  });
  await giveUpPlaces(p, doc, after);
  return after;
}

/**
 * 撤回 (条例15, 细则13): until the register is written, by all applicants together. One asks; when the others have agreed,
 * or when nobody else has to, the case ends. A refusal leaves it as it was.
 */
export async function withdraw(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { decision = 'ask', reason }: Withdraw,
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand(decision === 'ask' ? 'withdraw' : 'confirmWithdrawal', doc, type, viewer);
  const own = partiesOf(doc.parties, viewer).map(({ id }) => id);
  const withdrawal: Withdrawal =
    decision === 'ask' || !doc.withdrawal
      ? {
          state: 'asked',
          askedAt: p.time.now(),
          askedByParty: own[0] ?? '',
          reason: reason ?? null,
          agreed: own,
          decidedAt: null,
        }
      : { ...doc.withdrawal, agreed: [...doc.withdrawal.agreed, ...own] };
  if (decision === 'refuse') return turnDown(p, doc, viewer, withdrawal);
  const waiting = others(doc, withdrawal.agreed);
  if (waiting.length === 0) {
    return withdrawnCase(p, doc, withdrawal, viewer);
  }
  return applyChange(p, doc, type, {
    set: {
      withdrawal,
    },
    events: [
      caseEvent(p, 'withdrawalRequested', doc, viewer.accountId, { waitingFor: waiting.map(({ id }) => id) }),
    ],
    agent: viewer,
  });
}

async function turnDown(
  p: Platform,
  doc: ApplicationDocument,
  viewer: Viewer,
  withdrawal: Withdrawal,
): Promise<ApplicationDocument> {
  const refused: Withdrawal = { ...withdrawal, state: 'refused', decidedAt: p.time.now() };
  return applyChange(p, doc, await typeOf(p, doc), {
    set: { withdrawal: refused },
    events: [caseEvent(p, 'withdrawalRefused', doc, viewer.accountId)],
    agent: viewer,
  });
}
