import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { recordAccess } from '../audit/index.ts';
import { findUnit, type UnitDocument } from '../register/index.ts';
import { errors } from './errors.ts';
import { discloseTo, subjectsOf, type Asked, type Outcome } from './make-result.ts';
import { MOST_UNITS, ownedUnits } from './owned-units.ts';
import { looksAt, relationOn } from './people.ts';
import { lookBasisFor, QUERY_RULES, relationFor } from './policy.ts';
import type { QueryDocument } from './query.model.ts';
import type { Relation } from './vocabulary.ts';

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
    relation: relationOf(asked) ?? found[0]?.relation ?? null,
    disclosed: found.map((one) => discloseTo(p, one.unit, one.relation, asked, at)),
    units,
    refusal: null,
  };
}

const codesOf = ({ evidence }: Pick<Asked, 'evidence'>) => evidence.map(({ code }) => code);
const relationOf = (asked: Asked): Relation | null => relationFor(asked.kind, codesOf(asked));

async function foundFor(p: Platform, asked: Asked, unit: UnitDocument | null, on: string): Promise<Found[]> {
  const { kind, asker, person } = asked;
  const relation = relationOf(asked);
  if (kind === 'own') return ownedBy(p, asker.holderIndex, (one) => relationOn(one, asker.holderIndex, on));
  if (person) return ownedBy(p, person.idIndex, () => relation);
  const target = unit ?? (asked.unitCode === null ? null : await findUnit(p, asked.unitCode));
  if (!target) return errors.fail('query.unitNotFound');
  const named = relation ?? relationOn(target, asker.holderIndex, on);
  return named ? [{ unit: target, relation: named }] : errors.fail('query.unitNotFound');
}

async function ownedBy(
  p: Platform,
  idIndex: string,
  relationTo: (unit: UnitDocument) => Relation | null,
): Promise<Found[]> {
  const found: Found[] = [];
  for await (const unit of ownedUnits(p, idIndex)) {
    const relation = relationTo(unit);
    if (relation) found.push({ unit, relation });
    if (found.length > MOST_UNITS) return errors.fail('query.tooManyUnits', { limit: MOST_UNITS });
  }
  return found;
}

/**
 * Before anything is shown: who is about to be seen, by whom, for which purpose, on which ground. `why` is the purpose's word;
 * what an intending person learns of a home tells of its owner as well, so that is recorded, too. Whoever is asked about by name is
 * seen even where nothing is found. A co-owner is told of the look at what they own, and not which other homes stood beside it.
 */
export async function recordShown(
  p: Platform,
  query: Pick<QueryDocument, '_id' | 'kind' | 'purpose' | 'asker' | 'person'>,
  outcome: Pick<Outcome, 'units' | 'disclosed' | 'at'>,
  actorId: string,
): Promise<void> {
  const { kind, asker, person } = query;
  const looks = looksAt(outcome.units, subjectsOf(outcome, person, asker.holderIndex)).map((look) =>
    recordAccess(p, {
      actorId,
      ...look,
      what: [QUERY_RULES[kind].relation === 'intending' ? 'status' : 'unit'],
      target: { kind: 'query', id: query._id },
      why: query.purpose,
      basis: lookBasisFor(kind),
    }),
  );
  await Promise.all(looks);
}
