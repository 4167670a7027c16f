import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { getIdentity, maskIdNumber, nameKey, type StaffActor } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { getFileFacts } from '../files/index.ts';
import { findUnitsByCodes, liveRight, type UnitDocument } from '../register/index.ts';
import { answerOf } from './answer.ts';
import { concernOf } from './concern.ts';
import type { DeskQueryView, QueryView } from './contract/views.ts';
import { isOfDesk } from './desk-scope.ts';
import { errors } from './errors.ts';
import { subjectsOf, type Outcome } from './make-result.ts';
import { isErased } from './kept-until.ts';
import { MOST_UNITS } from './owned-units.ts';
import { maskedNumberOf } from './person.ts';
import { looksAt } from './people.ts';
import { basisFor, isRecused, lookBasisFor } from './policy.ts';
import { lateness, presentEvidence, presentQuery, presentResult, type QueryParts } from './present.ts';
import { readSigned, resultUrlOf } from './print-result.ts';
import type { QueryDocument } from './query.model.ts';
import { getForClerk } from './reads.ts';
import { retentionRule } from './retention.ts';
import { tellingOf } from './telling.ts';

/** As whoever asked sees it. To open it again is no new look: the document is theirs, on paper as well. */
export async function viewQuery(p: Platform, query: QueryDocument): Promise<QueryView> {
  return presentQuery(query, await partsOf(p, query), await retentionRule());
}

async function partsOf(p: Platform, query: QueryDocument): Promise<QueryParts> {
  const { person } = query;
  const evidence = isErased(query) ? [] : query.evidence;
  const result = isErased(query) ? null : query.result;
  const [facts, telling] = await Promise.all([
    getFileFacts(
      p,
      evidence.map(({ fileId }) => fileId),
    ),
    tellingOf(p, [query]),
  ]);
  return {
    evidence: presentEvidence(evidence, facts),
    idNumberMasked: person && maskedNumberOf(p, query._id, person),
    result: result && presentResult(query, readSigned(p, result), { verifyUrl: resultUrlOf(p, result.no) }),
    notice: telling(query),
  };
}

/**
 * For the clerk who decides: the request, its papers, and what an acceptance would tell. All whom it shows are recorded first.
 * @throws query.notFound, query.otherHall, query.recused
 */
export async function viewForDesk(p: Platform, actor: StaffActor, id: string): Promise<DeskQueryView> {
  const query = await getForClerk(p, id);
  if (!(await isOfDesk(p, actor, query))) errors.fail('query.otherHall');
  if (isRecused(await concernOf(p, query), actor.personIndex)) errors.fail('query.recused');
  const now = p.time.now();
  const outcome = query.state === 'waiting' ? await previewOf(p, query) : null;
  await recordLook(p, actor, query, outcome);
  const { asker } = query;
  const { idNumber } = await getIdentity(p, asker.accountId);
  return {
    ...(await viewQuery(p, query)),
    // Whether law keeps a look from somebody is not for whoever decides whether to allow it.
    notice: null,
    may: { withdraw: false, setNotice: false },
    asker: {
      name: asker.name,
      idNumberMasked: maskIdNumber(idNumber),
      organisation: asker.organisation && {
        name: asker.organisation.name,
        creditCode: asker.organisation.creditCode,
      },
    },
    late: lateness(query, now),
    basis: basisOf(query),
    preview: outcome && outcome.disclosed,
    hints: outcome ? (outcome.tooMany ? [TOO_MANY] : hintsOf(query, outcome.units)) : [],
    decidedBy: query.decision?.by?.name ?? null,
  };
}

type Preview = Pick<Outcome, 'at' | 'units' | 'disclosed'> & { tooMany: boolean };

/** What an acceptance would tell. Of more than one document holds nothing; request and papers are read all the same. */
async function previewOf(p: Platform, query: QueryDocument): Promise<Preview> {
  try {
    return { ...(await answerOf(p, query, null)), tooMany: false };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'query.tooManyUnits')) throw error;
    return { at: p.time.now(), units: [], disclosed: [], tooMany: true };
  }
}

const TOO_MANY: DeskQueryView['hints'][number] = {
  zh: `用这个证件号码登记的不动产超过 ${MOST_UNITS} 处，网上一次列不完，这里不能同意。请核对材料后选“不予查询”，在说明里请对方带材料到登记大厅办理。`,
  en: `More than ${MOST_UNITS} properties are registered under this number; one answer online cannot list them, so it cannot be accepted here. Check the papers, then refuse it and ask the requester to come to the service hall with them.`,
};

async function recordLook(
  p: Platform,
  actor: StaffActor,
  query: QueryDocument,
  outcome: Preview | null,
): Promise<void> {
  const { asker, person, result, unitCode } = query;
  const shown = outcome ? subjectsOf(outcome, person, null) : (result?.subjects ?? []);
  const others = new Set([...shown, ...(person ? [person.idIndex] : [])]);
  if (asker.personIndex !== null) others.delete(asker.personIndex);
  const units = outcome?.units ?? (await unitsOf(p, query));
  const look = {
    actorId: actor.accountId,
    what: ['query'],
    target: { kind: 'query', id: query._id },
    basis: lookBasisFor(query.kind),
  };
  const waits = query.state === 'waiting';
  // To whoever asked it is their own business; to the people of the property it is that of somebody else.
  await Promise.all([
    recordAccess(p, {
      ...look,
      subjectPersonIndexes: asker.personIndex === null ? [] : [asker.personIndex],
      // No other unit than the one that they named: what a person owns is not to be read from a list before it is decided.
      unitCodes: unitCode === null ? [] : [unitCode],
      why: waits ? 'handling' : 'reading',
    }),
    ...looksAt(units, [...others]).map((one) =>
      recordAccess(p, {
        ...look,
        ...one,
        why: waits ? 'queryHandling' : 'reading',
      }),
    ),
  ]);
}

/** Of a query that is decided: the units of its result, as they stand now. */
const unitsOf = (p: Platform, { result }: QueryDocument): Promise<UnitDocument[]> =>
  findUnitsByCodes(
    p,
    (result?.revisions ?? []).map(({ unitCode }) => unitCode),
  );

const basisOf = ({ kind, evidence }: QueryDocument): string =>
  basisFor(
    kind,
    evidence.map(({ code }) => code),
  );

/** What a clerk should know before deciding, in words. */
function hintsOf({ kind, person }: QueryDocument, units: readonly UnitDocument[]): DeskQueryView['hints'] {
  if (!person) return [];
  const names = units
    .flatMap((unit) => liveRight(unit)?.holders ?? [])
    .filter(({ idIndex }) => idIndex === person.idIndex);
  if (units.length === 0) {
    return [
      {
        zh: '登记簿上没有用这个证件号码登记的不动产。同意后，对方收到的是“没有”的结果。',
        en: 'Nothing is registered under this number. If you accept, the answer is that there is nothing.',
      },
    ];
  }
  if (names.every(({ name }) => nameKey(name) === nameKey(person.name))) return [];
  const organ = kind === 'organPerson';
  return [
    {
      zh: `证件号码对得上，姓名和登记簿不完全一致。请和${organ ? '公函' : '材料'}再核对一次。`,
      en: `The number fits, the name differs from the register. Compare it with the ${organ ? 'letter' : 'papers'} once more.`,
    },
  ];
}
