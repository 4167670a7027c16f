import { insertAbsent } from '../../../platform/database/insert-absent.ts';
import type { DeliveredEvent } from '../../../platform/database/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { getBusinessType, type BusinessType } from '../../catalogue/index.ts';
import { getCalendar, type Calendar } from '../../clock/index.ts';
import { enqueueAcceptance } from '../../register/index.ts';
import { addressTokens } from '../address-tokens.ts';
import { marksAfter, planAlarms, type CaseAlarm } from '../alarms.ts';
import { sealAnswers } from '../answers.ts';
import { applications, type ApplicationDocument, type CaseParty } from '../application.model.ts';
import { derive } from '../change.ts';
import { filingOf } from '../filed.ts';
import { indexOf, partiesIn, sealParties } from '../parties.ts';
import { isPending } from '../transitions.ts';
import { CaseFollower, type Followed } from './follow-acts.ts';
import type { ImportedCase } from './imported-case.ts';
import { notHandledYet } from '../not-handled-yet.ts';

interface Rules {
  type: BusinessType;
  calendar: Calendar;
}

/** The case before its first act, with its filing sealed and signed as it will be. */
function filed(p: Platform, given: ImportedCase, { type, calendar }: Rules): ApplicationDocument {
  const { id: _id, no, initiator, signers, unit, answers, acts } = given;
  const at = acts[0]?.at ?? new Date(0);
  const drafts = partiesIn(type.applicants.roles, answers);
  const { hash } = filingOf(p, { _id, materials: [], unitCodes: [unit.code] }, type, {
    answers,
    parties: drafts,
  });
  const numbers = new Map(drafts.map(({ id, idNumber }) => [id, idNumber]));
  const parties = sealParties(p, _id, drafts, []).map((party): CaseParty => {
    if (!party.signs) return party;
    const accountId = signers.get(numbers.get(party.id) ?? '') ?? null;
    const factor = 'password';
    return {
      ...party,
      consent: { ...party.consent, state: 'signed', decidedAt: at, hash, accountId, factor },
    };
  });
  const organisation = initiator.organisationId;
  const doc: Omit<ApplicationDocument, 'work'> = {
    _id,
    revision: 1,
    no,
    status: 'draft',
    step: null,
    typeCode: type.code,
    typeVersion: type.version,
    channel: type.applicants.mode === 'entrusted' ? 'entrusted' : 'online',
    initiator: {
      accountId: initiator.accountId,
      organisationId: organisation,
      partyKey: `index:${indexOf(p, initiator.idNumber)}`,
      name: initiator.name,
    },
    viewers: [
      `account:${initiator.accountId}`,
      ...(organisation ? [`org:${organisation}`] : []),
      ...parties.filter(({ signs }) => signs).map(({ idIndex }) => `index:${idIndex}`),
    ],
    waitingOn: [],
    followers: [initiator.accountId],
    partyIndexes: [],
    agentIndexes: [initiator.personIndex],
    unitCodes: [unit.code],
    address: unit.address,
    addressTokens: addressTokens(unit.address),
    district: unit.district,
    officeId: given.officeId,
    answers: sealAnswers(p, _id, answers),
    answerRevisions: Object.fromEntries(Object.keys(answers).map((key) => [key, 1])),
    reconciliation: null,
    materials: [],
    parties,
    submission: { hash } as ApplicationDocument['submission'],
    ...notHandledYet(),
    created: { key: null, fingerprint: '' },
    createdAt: at,
    updatedAt: at,
    outbox: [],
  };
  return { ...doc, work: { calendarVersion: calendar.version } as ApplicationDocument['work'] };
}

/** One case as it is stored, its events, and the alarms that fell due before it came here. */
export interface TakenOver extends Followed {
  alarms: CaseAlarm[];
}

/** Pure but for sealing and signing: the same case gives the same but for what a cipher draws. */
export function followCase(p: Platform, given: ImportedCase, rules: Rules): TakenOver {
  const { type, calendar } = rules;
  const now = p.time.now();
  const follower = new CaseFollower(p, filed(p, given, rules), rules);
  for (const act of given.acts) follower.follow(act);
  const { doc, events } = follower;
  const { due: alarms } = planAlarms({ doc, limits: type.limits, calendar }, now);
  const told = alarms.length > 0 ? { ...doc, alarmed: marksAfter(undefined, alarms) } : doc;
  return { doc: { ...told, ...derive(told, {}, { type, calendar, now }) }, events, alarms };
}

/** A case that is accepted and not yet recorded takes its place in the unit's order, as it would have at its acceptance. */
async function withPlace(
  p: Platform,
  doc: ApplicationDocument,
  type: BusinessType,
): Promise<ApplicationDocument> {
  const { acceptance } = doc;
  if (!isPending(doc.status) || !acceptance) return doc;
  const orders = [];
  for (const unitCode of doc.unitCodes) {
    const { order } = await enqueueAcceptance(p, {
      unitCode,
      caseId: doc._id,
      caseNo: doc.no ?? '',
      businessType: type.code,
      request: type.request,
      acceptedAt: acceptance.at,
      dueOn: acceptance.promisedDueOn,
    });
    orders.push({ unitCode, order });
  }
  return { ...doc, acceptance: { ...acceptance, orders }, queue: { state: 'entered', at: acceptance.at } };
}

/** How many cases are made ready between two turns of the event loop: requests go on meanwhile. */
const TURN = 5;

/**
 * Takes over cases of an earlier system, in whatever state they are. Their events are handed back, to be recorded by whoever
 * keeps a record of events: nobody is sent a message about what happened before. Idempotent by the case's id: run again, it leaves
 * what is there and hands back the same events under the same ids.
 */
export async function takeOverCases(
  p: Platform,
  cases: readonly ImportedCase[],
): Promise<{ events: DeliveredEvent[]; alarms: { doc: ApplicationDocument; alarms: CaseAlarm[] }[] }> {
  const calendar = await getCalendar(p);
  const docs: ApplicationDocument[] = [];
  const events: DeliveredEvent[] = [];
  const alarms: { doc: ApplicationDocument; alarms: CaseAlarm[] }[] = [];
  for (const [place, given] of cases.entries()) {
    if (place % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const type = await getBusinessType(p, given.typeCode);
    const one = followCase(p, given, { type, calendar });
    docs.push(await withPlace(p, one.doc, type));
    const source = { collection: 'applications', id: given.id };
    events.push(...one.events.map((event) => ({ ...event, source })));
    if (one.alarms.length > 0) alarms.push({ doc: one.doc, alarms: one.alarms });
  }
  if (docs.length > 0) await insertAbsent(applications(p).collection, docs);
  return { events, alarms };
}
