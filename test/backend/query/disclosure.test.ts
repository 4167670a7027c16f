import { describe, expect, it } from 'vitest';
import { disclose, DISCLOSURE, disclosureOf } from '../../../backend/modules/query/disclosure.ts';
import { unitFields } from '../../../backend/modules/query/offline/result-fields.ts';
import { violationsOf } from '../../../backend/modules/query/violations.ts';
import { FIELDS, RELATIONS, type Field, type Relation } from '../../../backend/modules/query/vocabulary.ts';
import type { DisclosedUnit } from '../../../backend/modules/query/contract/disclosed.ts';
import type { Encumbrance, Holder, UnitDocument } from '../../../backend/modules/register/unit.model.ts';
import { bank, encumbrance, half, NOW, right, sealed, TERMS, unit } from '../register/units.ts';

/** Every row of the register is planted with a text that stands nowhere else, so that a field is there or is not. */

const PLANTED = {
  ownName: '甲本人',
  holderName: '乙共有人',
  encumbrancerName: '丙出借人',
  bankName: '丁银行股份有限公司',
  formerName: '戊原权利人',
  certificateNo: '鲁(2021)聊城市不动产权第0018342号',
  formerNo: '鲁(2019)聊城市不动产权第0009771号',
  certificationNo: '鲁(2026)聊城市不动产证明第0005566号',
  court: '己人民法院',
  orderNo: '(2026)鲁1502执4321号',
  amountFen: 71_234_500,
} as const;

const NUMBERS: Record<string, string> = {
  own: '371502199003070019',
  other: '371581198503150024',
  lender: '440524188001010014',
  former: '371502196001010038',
  bank: bank().idNumber,
};

const person = (id: string, name: string, share = half()): Holder => ({ ...sealed(id, share), name });
const lender = { ...person('lender', PLANTED.encumbrancerName), share: null };
const theBank: Holder = {
  ...sealed('bank', null),
  name: PLANTED.bankName,
  partyKind: 'organisation',
  idKind: 'creditCode',
};

function planted(): UnitDocument {
  const owners = [person('own', PLANTED.ownName), person('other', PLANTED.holderName)];
  const mortgage = (id: string, holder: Holder, rank: number): Encumbrance =>
    encumbrance('mortgage', {
      id,
      rank,
      holders: [holder],
      mortgage: { ...TERMS, amountFen: PLANTED.amountFen },
      certificateNo: PLANTED.certificationNo,
    });
  return unit({
    rights: [
      right([person('former', PLANTED.formerName)], {
        id: 'r0',
        status: 'historic',
        certificateNo: PLANTED.formerNo,
        closedAt: NOW,
      }),
      right(owners, { certificateNo: PLANTED.certificateNo }),
    ],
    encumbrances: [
      mortgage('m1', lender, 1),
      mortgage('m2', theBank, 2),
      encumbrance('seizure', {
        seizure: {
          court: PLANTED.court,
          docNo: PLANTED.orderNo,
          preSeizure: false,
          termMonths: 36,
        },
      }),
    ],
    ownerIndexes: ['own', 'other'],
  });
}

/** Whom each relation stands for; only these have cells of their own. */
const SELF: Partial<Record<Relation, string>> = {
  owner: 'own',
  coOwner: 'own',
  authorised: 'own',
  rightHolder: 'lender',
};

const shown = (relation: Relation): DisclosedUnit =>
  disclose(planted(), relation, {
    at: NOW,
    self: SELF[relation] ?? null,
    openIdNumber: (_, holder) => NUMBERS[holder.idIndex]!,
    claimedName: PLANTED.holderName,
  });

