import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from '../accounts/index.ts';
import { answerOf, recordShown } from './answer.ts';
import { concernOf } from './concern.ts';
import type { AcceptQuery, RefuseQuery } from './contract/ask.ts';
import { isOfDesk } from './desk-scope.ts';
import { errors } from './errors.ts';
import { queryEvent } from './events.ts';
import { keepingSince } from './kept-until.ts';
import { makeResult, settleResult } from './make-result.ts';
import { settleNumber } from '../../platform/database/numbers.ts';
import { isRecused } from './policy.ts';
import { queries, type QueryDocument } from './query.model.ts';

/**
 * A clerk has looked at papers, identity and purpose, and the asker may know (查询办法; the three steps of domain.md §6.1). The answer
 * is the register's of this moment; for whom it shows, the look is the asker's and is recorded before it is given.
 * @throws query.notFound, query.otherHall, query.recused, query.notWaiting, query.changedMeanwhile, query.notChecked
 */
export async function accept(
  p: Platform,
  actor: StaffActor,
  id: string,
  input: AcceptQuery,
): Promise<QueryDocument> {
  const query = await getWaiting(p, actor, id, input.revision);
  if (!Object.values(input.checked).every(Boolean)) errors.fail('query.notChecked');
  const outcome = await answerOf(p, query, null);
  await recordShown(p, query, outcome, query.asker.accountId);
  const result = await makeResult(p, query, outcome);
  const more = { resultKind: result.kind };
  return end(p, query, {
    state: 'answered',
    decision: { at: outcome.at, by: byOf(actor), reason: null, explanation: null },
    result,
    event: queryEvent(p, 'answered', query, actor.accountId, more),
  });
}

/**
 * 不予查询: with the reason, in words, and what the asker can do about it.
 * @throws query.notFound, query.otherHall, query.recused, query.notWaiting, query.changedMeanwhile
 */
export async function refuse(
  p: Platform,
  actor: StaffActor,
  id: string,
  input: RefuseQuery,
): Promise<QueryDocument> {
  const query = await getWaiting(p, actor, id, input.revision);
  const { reason } = input;
  const explanation = input.explanation.trim();
  const at = p.time.now();
  const result = await makeResult(p, query, {
    ...{ kind: 'refusal', at, relation: null, disclosed: [], units: [] },
    refusal: { reason, explanation },
  });
  return end(p, query, {
    state: 'refused',
    decision: { at, by: byOf(actor), reason, explanation },
    result,
    event: queryEvent(p, 'refused', query, actor.accountId, { reason }),
  });
}

const byOf = ({ accountId, name }: StaffActor) => ({ accountId, name });

async function getWaiting(
  p: Platform,
  actor: StaffActor,
  id: string,
  revision: number,
): Promise<QueryDocument> {
  const query = await queries(p).findOne({ _id: id }, { outbox: 0 }).lean<QueryDocument>();
  if (!query) return errors.fail('query.notFound');
  if (!(await isOfDesk(p, actor, query))) errors.fail('query.otherHall');
  if (isRecused(await concernOf(p, query), actor.personIndex)) errors.fail('query.recused');
  if (query.state !== 'waiting') errors.fail('query.notWaiting');
  return query.revision === revision ? query : errors.fail('query.changedMeanwhile');
}

type Ending = Pick<QueryDocument, 'state' | 'result'> & {
  decision: NonNullable<QueryDocument['decision']>;
  event: ReturnType<typeof queryEvent>;
};

/** State and revision are the guard: of two clerks, or of a clerk and the asker who takes it back, one has it. */
async function end(p: Platform, query: QueryDocument, { event, ...set }: Ending): Promise<QueryDocument> {
  const ended = { ...set, keeping: keepingSince(set.decision.at), revision: query.revision + 1 };
  const { matchedCount } = await queries(p).collection.updateOne(
    { _id: query._id, state: 'waiting', revision: query.revision } as never,
    { $set: ended, $push: { outbox: event } } as never,
  );
  if (matchedCount === 0) await giveUp(p, query._id, set.result);
  p.outbox.notify('queries');
  if (set.result) await settleResult(p, set.result);
  return { ...query, ...ended };
}

/** Another decision came first. Its number is the one that counts; a number of this one's own stays unused, with the reason. */
async function giveUp(p: Platform, id: string, made: QueryDocument['result']): Promise<never> {
  const stands = await queries(p).findOne({ _id: id }, { 'result.no': 1 }).lean<QueryDocument>();
  if (made && stands?.result?.no !== made.no)
    await settleNumber(p, made.no, 'void', 'another decision came first');
  return errors.fail('query.changedMeanwhile');
}
