import type { DeliveredEvent } from '../../../platform/database/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { message, notificationSubscriber, type Bilingual } from '../../notifications/index.ts';
import { findUnitsByCodes, type UnitDocument } from '../../register/index.ts';
import { withheldAmong } from '../looks/withholding.ts';
import { LAWFUL, purposeTold } from '../looks/words.ts';
import { queries, type QueryDocument } from '../query.model.ts';
import type { Purpose, Relation } from '../vocabulary.ts';
import { lookerWords } from './looker-words.ts';
import { ownersOfUnits } from './owners.ts';
import { isRepeated } from './repeated.ts';

/**
 * Of whoever asked as these, owners are alerted: they were told names. Not of one's own property (查询办法14), and not of what anybody who
 * intends to deal or to sue may know without names (查询办法21, 22), for else whoever prepares a suit, or leaves a marriage, would be
 * announced; these stand in 谁查过我. Of a state organ where its silence was over before the answer (个人信息保护法 35): an answer that fell into
 * the silence is told by its release, however late the event comes.
 */
const ALERTING: readonly unknown[] = [
  'heir',
  'manager',
  'interestedParty',
  'stateOrgan',
] satisfies Relation[];

const isOfOrgan = (relation: unknown): boolean => relation === ('stateOrgan' satisfies Relation);

/** Whether the release of an organ's query tells of its answer, and no alert. */
async function isToldByRelease(p: Platform, queryId: string): Promise<boolean> {
  const query = await queries(p)
    .findOne({ _id: queryId }, { notice: 1, 'decision.at': 1 })
    .lean<Pick<QueryDocument, 'notice' | 'decision'>>();
  if (!query?.notice || !query.decision) return false;
  return query.decision.at < (query.notice.releasedAt ?? query.notice.until);
}

/** An organ asks little and each answer passed a clerk; that it was told in silence before tells nobody anything. */
async function isTold(p: Platform, relation: unknown, queryId: string): Promise<boolean> {
  return isOfOrgan(relation) ? isToldByRelease(p, queryId) : isRepeated(p, queryId);
}

const SEVERAL = 3;

/** Of many homes the first is named, and how many there are. */
function addressWords(units: readonly UnitDocument[]): string | Bilingual {
  const addresses = units.map(({ address }) => address);
  if (addresses.length <= SEVERAL) return addresses.join('、');
  const [first = ''] = addresses;
  return {
    zh: `${first}等 ${addresses.length} 处房产`,
    en: `${addresses.length} properties, among them ${first}`,
  };
}

/** The unit that was asked about; of a query by person those that it found. */
async function codesOf(p: Platform, { data }: DeliveredEvent): Promise<string[]> {
  if (typeof data.unitCode === 'string') return [data.unitCode];
  const query = await queries(p)
    .findOne({ _id: String(data.queryId) }, { 'result.revisions': 1 })
    .lean<Pick<QueryDocument, 'result'>>();
  return query?.result?.revisions.map(({ unitCode }) => unitCode) ?? [];
}

/** A look that is not told yet by law (looks/withholding.ts) is no alert either, to none of those whom it concerns. */
export const queryAlerts = notificationSubscriber({
  name: 'query.query-alerts',
  types: ['query.answered'],
  async react(p, event) {
    const { at, data } = event;
    if (!ALERTING.includes(data.relation)) return null;
    if (await isTold(p, data.relation, String(data.queryId))) return null;
    const codes = await codesOf(p, event);
    if (codes.length === 0) return null;
    const actorId = String(data.askerId);
    const subjects = [...new Set((await findUnitsByCodes(p, codes)).flatMap((unit) => unit.ownerIndexes))];
    const target = { kind: 'query', id: String(data.queryId) };
    const withheld = await withheldAmong(p, [{ _id: target.id, at, actorId, target, subjects }]);
    if (withheld.size > 0) return null;
    const who = await lookerWords(p, actorId);
    // Why an organ asked is told in the list, to those who may know it (looks/told-why.ts).
    const purpose = isOfOrgan(data.relation) ? LAWFUL : purposeTold(data.purpose as Purpose);
    return {
      messages: (await ownersOfUnits(p, codes, [actorId])).map(({ accountId, units }) =>
        message({
          accountIds: [accountId],
          template: 'property.queried',
          params: { address: addressWords(units), who, purpose },
          link: '/me/access-log',
        }),
      ),
    };
  },
});
