import type { Platform } from '../../platform/platform.ts';
import { newId } from '../../platform/ids.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { Actor } from '../accounts/index.ts';
import type { RecordSuit } from './contract.ts';
import { errors } from './errors.ts';
import { eventsOf, makeChange, writeDecision } from './record-change.ts';
import { getUnit } from './reads.ts';
import type { Encumbrance, UnitDocument } from './unit.model.ts';
import { addDays, settleUnit } from './unit-state.ts';

const ATTEMPTS = 20;

/**
 * 异议申请人已起诉: the objector handed in the 受理通知书 of a court or an arbitration commission within the fifteen days, so the objection
 * does not lapse by itself any more (民法典220, 细则83). It then ends by cancellation alone. Judged by the day on which the notice
 * was handed in, not by when it is entered; where the right has passed to somebody else in between, it is too late.
 * Idempotent by objection and number. Throws `register.unitNotFound`, `register.objectionNotFound`,
 * `register.suitRecorded`, `register.suitDays`, `register.suitTooLate`, `register.suitAfterTransfer`,
 * `register.ownUnit`, `register.busy`.
 */
export async function recordSuit(
  p: Platform,
  actor: Pick<Actor, 'accountId' | 'personIndex'>,
  { unitCode, objectionId }: { unitCode: string; objectionId: string },
  suit: RecordSuit,
): Promise<UnitDocument> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const unit = await getUnit(p, unitCode);
    demandNotOwn(unit, actor.personIndex);
    const now = p.time.now();
    const state = settleUnit(unit, legalDayOf(now));
    const objection = state.encumbrances.find(({ id, kind }) => id === objectionId && kind === 'objection');
    if (!objection) return errors.fail('register.objectionNotFound');
    if (objection.suit?.docNo === suit.docNo) return unit;
    if (objection.suit) return errors.fail('register.suitRecorded', { docNo: objection.suit.docNo });
    demandInTime(state, objection, suit, legalDayOf(now));
    const standing: Encumbrance = { ...objection, status: 'current', until: null, closedAt: null, suit };
    const encumbrances = state.encumbrances.map((one) => (one === objection ? standing : one));
    const settled = { ...state, encumbrances };
    const act = {
      caseId: `suit:${objection.id}`,
      caseNo: '',
      businessType: '',
      at: now,
      actorId: actor.accountId,
      entryId: newId(),
    };
    const certificates = { needed: [], superseded: [], cancelled: [] };
    const change = makeChange(p, unit, act, { kinds: ['objection.suit'], state: settled, certificates });
    const { pending, served } = unit;
    const events = eventsOf(settled, change, pending);
    const decision = { state: settled, change, pending, served, events };
    if (await writeDecision(p, unit, decision, actor.accountId)) return getUnit(p, unitCode);
  }
  return errors.fail('register.busy');
}

/** 回避: nobody enters what concerns a right of their own. */
function demandNotOwn(unit: UnitDocument, personIndex: string | null): void {
  const people = [...unit.rights, ...unit.encumbrances].flatMap(({ holders }) => holders);
  if (people.some(({ idIndex }) => idIndex === personIndex)) errors.fail('register.ownUnit');
}

function demandInTime(
  state: Pick<UnitDocument, 'rights'>,
  { status, until, registeredAt }: Encumbrance,
  { docOn, handedInOn }: RecordSuit,
  today: string,
): void {
  const inOrder = docOn <= handedInOn && handedInOn <= today && legalDayOf(registeredAt) <= handedInOn;
  if (!inOrder) errors.fail('register.suitDays');
  if (until === null || (status !== 'current' && status !== 'lapsed')) {
    return errors.fail('register.objectionNotFound');
  }
  if (handedInOn > until) errors.fail('register.suitTooLate', { until });
  const lapsedAt = instantAt(addDays(until, 1));
  const passed = state.rights.some((right) => right.registeredAt >= lapsedAt && !right.renamed);
  if (status === 'lapsed' && passed) errors.fail('register.suitAfterTransfer');
}
