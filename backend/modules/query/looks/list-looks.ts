import type { Platform } from '../../../platform/platform.ts';
import { listAccessTo, type AccessDocument } from '../../audit/index.ts';
import type { LookList, LookQuery, LookView } from '../contract/looks.ts';
import { complaintsOf } from './complaints.ts';
import { lettersOf } from './letters.ts';
import { findLookers } from './lookers.ts';
import { neverShownAmong } from './not-shown.ts';
import { placesOf } from './places.ts';
import { lateAmong, withheldAmong, type Late } from './withholding.ts';
import { basisWords, DELAY_WORDS, whatWords } from './words.ts';

const DEFAULT_LIMIT = 20;

const presentLate = (late: Late | null): LookView['toldLate'] =>
  late && { at: late.at.toISOString(), ground: DELAY_WORDS[late.ground] };

/**
 * 谁查过我 (个人信息保护法 44, 45): every look at the reader's own data, newest first, from the moment before it was shown. What law
 * withholds for a time is left out without a trace until then, and stands in its place afterwards, marked as told late.
 */
export async function listLooks(
  p: Platform,
  reader: { accountId: string; personIndex: string },
  { cursor, limit = DEFAULT_LIMIT, unit }: LookQuery,
): Promise<LookList> {
  const { items, nextCursor } = await listAccessTo(p, reader.personIndex, {
    cursor,
    limit,
    unitCode: unit,
    withheld: async (looks) =>
      new Set([...(await withheldAmong(p, looks)), ...(await neverShownAmong(p, looks))]),
  });
  const [lookers, places, complained, lateOf, letterOf] = await Promise.all([
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
    lateAmong(p, reader.personIndex, items),
    lettersOf(p, reader.personIndex, items),
  ]);
  const present = (look: AccessDocument): LookView => ({
    id: look._id,
    at: look.at.toISOString(),
    own: look.actorId === reader.accountId,
    who: lookers(look.actorId).view,
    what: look.what.map(whatWords),
    basis: basisWords(look.basis),
    ...places(look),
    ...letterOf(look),
    toldLate: presentLate(lateOf(look)),
    complaint: complained.get(look._id) ?? null,
  });
  return { items: items.map(present), nextCursor };
}
