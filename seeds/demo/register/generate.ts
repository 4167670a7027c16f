import type { EncumbranceImport, PartyOrder, UnitImport } from '../../../backend/modules/register/index.ts';
import { DEMO_ORGANISATIONS } from '../accounts.ts';
import { createChance, type Chance } from './chance.ts';
import { addDays, addMonths } from './days.ts';
import { doorsOf, type Door } from './doors.ts';
import { giveNumbers } from './give-numbers.ts';
import { createCompanies, createPeople, holding, organisation, OTHER_BANKS, type Person } from './people.ts';
import { DISTRICTS } from './places.ts';
import { encumbranceOf, rightOf, unitOf } from './rights.ts';
import { wellKnownUnits } from './well-known.ts';

export const SEED = 20260901;
export const UNIT_COUNT = 3000;

/** Unified certificates are issued in Liaocheng since this day; nothing is registered after the take-over. */
const FIRST_DAY = '2016-04-01';
const LAST_DAY = '2026-08-20';

const { bank } = DEMO_ORGANISATIONS;
const BANKS: readonly Person[] = [organisation(bank.name, bank.creditCode), ...OTHER_BANKS];
const COURTS = [DEMO_ORGANISATIONS.court.name, '临清市人民法院（演示）', '茌平区人民法院（演示）'];

interface Makers {
  chance: Chance;
  newPerson(district: string): Person;
  companies: readonly Person[];
  /** Objections last 15 days only, so theirs depend on the day of loading. */
  asOf: string;
}

/** The demo register: 3,000 units, the same for everybody but for the dates of the objections in force. */
export function generateRegister(asOf: string): UnitImport[] {
  const chance = createChance(SEED);
  const makers: Makers = { chance, ...createPeople(chance), companies: createCompanies(chance), asOf };
  const known = wellKnownUnits();
  const taken = new Set(known.map(({ _id }) => _id));
  const doors = DISTRICTS.flatMap((district, index) => doorsOf(district, 1 + index * 20, chance));
  const free = doors.filter(({ unitCode }) => !taken.has(unitCode));
  const made = free.slice(0, UNIT_COUNT - known.length).map((door, index) => makeUnit(door, index, makers));
  return giveNumbers([...known, ...made]);
}

function makeUnit(door: Door, index: number, makers: Makers): UnitImport {
  const { chance } = makers;
  // A few are sold from the plan, and not yet registered for the first time.
  if (index % 100 === 57) return unitOf(door, [], [], 'future');
  const on = dayIn(chance, `${Math.max(2016, door.builtYear)}-04-01`);
  const owners = ownersOf(door, makers);
  const earlier = chance.in100(30) && on > '2018-01-01' ? dayIn(chance, FIRST_DAY, addDays(on, -60)) : null;
  const history = earlier
    ? [rightOf(door, [holding(makers.newPerson(door.district), WHOLE)], 0, unnumbered(earlier), on)]
    : [];
  const right = rightOf(door, owners, owners.length === 1 ? 0 : owners[0]?.share ? 2 : 1, unnumbered(on));
  return unitOf(door, [...history, right], encumbrancesOf(door, on, index, makers));
}

const WHOLE = { numerator: 1, denominator: 1 };

function unnumbered(on: string) {
  return { on, certificateNo: null };
}

function dayIn(chance: Chance, from: string, to = LAST_DAY): string {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return days <= 0 ? to : addDays(from, chance.below(days));
}

function ownersOf(door: Door, { chance, newPerson, companies }: Makers): PartyOrder[] {
  if (door.use === 'shop' && chance.in100(60)) return [holding(chance.pick(companies), WHOLE)];
  const one = () => newPerson(door.district);
  const draw = chance.below(100);
  if (draw < 62) return [holding(one(), WHOLE)];
  if (draw < 84) return [holding(one(), null), holding(one(), null)];
  if (draw < 95) return fractions([1, 1], one);
  return draw < 98 ? fractions([1, 1, 1], one) : fractions([2, 3, 5], one);
}

function fractions(parts: readonly number[], one: () => Person): PartyOrder[] {
  const denominator = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((numerator) => holding(one(), { numerator, denominator }));
}

/** About a quarter is mortgaged; some of these from before 2021, some with a bar on transfer, a few twice. */
function encumbrancesOf(door: Door, ownedOn: string, index: number, makers: Makers): EncumbranceImport[] {
  const { chance } = makers;
  const made: EncumbranceImport[] = [];
  if (door.use !== 'garage' && chance.in100(26)) {
    made.push(mortgage(door, addDays(ownedOn, chance.between(0, 20)), 1, chance));
    if (chance.in100(6)) made.push(mortgage(door, dayIn(chance, addDays(ownedOn, 30)), 2, chance));
  } else if (chance.in100(8)) {
    made.push(
      discharged(mortgage(door, addDays(ownedOn, 1), 1, chance), dayIn(chance, addDays(ownedOn, 200))),
    );
  }
  if (index % 83 === 11) made.push(...seizures(door, ownedOn, index, chance));
  if (index % 211 === 23) made.push(objection(door, makers));
  if (index % 157 === 31) made.push(preNotice(door, makers));
  return made;
}

function mortgage(door: Door, on: string, rank: number, chance: Chance): EncumbranceImport {
  const debtFrom = on > LAST_DAY ? LAST_DAY : on;
  return encumbranceOf(door.unitCode, 'mortgage', debtFrom, {
    rank,
    holders: [holding(chance.pick(BANKS), null)],
    mortgage: {
      mode: chance.in100(12) ? 'maximum' : 'general',
      amountFen: chance.between(12, 160) * 1_000_000,
      transferRestricted: debtFrom >= '2021-01-01' && chance.in100(35),
      debtFrom,
      debtUntil: addMonths(debtFrom, 12 * chance.pick([5, 10, 20, 30])),
      scope: '主债权及利息、违约金、实现抵押权的费用',
      underConstruction: false,
    },
  });
}

function discharged(one: EncumbranceImport, on: string): EncumbranceImport {
  const closedAt = new Date(`${on}T15:00:00+08:00`);
  return { ...one, status: 'historic', closedAt, closedByCaseId: one.caseId };
}

/** One in force; every third has another that waits behind it (轮候查封). */
function seizures(door: Door, ownedOn: string, index: number, chance: Chance): EncumbranceImport[] {
  const on = dayIn(chance, ownedOn > '2024-06-01' ? ownedOn : '2024-06-01');
  const one = (rank: number, from: string, waiting: boolean) =>
    encumbranceOf(door.unitCode, 'seizure', from, {
      rank,
      status: waiting ? 'waiting' : 'current',
      from: waiting ? null : from,
      until: waiting ? null : addMonths(from, 36),
      seizure: {
        court: chance.pick(COURTS),
        docNo: `(${from.slice(0, 4)})鲁1502执${1000 + index + rank}号`,
        preSeizure: false,
        termMonths: 36,
      },
    });
  const first = one(1, on, false);
  return index % 3 === 0 ? [first, one(2, dayIn(chance, addDays(on, 5)), true)] : [first];
}

function objection(door: Door, { chance, newPerson, asOf }: Makers): EncumbranceImport {
  const on = addDays(asOf, -chance.between(3, 12));
  const holders = [holding(newPerson(door.district), null)];
  return encumbranceOf(door.unitCode, 'objection', on, { holders, until: addDays(on, 15) });
}

function preNotice(door: Door, { chance, newPerson }: Makers): EncumbranceImport {
  const on = dayIn(chance, '2026-05-01');
  const holders = [holding(newPerson(door.district), null)];
  return encumbranceOf(door.unitCode, 'preNotice', on, { holders });
}