/** Where each field would stand, and what it would be in full. Null: it stands for itself by being there. */
const LOOK: Record<Field, { at(seen: DisclosedUnit): unknown; full: unknown }> = {
  natural: { at: (seen) => seen.natural.structure, full: planted().natural.structure },
  nature: { at: (seen) => seen.natural.landNature, full: planted().natural.landNature },
  restrictions: { at: (seen) => seen.flags.seized && seen.flags.mortgaged && seen.flags.coOwned, full: true },
  right: { at: (seen) => seen.right?.kind, full: 'stateLandAndHouse' },
  certificateNo: { at: (seen) => seen.right?.certificateNo, full: PLANTED.certificateNo },
  coOwnership: { at: (seen) => seen.coOwnership, full: 2 },
  ownName: { at: (seen) => own(seen)?.name, full: PLANTED.ownName },
  ownIdNumber: { at: (seen) => own(seen)?.idNumberMasked, full: NUMBERS.own },
  holderName: { at: (seen) => other(seen)?.name, full: PLANTED.holderName },
  holderIdNumber: { at: (seen) => other(seen)?.idNumberMasked, full: NUMBERS.other },
  share: { at: (seen) => other(seen)?.share, full: half() },
  encumbrances: {
    at: (seen) => seen.encumbrances?.map(({ kind }) => kind),
    full: ['mortgage', 'mortgage', 'seizure'],
  },
  encumbrancerName: {
    at: (seen) => seen.encumbrances?.[0]?.holders?.[0]?.name,
    full: PLANTED.encumbrancerName,
  },
  encumbrancerIdNumber: {
    at: (seen) => seen.encumbrances?.[0]?.holders?.[0]?.idNumberMasked,
    full: NUMBERS.lender,
  },
  certificationNo: { at: (seen) => seen.encumbrances?.[0]?.certificationNo, full: PLANTED.certificationNo },
  debt: { at: (seen) => seen.encumbrances?.[0]?.debt?.amountFen, full: PLANTED.amountFen },
  court: { at: (seen) => seen.courts?.[0] ?? seen.encumbrances?.[2]?.court, full: PLANTED.court },
  orderNo: { at: (seen) => seen.encumbrances?.[2]?.orderNo, full: PLANTED.orderNo },
  nameMatches: { at: (seen) => seen.nameMatches, full: 'some' },
  history: { at: (seen) => seen.history?.[0]?.kind, full: 'stateLandAndHouse' },
};

const own = (seen: DisclosedUnit) => seen.right?.holders?.find((holder) => holder.own);
const other = (seen: DisclosedUnit) => seen.right?.holders?.filter((holder) => !holder.own).at(-1);

/** `ownName` and `ownIdNumber` of a right holder stand in their own encumbrance, which `encumbrancerName` looks at. */
const MASKED_IN_PLACE: Record<string, Field> = {
  'rightHolder encumbrancerIdNumber': 'ownIdNumber',
};
/** What stands in no cell of this relation because nobody there is the requester. */
const NOT_STANDING = new Set(
  RELATIONS.flatMap((relation) =>
    relation === 'owner' || relation === 'coOwner' || relation === 'authorised'
      ? []
      : [`${relation} ownName`, `${relation} ownIdNumber`],
  ),
);

describe.each(RELATIONS)('%s', (relation) => {
  it.each(FIELDS)('%s is as the table has it', (field) => {
    if (NOT_STANDING.has(`${relation} ${field}`)) return;
    const cell = MASKED_IN_PLACE[`${relation} ${field}`] ?? field;
    const may = disclosureOf(relation, cell);
    const found = LOOK[field].at(shown(relation));
    if (may === null) return expect(found).toBeUndefined();
    if (may === 'show') return expect(found).toEqual(LOOK[field].full);
    expect(found).toMatch(/\*/);
    expect(found).not.toBe(LOOK[field].full);
  });

  it('is told nothing in another place that its row hides, and no ID number in full', () => {
    const text = JSON.stringify(shown(relation));
    for (const number of Object.values(NUMBERS)) expect(text).not.toContain(number);
    const row = DISCLOSURE[relation].fields;
    // Where the requester is none of the owners, all of them are “the others”.
    const hidden = Object.entries(PLANTED).filter(
      ([name]) => name in LOOK && !(name in row) && !(name === 'ownName' && row.holderName),
    );
    for (const [, value] of hidden) expect(text).not.toContain(String(value));
    if (!row.history) {
      expect(text).not.toContain(PLANTED.formerName);
      expect(text).not.toContain(PLANTED.formerNo);
    }
    if (!row.encumbrancerName) expect(text).not.toContain(PLANTED.bankName);
  });

  it('passes the second look', () => {
    expect(violationsOf(shown(relation))).toEqual([]);
  });
});

