import type { Platform } from '../../../platform/platform.ts';
import { findAccountByPersonIndex } from '../../accounts/index.ts';
import { findWithheld, type AccessDocument, type WithheldLooks } from '../../audit/index.ts';
import { message } from '../../notifications/index.ts';
import { findUnitsByCodes } from '../../register/index.ts';
import { concernOf } from '../concern.ts';
import type { DelayDocument } from '../looks/delay.model.ts';
import { inHandAmong } from '../looks/in-hand.ts';
import { neverShownAmong } from '../looks/not-shown.ts';
import { withheldAmong, withheldBy } from '../looks/withholding.ts';
import { queries, type QueryDocument } from '../query.model.ts';
import { findOwners } from './owners.ts';

/** What people are told when looks that law kept from them need be kept no longer: each how many looks at them there were. */

/** The looks of one span at a person, and those of clerks at the desk while they had one of its queries in hand (looks/in-hand.ts). */
async function looksAt(p: Platform, subject: string, span: WithheldLooks): Promise<AccessDocument[]> {
  const looks = await findWithheld(p, subject, span);
  const clerks = looks.flatMap(({ actorId, target }) =>
    actorId !== null && target !== null && span.targetIds.includes(target.id) ? [actorId] : [],
  );
  const beside = await findWithheld(p, subject, { ...span, actorIds: [...new Set(clerks)], targetIds: [] });
  const inHand = await inHandAmong(p, beside);
  const known = new Set(looks.map(({ _id }) => _id));
  const ofThese = ({ _id }: AccessDocument): boolean =>
    !known.has(_id) && (inHand.get(_id) ?? []).some((query) => span.targetIds.includes(query._id));
  return [...looks, ...beside.filter(ofThese)];
}

/** The looks that a delay was about. The entry of the delay itself is none of them. */
export const looksOfDelay = async (p: Platform, delay: DelayDocument): Promise<AccessDocument[]> =>
  looksAt(p, delay.personIndex, await withheldBy(p, delay));

/** The looks at a state organ's query and by it, up to its release; null where there is no such query. */
export async function looksOfQuery(
  p: Platform,
  queryId: string,
): Promise<{ looks: AccessDocument[]; organisation: string } | null> {
  const query = await queries(p)
    .findOne({ _id: queryId }, { outbox: 0, 'result.record': 0 })
    .lean<QueryDocument>();
  if (!query?.notice) return null;
  const span: WithheldLooks = {
    ...{ actorIds: [], targetIds: [queryId] },
    ...{ from: query.askedAt, until: query.notice.releasedAt ?? query.notice.until },
  };
  const { personIndexes } = await concernOf(p, query);
  const subjects = [...new Set([...personIndexes, ...(query.result?.subjects ?? [])])];
  const found = (await Promise.all(subjects.map((subject) => looksAt(p, subject, span)))).flat();
  const looks = [...new Map(found.map((look) => [look._id, look])).values()];
  return { looks, organisation: query.asker.organisation?.name ?? query.asker.name };
}

/** Accounts by whom they act for: people, and the members of organisations that own a unit that was looked at. */
async function accountsOf(p: Platform, looks: readonly AccessDocument[]): Promise<Map<string, string[]>> {
  const codes = [...new Set(looks.flatMap(({ unitCodes = [] }) => unitCodes))];
  const accounts = new Map<string, string[]>();
  for (const unit of await findUnitsByCodes(p, codes))
    for (const { accountId, holderIndex } of await findOwners(p, unit))
      accounts.set(holderIndex, [...new Set([...(accounts.get(holderIndex) ?? []), accountId])]);
  for (const subject of new Set(looks.flatMap(({ subjects }) => subjects))) {
    if (accounts.has(subject)) continue;
    const account = await findAccountByPersonIndex(p, subject);
    if (account) accounts.set(subject, [account.accountId]);
  }
  return accounts;
}

/** Messages to everybody whom these looks concern, of those that nothing else withholds; not to whoever looked. */
export async function tellLate(
  p: Platform,
  all: readonly AccessDocument[],
  organisation: string,
): Promise<ReturnType<typeof message>[]> {
  const withheld = await withheldAmong(p, all);
  const unseen = await neverShownAmong(p, all);
  const looks = all.filter(({ _id }) => !withheld.has(_id) && !unseen.has(_id));
  const lookers = new Set(looks.map(({ actorId }) => actorId));
  const accounts = await accountsOf(p, looks);
  return [...accounts].flatMap(([subject, found]) => {
    const count = looks.filter(({ subjects }) => subjects.includes(subject)).length;
    const accountIds = found.filter((id) => !lookers.has(id));
    if (count === 0 || accountIds.length === 0) return [];
    const params = { organisation, count };
    return [message({ accountIds, template: 'looks.delayEnded', params, link: '/me/access-log' })];
  });
}
