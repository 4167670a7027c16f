import { reserveNumber } from '../../platform/database/numbers.ts';
import { rateLimiterOf } from '../../platform/http/rate-limit.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { dueAfterWorkdays, getCalendar } from '../clock/index.ts';
import { holderIndexOf, type UnitDocument } from '../register/index.ts';
import { answerOf, recordShown } from './answer.ts';
import { checkAsk, demandPapers, letterOf, purposeOf } from './check-ask.ts';
import { concernsAtAsking } from './concern.ts';
import type { AskQuery } from './contract/ask.ts';
import { registryFor } from './desk-scope.ts';
import { errors } from './errors.ts';
import { queryEvent } from './events.ts';
import { keepingSince } from './kept-until.ts';
import { noticeOf } from './notice.ts';
import { bindEvidence } from './evidence.ts';
import { findTarget, type Target } from './find-target.ts';
import { makeResult, settleResult } from './make-result.ts';
import { relationOn } from './people.ts';
import { sealPerson } from './person.ts';
import { foldSpaces } from './offline/quoted.ts';
import { namesPerson, relationFor, type QueryRule } from './policy.ts';
import { queries, type QueryDocument } from './query.model.ts';
import { queryTerms } from './terms.ts';

const DUPLICATE_KEY = 11_000;
const DAY_SECONDS = 86_400;

/**
 * Asks, and is answered at once where the law leaves nothing to judge: one's own property, and what anybody who intends may know
 * (查询办法14, 15, 21). The purpose stands in the same write as the answer, and who is shown is recorded before it. Everything else
 * goes to a clerk. The same id with the same content is the same query.
 * @throws what `checkAsk`, `findTarget`, `bindEvidence` and `sealPerson` throw; query.keyReused; query.unitNotFound alike for a
 * unit that is not there and one that the register does not name the asker on
 */
export async function ask(
  p: Platform,
  actor: ApplicantActor,
  input: AskQuery,
  address: string,
): Promise<QueryDocument> {
  const requestMac = p.crypto.mac('query-request', JSON.stringify(input));
  const known = await find(p, input.id);
  if (known) return replay(known, actor, requestMac);
  const rule = checkAsk(actor, input);
  await demandRoomToday(p, actor, address);
  const byPerson = namesPerson(rule) && input.person !== undefined;
  const target = rule.target === 'none' || byPerson ? null : await targetOf(p, actor, input);
  const asked = await newQuery(p, actor, { input, rule, target, requestMac });
  const whole = rule.decided ? await waiting(p, asked) : await answered(p, asked, target?.unit ?? null);
  try {
    await queries(p).collection.insertOne(whole as never);
  } catch (error) {
    // Unique id: the same request at the same moment; the other one asked.
    if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    const other = await find(p, input.id);
    return other ? replay(other, actor, requestMac) : errors.fail('query.changedMeanwhile');
  }
  p.outbox.notify('queries');
  if (whole.result) await settleResult(p, whole.result);
  return whole;
}

/** Of one's own, what is not there and what is another's are the same; of others, whether a home exists is no secret (查询办法21). */
async function targetOf(p: Platform, actor: ApplicantActor, input: AskQuery): Promise<Target> {
  const found = await findTarget(p, actor.accountId, input);
  if (input.kind !== 'ownUnit') return found ?? errors.fail('query.noSuchUnit');
  // Before a number is reserved: a gap in the series would tell which of the two it was.
  const on = legalDayOf(p.time.now());
  const named = found && relationOn(found.unit, holderIndexOf(p, actor) ?? '', on);
  return found && named ? found : errors.fail('query.unitNotFound');
}

const find = (p: Platform, id: string): Promise<QueryDocument | null> =>
  queries(p).findOne({ _id: id }, { outbox: 0 }).lean<QueryDocument>();

function replay(known: QueryDocument, actor: ApplicantActor, requestMac: string): QueryDocument {
  const same = known.asker.accountId === actor.accountId && known.requestMac === requestMac;
  return same ? known : errors.fail('query.keyReused');
}

/** Bulk is refused: what a person or an office asks in a day is bounded, whatever it is and however slowly it comes. */
async function demandRoomToday(p: Platform, actor: ApplicantActor, address: string): Promise<void> {
  const { mostADay } = await queryTerms();
  const limit = { points: mostADay, windowSeconds: DAY_SECONDS, by: 'account' as const };
  await rateLimiterOf(p).consume('query.day', limit, actor, address);
}

