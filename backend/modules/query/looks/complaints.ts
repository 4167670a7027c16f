import { newId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { getIdentity, maskName, type StaffActor } from '../../accounts/index.ts';
import { findAccessTo, recordAccess } from '../../audit/index.ts';
import { dueAfterWorkdays, getCalendar } from '../../clock/index.ts';
import type { AnswerComplaint, ComplaintView, OwnComplaint } from '../contract/looks.ts';
import {
  answerContext,
  complaints,
  supplementContext,
  textContext,
  type ComplaintDocument,
} from './complaint.model.ts';
import { errors } from './errors.ts';
import { findLookers } from './lookers.ts';
import { placesOf } from './places.ts';
import { withheldAmong } from './withholding.ts';
import { basisWords, whatWords, wholeWhyWords } from './words.ts';

/** 个人信息保护法 50: a complaint is dealt with in time and its answer told. The bureau's own promise, in working days. */
const ANSWER_WITHIN = 5;
const WAITING_SHOWN = 200;
const ANSWERED_SHOWN = 50;

const collectionOf = (p: Platform) => complaints(p).collection;

interface Complainant {
  accountId: string;
  personIndex: string;
}

/**
 * 反映 one look. The same text again is the same complaint; another text adds to it, once and until it is answered.
 * @throws query.look_unknown, query.look_is_own, query.look_complained
 */
export async function complain(
  p: Platform,
  { accountId, personIndex }: Complainant,
  entryId: string,
  text: string,
): Promise<OwnComplaint> {
  const look = await findAccessTo(p, personIndex, entryId);
  // What is withheld is not there, by this door either.
  if (!look || (await withheldAmong(p, [look])).has(look._id)) return errors.fail('query.look_unknown');
  if (look.actorId === accountId) return errors.fail('query.look_is_own');
  const _id = newId();
  const now = p.time.now();
  const { dueOn, dueAt } = dueAfterWorkdays(await getCalendar(p), now, ANSWER_WITHIN);
  const { _id: _, subjects: __, ...evidence } = look;
  const complaint: ComplaintDocument = {
    _id,
    revision: 1,
    open: true,
    entryId,
    personIndex,
    accountId,
    at: now,
    dueOn,
    dueAt,
    text: p.crypto.fields.encrypt(text, textContext(_id)),
    look: evidence,
    answer: null,
  };
  const outbox = [
    p.outbox.event('query.look_complained', accountId, {
      complaintId: _id,
      lookerId: look.actorId,
      dueOn,
    }),
  ];
  try {
    await collectionOf(p).insertOne({ ...complaint, outbox } as never);
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    return supplement(p, { entryId, personIndex }, text);
  }
  p.outbox.notify('look-complaints');
  return presentOwn(p, complaint);
}

/** The guard is one update: of two texts that come together one is added. @throws query.look_complained */
async function supplement(
  p: Platform,
  key: Pick<ComplaintDocument, 'entryId' | 'personIndex'>,
  text: string,
): Promise<OwnComplaint> {
  const read = async () => {
    const found = await collectionOf(p).findOne(key as never, { projection: { outbox: 0 } });
    return (found ?? errors.fail('query.look_unknown')) as unknown as ComplaintDocument;
  };
  const known = await read();
  if (presentOwn(p, known).text === text) return presentOwn(p, known);
  const added = { at: p.time.now(), text: p.crypto.fields.encrypt(text, supplementContext(known._id)) };
  await collectionOf(p).updateOne({ _id: known._id, open: true, supplement: { $exists: false } } as never, {
    $set: { supplement: added },
    // Whoever answers has to have read it.
    $inc: { revision: 1 },
  });
  const own = presentOwn(p, await read());
  return own.supplement?.text === text ? own : errors.fail('query.look_complained');
}

/** A person's own complaints about these looks, by look. */
export async function complaintsOf(
  p: Platform,
  personIndex: string,
  entryIds: readonly string[],
): Promise<Map<string, OwnComplaint>> {
  if (entryIds.length === 0) return new Map();
  const found = (await collectionOf(p)
    .find({ entryId: { $in: [...entryIds] }, personIndex }, { projection: { outbox: 0 } })
    .hint('one-a-look')
    .toArray()) as unknown as ComplaintDocument[];
  return new Map(found.map((one) => [one.entryId, presentOwn(p, one)]));
}

function answerOf(p: Platform, { _id, answer }: ComplaintDocument): OwnComplaint['answer'] {
  return (
    answer && {
      at: answer.at.toISOString(),
      outcome: answer.outcome,
      text: p.crypto.fields.decrypt(answer.text, answerContext(_id)),
    }
  );
}

const supplementOf = (
  p: Platform,
  { _id, supplement: added }: ComplaintDocument,
): OwnComplaint['supplement'] =>
  added
    ? { at: added.at.toISOString(), text: p.crypto.fields.decrypt(added.text, supplementContext(_id)) }
    : null;

function presentOwn(p: Platform, complaint: ComplaintDocument): OwnComplaint {
  const { _id, at, dueOn, text } = complaint;
  return {
    at: at.toISOString(),
    dueOn,
    text: p.crypto.fields.decrypt(text, textContext(_id)),
    supplement: supplementOf(p, complaint),
    answer: answerOf(p, complaint),
  };
}

/** Nobody judges a look of their own, nor one at themselves. */
const others = ({ accountId, personIndex }: StaffActor) => ({
  'look.actorId': { $ne: accountId },
  ...(personIndex === null ? {} : { personIndex: { $ne: personIndex } }),
});

/** For supervisors. That they read it is recorded for the complainant like any other look. */
export async function listComplaints(
  p: Platform,
  actor: StaffActor,
  state: 'waiting' | 'answered',
): Promise<ComplaintView[]> {
  const open = state === 'waiting';
  const order = open ? 1 : -1;
  const found = (await collectionOf(p)
    .find({ open, ...others(actor) } as never, { projection: { outbox: 0 } })
    .sort({ dueAt: order, _id: order })
    .hint('waiting')
    .limit(open ? WAITING_SHOWN : ANSWERED_SHOWN)
    .toArray()) as unknown as ComplaintDocument[];
  return presentAll(p, actor, found);
}

async function presentAll(
  p: Platform,
  actor: StaffActor,
  found: readonly ComplaintDocument[],
): Promise<ComplaintView[]> {
  await recordAccess(p, {
    actorId: actor.accountId,
    subjectPersonIndexes: found.map(({ personIndex }) => personIndex),
    what: ['complaint'],
    why: 'complaint',
    basis: '个保法50',
  });
  const [lookers, places] = await Promise.all([
    findLookers(
      p,
      found.map(({ look }) => look.actorId),
    ),
    placesOf(
      p,
      found.map(({ look }) => look),
    ),
  ]);
  return Promise.all(
    found.map(async (one): Promise<ComplaintView> => {
      const { look } = one;
      const { property, caseNo, reference } = places(look);
      const looker = lookers(look.actorId);
      return {
        id: one._id,
        revision: one.revision,
        at: one.at.toISOString(),
        dueOn: one.dueOn,
        overdue: one.open && p.time.now() > one.dueAt,
        by: maskName((await getIdentity(p, one.accountId)).name),
        text: p.crypto.fields.decrypt(one.text, textContext(one._id)),
        supplement: supplementOf(p, one),
        look: {
          id: one.entryId,
          at: look.at.toISOString(),
          who: looker.view,
          whoName: looker.name,
          why: wholeWhyWords(look.why),
          what: look.what.map(whatWords),
          basis: basisWords(look.basis),
          address: property?.address ?? null,
          caseNo,
          reference,
          requestId: look.requestId,
        },
        answer: answerOf(p, one),
      };
    }),
  );
}

/** One update over the revision that was read. @throws query.complaint_unknown, query.complaint_changed */
export async function answerComplaint(
  p: Platform,
  actor: StaffActor,
  id: string,
  { revision, outcome, text }: AnswerComplaint,
): Promise<ComplaintView> {
  const before = (await collectionOf(p).findOne({ _id: id, ...others(actor) } as never, {
    projection: { outbox: 0 },
  })) as unknown as ComplaintDocument | null;
  if (!before) return errors.fail('query.complaint_unknown');
  if (!before.open || before.revision !== revision) return errors.fail('query.complaint_changed');
  const answer: ComplaintDocument['answer'] = {
    by: actor.accountId,
    at: p.time.now(),
    outcome,
    text: p.crypto.fields.encrypt(text, answerContext(id)),
  };
  const set = { open: false, answer, revision: revision + 1 };
  const event = p.outbox.event('query.look_answered', actor.accountId, {
    complaintId: id,
    accountId: before.accountId,
    lookerId: before.look.actorId,
    lookedAt: before.look.at,
    outcome,
  });
  const { modifiedCount } = await collectionOf(p).updateOne({ _id: id as never, revision }, {
    $set: set,
    $push: { outbox: event },
  } as never);
  if (modifiedCount === 0) return errors.fail('query.complaint_changed');
  p.outbox.notify('look-complaints');
  const [view] = await presentAll(p, actor, [{ ...before, ...set }]);
  return view!;
}
