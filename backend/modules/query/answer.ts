import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { recordAccess } from '../audit/index.ts';
import { findUnit, findUnitsOfPerson, type UnitDocument } from '../register/index.ts';
import { errors } from './errors.ts';
import { discloseTo, subjectsOf, type Asked, type Outcome } from './make-result.ts';
import { relationOn } from './people.ts';
import { QUERY_RULES } from './policy.ts';
import type { QueryDocument } from './query.model.ts';
import type { Relation } from './vocabulary.ts';

/** More than that is a matter for the hall: one document lists them all, or it would state less than it seems to. */
const MOST_UNITS = 200;
const PAGE = 100;

interface Found {
  unit: UnitDocument;
  relation: Relation;
}

/**
 * What a query comes to by the register of this moment. It records nothing and stores nothing.
 * @throws query.unitNotFound where the register does not name the asker on the unit that they call theirs; query.tooManyUnits
 */
export async function answerOf(p: Platform, asked: Asked, unit: UnitDocument | null): Promise<Outcome> {
  const at = p.time.now();
  const found = await foundFor(p, asked, unit, legalDayOf(at));
  const units = found.map((one) => one.unit);
  return {
    kind: asked.kind === 'own' && found.length === 0 ? 'noProperty' : 'queryResult',
    at,
    relation: QUERY_RULES[asked.kind].relation ?? found[0]?.relation ?? null,
    disclosed: found.map((one) => discloseTo(p, one.unit, one.relation, asked, at)),
    units,
    refusal: null,
  };
}

async function foundFor(p: Platform, asked: Asked, unit: UnitDocument | null, on: string): Promise<Found[]> {
  const { kind, asker, person } = asked;
  if (kind === 'own') return ownedBy(p, asker.holderIndex, (one) => relationOn(one, asker.holderIndex, on));
  if (kind === 'organPerson') return ownedBy(p, person?.idIndex ?? '', () => 'stateOrgan');
  const target = unit ?? (asked.unitCode === null ? null : await findUnit(p, asked.unitCode));
  if (!target) return errors.fail('query.unitNotFound');
  const relation = QUERY_RULES[kind].relation ?? relationOn(target, asker.holderIndex, on);
  return relation ? [{ unit: target, relation }] : errors.fail('query.unitNotFound');
}

async function ownedBy(
  p: Platform,
  idIndex: string,
  relationOf: (unit: UnitDocument) => Relation | null,
): Promise<Found[]> {
  const found: Found[] = [];
  let after: string | null = null;
  do {
    const page = await findUnitsOfPerson(p, idIndex, { after, limit: PAGE });
    for (const unit of page.items) {
      const relation = relationOf(unit);
      if (relation) found.push({ unit, relation });
    }
    after = page.next;
    if (found.length > MOST_UNITS) return errors.fail('query.tooManyUnits', { limit: MOST_UNITS });
  } while (after !== null);
  return found;
}

/**
 * Before anything is shown: who is about to be seen, by whom, for which purpose, on which ground. `why` is the purpose's word;
 * what an intending person learns of a home tells of its owner as well, so that is recorded, too.
 */
export async function recordShown(
  p: Platform,
  query: Pick<QueryDocument, '_id' | 'kind' | 'purpose' | 'asker'>,
  outcome: Pick<Outcome, 'units' | 'disclosed' | 'at'>,
  actorId: string,
): Promise<void> {
  await recordAccess(p, {
    actorId,
    subjectPersonIndexes: subjectsOf(outcome, query.asker.holderIndex),
    what: [QUERY_RULES[query.kind].relation === 'intending' ? 'status' : 'unit'],
    target: { kind: 'query', id: query._id },
    unitCodes: outcome.units.map(({ _id }) => _id),
    why: query.purpose,
    basis: QUERY_RULES[query.kind].basis,
  });
}