interface New {
  input: AskQuery;
  rule: QueryRule;
  target: Target | null;
  requestMac: string;
}

async function newQuery(p: Platform, actor: ApplicantActor, made: New): Promise<QueryDocument> {
  const { input, rule, target, requestMac } = made;
  const now = p.time.now();
  const { organisation, accountId, name, personIndex } = actor;
  // The route lets in nobody whose name or licence was not seen.
  const holderIndex = holderIndexOf(p, actor) ?? errors.fail('query.kindNotYours');
  const notice = rule.relation === 'stateOrgan' ? noticeOf(input, now) : null;
  const person = namesPerson(rule) ? personOf(p, input, holderIndex) : null;
  const evidence = await bindEvidence(p, actor, input);
  const papers = evidence.map(({ code }) => code);
  // By what was uploaded, whatever it is called here: a file is one paper and fills one line.
  demandPapers(input, papers);
  const asker = {
    accountId,
    name,
    personIndex,
    organisation: organisation && {
      id: organisation.id,
      name: organisation.name,
      creditCode: organisation.creditCode,
    },
    holderIndex,
  };
  const unitCode = target?.unit._id ?? null;
  return {
    _id: input.id,
    no: await queryNo(p, input.id, now),
    kind: input.kind,
    relation: relationFor(input.kind, papers),
    state: 'waiting',
    asker,
    purpose: purposeOf(input),
    purposeText: foldSpaces(input.purposeText ?? ''),
    target: target?.text ?? null,
    registry: await registryFor(p, target?.unit.district ?? null),
    ...(await concernsAtAsking(p, { asker, person, unitCode })),
    unitCode,
    person,
    claimedName: input.kind === 'lawyer' ? input.claimedName?.trim() || null : null,
    client: input.kind === 'lawyer' ? foldSpaces(input.client ?? '') || null : null,
    letterNo: rule.relation === 'stateOrgan' ? letterOf(input) : null,
    evidence,
    promisedAt: rule.own ? null : now,
    askedAt: now,
    due: null,
    decision: null,
    result: null,
    notice,
    keeping: null,
    requestMac,
    revision: 1,
  };
}

/**
 * Whom the query names. Not the asker: of one's own another kind tells, at once and without papers, to all but state organs.
 * @throws query.personNeeded, query.personIsYou
 */
function personOf(p: Platform, { id, kind, person }: AskQuery, self: string): QueryDocument['person'] {
  if (!person) return null;
  const sealed = sealPerson(p, id, person, { organisations: kind !== 'heir' });
  if (kind !== 'organPerson' && sealed.idIndex === self)
    errors.fail('query.personIsYou', {}, [{ pointer: '/person/idNumber', code: 'query.personIsYou' }]);
  return sealed;
}

/** `CX2026113000012`, in the order of asking. */
function queryNo(p: Platform, id: string, now: Date): Promise<string> {
  const day = legalDayOf(now).replaceAll('-', '');
  return reserveNumber(p, {
    series: `query:${day}`,
    holder: id,
    format: (serial) => `CX${day}${String(serial).padStart(5, '0')}`,
  });
}

async function waiting(p: Platform, asked: QueryDocument): Promise<QueryDocument> {
  const terms = await queryTerms();
  const calendar = await getCalendar(p);
  const promised = dueAfterWorkdays(calendar, asked.askedAt, terms.promisedWorkdays);
  const legal = dueAfterWorkdays(calendar, asked.askedAt, terms.legalWorkdays);
  return {
    ...asked,
    due: {
      promisedAt: promised.dueAt,
      promisedOn: promised.dueOn,
      legalAt: legal.dueAt,
      legalOn: legal.dueOn,
    },
    outbox: [queryEvent(p, 'asked', asked, asked.asker.accountId)],
  };
}

async function answered(
  p: Platform,
  asked: QueryDocument,
  unit: UnitDocument | null,
): Promise<QueryDocument> {
  const outcome = await answerOf(p, asked, unit);
  const whole = { ...asked, relation: outcome.relation };
  await recordShown(p, whole, outcome, asked.asker.accountId);
  const result = await makeResult(p, whole, outcome);
  const outbox: OutboxEvent[] = [
    queryEvent(p, 'asked', whole, asked.asker.accountId),
    queryEvent(p, 'answered', whole, asked.asker.accountId, { resultKind: result.kind }),
  ];
  const decision = { at: outcome.at, by: null, reason: null, explanation: null };
  return { ...whole, state: 'answered', decision, result, keeping: keepingSince(outcome.at), outbox };
}
