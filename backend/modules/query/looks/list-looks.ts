import type { Platform } from '../../../platform/platform.ts';
import { listAccessTo, type AccessDocument } from '../../audit/index.ts';
import type { LookList, LookQuery, LookView } from '../contract/looks.ts';
import { complaintsOf } from './complaints.ts';
import { covers, delaysOf, type DelaysOfPerson } from './delays.ts';
import { findLookers } from './lookers.ts';
import { placesOf } from './places.ts';
import { basisWords, DELAY_WORDS, whatWords, whyWords } from './words.ts';

const DEFAULT_LIMIT = 20;

function toldLateOf(look: AccessDocument, over: DelaysOfPerson['over']): LookView['toldLate'] {
  const late = over.find(({ looks, delay }) => covers({ ...looks, from: delay.asked.at }, look));
  // A look of the organ before the decision was told at once.
  if (!late || (look.target?.id !== late.delay._id && look.at < late.looks.from)) return null;
  return { at: late.looks.until.toISOString(), ground: DELAY_WORDS[late.delay.ground] };
}

/**
 * 谁查过我 (个人信息保护法 44, 45): every look at the reader's own data, newest first, from the moment before it was shown. What law
 * withholds for a time is left out without a trace until then, and stands in its place afterwards, marked as told late.
 */
export async function listLooks(
  p: Platform,
  reader: { accountId: string; personIndex: string },
  { cursor, limit = DEFAULT_LIMIT, unit }: LookQuery,
): Promise<LookList> {
  const { withheld, over } = await delaysOf(p, reader.personIndex);
  const { items, nextCursor } = await listAccessTo(p, reader.personIndex, {
    cursor,
    limit,
    unitCode: unit,
    withheld,
  });
  const [lookers, places, complained] = await Promise.all([
    findLookers(
      p,
      items.map(({ actorId }) => actorId),
    ),
    placesOf(p, items),
    complaintsOf(
      p,
      reader.personIndex,
      items.map(({ _id }) => _id),
    ),
  ]);
  const present = (look: AccessDocument): LookView => ({
    id: look._id,
    at: look.at.toISOString(),
    own: look.actorId === reader.accountId,
    who: lookers(look.actorId).view,
    why: whyWords(look.why),
    what: look.what.map(whatWords),
    basis: basisWords(look.basis),
    ...places(look),
    toldLate: toldLateOf(look, over),
    complaint: complained.get(look._id) ?? null,
  });
  return { items: items.map(present), nextCursor };
}
