import { rateLimiterOf } from '../../platform/http/rate-limit.ts';
import type { Platform } from '../../platform/platform.ts';
import { maskName } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { findUnitsByCodes, groupUnitCode, recordedRevision, type UnitDocument } from '../register/index.ts';
import type { ResultVerification } from './contract/views.ts';
import { isErased } from './kept-until.ts';
import { tokenKeyOf } from './make-result.ts';
import { looksAt } from './people.ts';
import { readSigned } from './print-result.ts';
import type { QueryDocument, QueryResult } from './query.model.ts';
import { findByTokenKey } from './reads.ts';

/** Of one paper from one address in a day. It is compared when it is handed over; whoever asks all day watches a home. */
const A_PAPER = { points: 20, windowSeconds: 86_400, by: 'address' } as const;

/**
 * 核验 of a result by the token of its QR: what is needed to compare the paper with, and no more. Whether somebody who owned nothing
 * has bought since is not told: that would be a new query of theirs, by whoever holds an old paper.
 */
export async function verifyResult(
  p: Platform,
  token: string,
  by: { actorId: string | null; address: string },
): Promise<ResultVerification> {
  const tokenKey = tokenKeyOf(p, token);
  const query = await findByTokenKey(p, tokenKey);
  const checkedAt = p.time.now().toISOString();
  if (!query?.result) return { verdict: 'noMatch', checkedAt, ...NOTHING };
  await rateLimiterOf(p).consume('query.one-result', A_PAPER, null, `${tokenKey}|${by.address}`);
  const { result } = query;
  const said = isErased(query) ? keptFacts(query, result) : signedFacts(p, result);
  const units = await findUnitsByCodes(
    p,
    result.revisions.map(({ unitCode }) => unitCode),
  );
  await recordCheck(p, by.actorId, query, units);
  return {
    verdict: 'genuine',
    checkedAt,
    kind: result.kind,
    no: result.no,
    ...said,
    changedSince: hasChanged(units, result.revisions),
  };
}

type Facts = Pick<ResultVerification, 'at' | 'askerMasked' | 'unitCodes'>;

const askerOf = ({ name, organisation }: { name: string; organisation: string | null }): string =>
  organisation ?? maskName(name);

function signedFacts(p: Platform, result: QueryResult): Facts {
  const { at, asker, units } = readSigned(p, result);
  return { at, askerMasked: askerOf(asker), unitCodes: units.map(({ codeGrouped }) => codeGrouped) };
}

/** The same of a result whose text was erased: the record of who asked and of which units says it as well. */
const keptFacts = ({ asker }: QueryDocument, { at, revisions }: QueryResult): Facts => ({
  at: at.toISOString(),
  askerMasked: askerOf({ name: asker.name, organisation: asker.organisation?.name ?? null }),
  unitCodes: revisions.map(({ unitCode }) => groupUnitCode(unitCode)),
});

const NOTHING = { kind: null, no: null, at: null, askerMasked: null, unitCodes: null, changedSince: null };

/**
 * 核验 as a look (谁查过我), recorded before the answer: at whoever asked, at those whom the paper tells of, and at those who own it by
 * now, for whether the register has changed since is told of theirs. It stands under the query, and is told no sooner than that is.
 */
async function recordCheck(
  p: Platform,
  actorId: string | null,
  query: QueryDocument,
  units: readonly UnitDocument[],
): Promise<void> {
  const owners = units.flatMap(({ ownerIndexes }) => ownerIndexes);
  const asker = query.asker.holderIndex;
  const others = new Set([...(query.result?.subjects ?? []), ...owners]);
  others.delete(asker);
  // Whoever asked has the paper, which names all of its units.
  const all = { subjectPersonIndexes: [asker], unitCodes: units.map(({ _id }) => _id) };
  const looks = [all, ...looksAt(units, [...others])].map((look) =>
    recordAccess(p, {
      actorId,
      ...look,
      what: ['queryResult'],
      target: { kind: 'query', id: query._id },
      why: 'verifyResult',
      basis: '在线政务服务规定10、个保法34',
    }),
  );
  await Promise.all(looks);
}

/** By what was recorded since, and nothing else: an order that was served only, or a case that is under review, is not told (个保法35). */
function hasChanged(
  units: readonly UnitDocument[],
  revisions: readonly { unitCode: string; revision: number }[],
): boolean | null {
  if (revisions.length === 0) return null;
  return revisions.some(({ unitCode, revision }) => {
    const unit = units.find(({ _id }) => _id === unitCode);
    return !unit || recordedRevision(unit) > revision;
  });
}