describe('the table', () => {
  it('lets an owner’s permission show what the owner was told it shows', () => {
    expect(Object.keys(DISCLOSURE.authorised.fields).sort()).toEqual(
      ['natural', 'restrictions', 'right', 'coOwnership', 'ownName'].sort(),
    );
    const { right, ...seen } = shown('authorised');
    expect(right?.holders?.map(({ name }) => name)).toEqual([PLANTED.ownName]);
    expect(seen).not.toHaveProperty('encumbrances');
  });

  it('hides what no row names: whoever only intends gets two fields', () => {
    expect(Object.keys(DISCLOSURE.intending.fields)).toEqual(['natural', 'restrictions']);
  });

  it('opens 自然状况 and restrictions to everybody, 权利性质 only with the right itself (条例8, 查询办法21)', () => {
    for (const relation of ['intending', 'lawyer'] as const)
      expect(disclosureOf(relation, 'nature')).toBeNull();
  });

  it('shows no ID number in full to anybody', () => {
    const full = RELATIONS.filter((relation) =>
      FIELDS.some((field) => field.endsWith('IdNumber') && disclosureOf(relation, field) === 'show'),
    );
    expect(full).toEqual([]);
  });

  it('names the law for every relation', () => {
    for (const relation of RELATIONS) expect(DISCLOSURE[relation].basis).toMatch(/\d/);
  });

  it('tells earlier owners to state organs alone', () => {
    expect(RELATIONS.filter((relation) => disclosureOf(relation, 'history') !== null)).toEqual([
      'stateOrgan',
    ]);
  });

  it('says to a lawyer only whether the name fits, however it is typed', () => {
    const verify = (claimedName: string) =>
      disclose(planted(), 'lawyer', { at: NOW, self: null, openIdNumber: () => '', claimedName }).nameMatches;
    expect([verify('乙 共有人'), verify('乙某'), verify('')]).toEqual(['some', 'none', 'none']);
    const both = [PLANTED.ownName, PLANTED.holderName];
    for (const between of ['、', '，', ', ', '；', ';'])
      expect(verify(both.toReversed().join(between))).toBe('all');
    expect([verify(both.join(' ')), verify(`${both.join('、')}、乙某`)]).toEqual(['none', 'none']);
  });

  it('says so on paper, of records of before as it was said', () => {
    const said = (nameMatches: DisclosedUnit['nameMatches']) =>
      unitFields({ ...shown('lawyer'), nameMatches }, 1).find(({ key }) => key === 'unit1NameMatches')?.text;
    expect([...(['all', 'some', 'none', true, false] as const)].map(said)).toEqual([
      '与登记簿记载的全部权利人一致',
      '是登记簿记载的权利人之一（登记的权利人不止一人）',
      '与登记簿记载不一致',
      '与登记簿记载一致',
      '与登记簿记载不一致',
    ]);
  });
});

describe('the second look finds what an answer says beyond its row', () => {
  const beyond = (change: (seen: DisclosedUnit) => void, relation: Relation = 'intending') => {
    const seen = structuredClone(shown(relation));
    change(seen);
    return violationsOf(seen);
  };
  it.each<[string, Field, (seen: DisclosedUnit) => void]>([
    ['a right', 'right', (seen) => (seen.right = shown('owner').right!)],
    ['an encumbrance', 'encumbrances', (seen) => (seen.encumbrances = [])],
    ['history', 'history', (seen) => (seen.history = [])],
    ['the form of co-ownership', 'coOwnership', (seen) => (seen.coOwnership = 1)],
    ['how land was come by', 'nature', (seen) => (seen.natural.landNature = '出让')],
    ['courts', 'court', (seen) => (seen.courts = ['法院'])],
    ['a comparison of names', 'nameMatches', (seen) => (seen.nameMatches = 'none')],
  ])('%s', (_, field, change) => {
    expect(beyond(change)).toContain(field);
  });

  it('a name or number whose mask was forgotten', () => {
    const name = beyond(
      (seen) => (seen.right = { ...seen.right!, holders: shown('owner').right!.holders! }),
      'authorised',
    );
    const number = beyond((seen) => (seen.right!.holders![1]!.idNumberMasked = NUMBERS.other!), 'owner');
    expect(name).toContain('holderName');
    expect(number).toEqual(['holderIdNumber']);
  });
});
