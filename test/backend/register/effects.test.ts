import { describe, expect, it } from 'vitest';
import { applyEffects } from '../../../backend/modules/register/effects/apply.ts';
import type { Effect, EffectResult, UnitState } from '../../../backend/modules/register/effects/effect.ts';
import { isInForce, liveRight, positionOf } from '../../../backend/modules/register/unit-state.ts';
import type { Encumbrance, Right, Share } from '../../../backend/modules/register/unit.model.ts';
import { certificateNo, encumbrance, half, right, sealed, TERMS, unit } from './units.ts';

const share = (numerator: number, denominator: number): Share => ({ numerator, denominator });

let counter = 0;
function apply(state: UnitState, effects: Effect[], on = '2026-10-09'): EffectResult {
  counter += 1;
  const at = new Date(`${on}T10:00:00+08:00`);
  return applyEffects(state, effects, { caseId: `c${counter}`, at, on, newId: () => `id-${(counter += 1)}` });
}

function must(result: EffectResult) {
  if (!result.ok) throw new Error(result.refusal.reason);
  return result;
}
const reasonOf = (result: EffectResult) => (result.ok ? null : result.refusal.reason);

type Transfer = Extract<Effect, { kind: 'ownership.transfer' }>;
const transfer = (overrides: Partial<Transfer>): Effect => ({
  kind: 'ownership.transfer',
  from: [{ idIndex: 'A', share: null }],
  to: [sealed('B', null)],
  coOwnership: 0,
  certificateNo: certificateNo(1),
  ...overrides,
});

const sharesOf = (state: UnitState) =>
  Object.fromEntries(
    (liveRight(state)?.holders ?? []).map(({ idIndex, share: held }) => [
      idIndex,
      held ? `${held.numerator}/${held.denominator}` : null,
    ]),
  );

describe('ownership.transfer', () => {
  it('closes the old right, opens a new one, and asks for its certificate', () => {
    const result = must(apply(unit(), [transfer({})]));
    const [old, opened] = result.unit.rights;
    expect([old?.status, opened?.status]).toEqual(['historic', 'current']);
    expect(old?.holders).toEqual(unit().rights[0]?.holders);
    expect(old?.closedByCaseId).toBe(opened?.caseId);
    expect(sharesOf(result.unit)).toEqual({ B: '1/1' });
    expect(result.certificates).toEqual({
      needed: [{ no: certificateNo(1), kind: 'title', subjectId: opened?.id }],
      superseded: ['鲁(2021)聊城市不动产权第0018342号'],
      cancelled: [],
    });
  });

  it('keeps the mortgages on the property (民法典406)', () => {
    const mortgaged = unit({ encumbrances: [encumbrance('mortgage')] });
    expect(must(apply(mortgaged, [transfer({})])).unit.encumbrances).toEqual(mortgaged.encumbrances);
  });

  it.each<[string, string[], object, string]>([
    ['its holder', ['B'], {}, 'historic'],
    ['one of its two holders', ['B', 'C'], {}, 'current'],
    ['somebody else', ['C'], {}, 'current'],
    ['the holder of a mortgage in advance', ['B'], { mortgage: TERMS }, 'current'],
  ])('to %s leaves a pre-notice as it has to (民法典221)', (_, holders, overrides, status) => {
    const certification = certificateNo(7, '证明');
    const notice = encumbrance('preNotice', {
      holders: holders.map((id) => sealed(id, null)),
      certificateNo: certification,
      ...overrides,
    });
    const result = must(apply(unit({ encumbrances: [notice] }), [transfer({})]));
    const [after] = result.unit.encumbrances;
    const closed = status === 'historic';
    expect([after?.status, after?.closedAt !== null, after?.closedByCaseId !== null]).toEqual([
      status,
      closed,
      closed,
    ]);
    expect(result.certificates.cancelled).toEqual(closed ? [certification] : []);
  });

  const halves = unit({ rights: [right([sealed('A', half()), sealed('C', half())])] });

  it('moves part of a share and leaves the rest', () => {
    const effect = transfer({ from: [{ idIndex: 'A', share: share(1, 4) }] });
    const { unit: after } = must(apply(halves, [effect]));
    expect(sharesOf(after)).toEqual({ A: '1/4', C: '1/2', B: '1/4' });
    expect(liveRight(after)?.coOwnership).toBe(2);
  });

  it('adds up what a co-owner takes over, down to sole ownership', () => {
    const effect = transfer({ from: [{ idIndex: 'A', share: null }], to: [sealed('C', null)] });
    const { unit: after } = must(apply(halves, [effect]));
    expect(sharesOf(after)).toEqual({ C: '1/1' });
    expect(liveRight(after)?.coOwnership).toBe(0);
  });

  it('gives spouses joint ownership without shares', () => {
    const effect = transfer({ to: [sealed('B', null), sealed('D', null)], coOwnership: 1 });
    const { unit: after } = must(apply(unit(), [effect]));
    expect(sharesOf(after)).toEqual({ B: null, D: null });
    expect(liveRight(after)?.coOwnership).toBe(1);
  });

  it('splits equally where nothing was agreed (民法典309)', () => {
    const to = ['B', 'D', 'E'].map((id) => sealed(id, null));
    const { unit: after } = must(apply(unit(), [transfer({ to, coOwnership: 2 })]));
    expect(sharesOf(after)).toEqual({ B: '1/3', D: '1/3', E: '1/3' });
  });

  const joint = unit({
    rights: [right([sealed('A', null), sealed('C', null)], { coOwnership: 1 })],
  });

  it.each<[string, UnitState, Partial<Transfer>, string]>([
    ['a stranger', unit(), { from: [{ idIndex: 'X', share: null }] }, 'notOwner'],
    ['more than is held', halves, { from: [{ idIndex: 'A', share: share(3, 4) }] }, 'shareTooSmall'],
    ['one of joint owners alone', joint, { from: [{ idIndex: 'A', share: null }] }, 'jointNeedsAll'],
    [
      'shares that do not add up',
      unit(),
      { to: [sealed('B', half()), sealed('D', share(1, 3))], coOwnership: 2 },
      'sharesDiffer',
    ],
    ['two receivers said to be one', unit(), { to: [sealed('B', null), sealed('D', null)] }, 'sharesDiffer'],
    [
      'one receiver twice',
      unit(),
      { to: [sealed('B', half()), sealed('B', half())], coOwnership: 2 },
      'holderTwice',
    ],
    ['to nobody', unit(), { to: [] }, 'receiverMissing'],
    ['from nobody', unit(), { from: [] }, 'giverMissing'],
    ['a unit without a live right', unit({ rights: [] }), {}, 'noLiveRight'],
  ])('refuses %s', (_, state, overrides, reason) => {
    expect(reasonOf(apply(state, [transfer(overrides)]))).toBe(reason);
  });
});

describe('ownership.rename', () => {
  it('keeps share and co-ownership, and replaces the certificate', () => {
    const state = unit({ rights: [right([sealed('A', half()), sealed('C', half())])] });
    const effect: Effect = {
      kind: 'ownership.rename',
      of: { idIndex: 'A', share: null },
      holder: sealed('A2', null),
      certificateNo: certificateNo(2),
    };
    const result = must(apply(state, [effect]));
    expect(sharesOf(result.unit)).toEqual({ A2: '1/2', C: '1/2' });
    expect(liveRight(result.unit)?.coOwnership).toBe(2);
    expect(result.certificates.superseded).toHaveLength(1);
    const twice: Effect = { ...effect, holder: sealed('C', null) };
    expect(reasonOf(apply(state, [twice]))).toBe('holderTwice');
    const stranger: Effect = { ...effect, of: { idIndex: 'X', share: null } };
    expect(reasonOf(apply(state, [stranger]))).toBe('notOwner');
  });
});

describe('mortgages', () => {
  const create = (n: number): Effect => ({
    kind: 'mortgage.create',
    mortgagors: [{ idIndex: 'A', share: null }],
    holders: [sealed('bank', null)],
    terms: TERMS,
    certificateNo: certificateNo(n, '证明'),
  });
  const discharge = (n: number): Effect => ({
    kind: 'mortgage.discharge',
    certificateNo: certificateNo(n, '证明'),
    mortgagees: [{ idIndex: 'bank', share: null }],
  });

  it('rank by order of recording, and move up when an earlier one is discharged', () => {
    const two = must(apply(unit(), [create(1), create(2)])).unit;
    const positions = (state: UnitState) => state.encumbrances.map((one) => positionOf(state, one));
    expect(positions(two)).toEqual([1, 2]);
    const result = must(apply(two, [discharge(1)]));
    expect(result.unit.encumbrances.map(({ status }) => status)).toEqual(['historic', 'current']);
    expect(positions(result.unit)).toEqual([1, 1]);
    expect(result.certificates.cancelled).toEqual([certificateNo(1, '证明')]);
    const third = must(apply(result.unit, [create(3)])).unit;
    expect(positions(third)).toEqual([1, 1, 2]);
  });

  it('are set by all owners, and by owners only', () => {
    const two = unit({ rights: [right([sealed('A', half()), sealed('C', half())])] });
    const by = (...ids: string[]): Effect =>
      ({ ...create(1), mortgagors: ids.map((idIndex) => ({ idIndex, share: null })) }) as Effect;
    expect(reasonOf(apply(two, [by('A')]))).toBe('coOwnerMissing');
    expect(reasonOf(apply(two, [by('A', 'X')]))).toBe('notOwner');
    expect(reasonOf(apply(two, [by()]))).toBe('giverMissing');
    expect(apply(two, [by('A', 'C')]).ok).toBe(true);
  });

  it('are discharged once', () => {
    const one = must(apply(unit(), [create(1)])).unit;
    const none = must(apply(one, [discharge(1)])).unit;
    expect(reasonOf(apply(none, [discharge(1)]))).toBe('mortgageNotFound');
  });

  it('are discharged by all who hold them and by nobody else (细则70)', () => {
    const held = [sealed('bank', null), sealed('fund', null)];
    const two = must(apply(unit(), [{ ...create(1), holders: held } as Effect, create(2)])).unit;
    const by = (n: number, ...ids: string[]): Effect => ({
      kind: 'mortgage.discharge',
      certificateNo: certificateNo(n, '证明'),
      mortgagees: ids.map((idIndex) => ({ idIndex, share: null })),
    });
    for (const ids of [[], ['bank'], ['fund'], ['other'], ['bank', 'other'], ['bank', 'fund', 'other']]) {
      expect([ids, reasonOf(apply(two, [by(1, ...ids)]))]).toEqual([ids, 'notMortgagee']);
    }
    expect(apply(two, [by(1, 'fund', 'bank')]).ok).toBe(true);
    expect(reasonOf(apply(two, [by(2, 'fund')]))).toBe('notMortgagee');
  });

  it('are all made or none', () => {
    expect(reasonOf(apply(unit(), [create(1), discharge(9)]))).toBe('mortgageNotFound');
  });
});

describe('seizures', () => {
  const create = (docNo: string, termMonths = 36): Effect => ({
    kind: 'seizure.create',
    terms: { court: '东昌府区人民法院', docNo, preSeizure: false, termMonths },
  });
  const lift = (docNo: string): Effect => ({ kind: 'seizure.lift', court: '东昌府区人民法院', docNo });
  const view = (state: UnitState) =>
    state.encumbrances.map(({ seizure, status, from, until }: Encumbrance) => [
      seizure?.docNo,
      status,
      from,
      until,
    ]);

  // 民法典201: 开始的当日不计入；202: 到期月的对应日为最后一日，没有对应日的为月末日；解释485: 不超过三年.
  it.each<[string, number, string]>([
    ['2026-10-09', 36, '2029-10-09'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-01', 1, '2027-01-01'],
  ])('registered on %s for %i months is in force through %s', (on, months, until) => {
    const { unit: seized } = must(apply(unit(), [create('一', months)], on));
    expect(view(seized)).toEqual([['一', 'current', on, until]]);
    const [one] = seized.encumbrances;
    const dayAfter = new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect([isInForce(one!, until), isInForce(one!, dayAfter)]).toEqual([true, false]);
  });

  it('waits behind one in force, and takes effect by itself on release, earliest first', () => {
    const three = must(apply(unit(), [create('一'), create('二'), create('三')])).unit;
    expect(view(three).map(([, status]) => status)).toEqual(['current', 'waiting', 'waiting']);
    const after = must(apply(three, [lift('一')], '2027-03-01')).unit;
    expect(view(after)).toEqual([
      ['一', 'historic', '2026-10-09', '2029-10-09'],
      ['二', 'current', '2027-03-01', '2030-03-01'],
      ['三', 'waiting', null, null],
    ]);
  });

  const notice = (until: string | null = null, overrides = {}) =>
    unit({
      encumbrances: [encumbrance('preNotice', { holders: [sealed('买方', null)], until, ...overrides })],
    });
  const future = (...rights: Right[]) => unit({ status: 'future', rights });
  it.each<[string, UnitState, string, boolean, string | null]>([
    ['the owner', unit(), ' A ', false, null],
    ['somebody who sold before', unit(), '卖方', false, 'executedNotOwner'],
    ['who only has a pre-notice', notice(), '买方', false, 'executedIsExpectant'],
    ['the owner beside a pre-notice', notice(), 'A', false, null],
    ['on no first registration', future(), 'A', false, 'noLiveRight'],
    ['as preliminary, somebody who sold before', unit(), '卖方', true, 'executedNotExpectant'],
    ['as preliminary, the owner', unit(), 'A', true, 'executedIsOwner'],
    ['as preliminary, who has a pre-notice', notice(), '买方', true, null],
    ['as preliminary, a stranger beside a pre-notice', notice(), '卖方', true, 'executedNotExpectant'],
    ['as preliminary, whose pre-notice ran out', notice('2026-10-08'), '买方', true, 'executedNotExpectant'],
    [
      'as preliminary, the bank of a 抵押预告',
      notice(null, { mortgage: TERMS }),
      '买方',
      true,
      'executedNotExpectant',
    ],
    ['as preliminary, on no first registration', future(), '开发公司', true, null],
    [
      'as preliminary, the developer of the land',
      future(right([sealed('开发公司')])),
      '开发公司',
      true,
      null,
    ],
    [
      'as preliminary, a stranger to it',
      future(right([sealed('开发公司')])),
      '甲',
      true,
      'executedNotExpectant',
    ],
    [
      'under other brackets',
      unit({ rights: [right([sealed('聊城（某）公司')])] }),
      '聊城(某)公司',
      false,
      null,
    ],
  ])('is entered against the debtor only: %s', (_, state, executedName, preSeizure, reason) => {
    const terms = { court: '甲', docNo: '一', preSeizure, termMonths: 36, executedName };
    const result = apply(state, [{ kind: 'seizure.create', terms }]);
    expect(result.ok ? null : result.refusal.reason).toBe(reason);
  });

  it('that waits can be lifted without touching the one in force', () => {
    const two = must(apply(unit(), [create('一'), create('二')])).unit;
    expect(view(must(apply(two, [lift('二')])).unit).map(([, status]) => status)).toEqual([
      'current',
      'historic',
    ]);
  });

  it('that ran out gives way to the next from the day after, whenever somebody looks', () => {
    const two = must(apply(unit(), [create('一', 1), create('二', 1)])).unit;
    const much = must(apply(two, [create('三')], '2026-12-20')).unit;
    expect(view(much)).toEqual([
      ['一', 'lapsed', '2026-10-09', '2026-11-09'],
      ['二', 'lapsed', '2026-11-10', '2026-12-10'],
      ['三', 'current', '2026-12-20', '2029-12-20'],
    ]);
  });

  it.each<[string, Effect[], string]>([
    ['longer than three years', [create('一', 37)], 'termTooLong'],
    ['without a term', [create('一', 0)], 'termTooLong'],
    ['under the same document twice', [create('一'), create('一')], 'seizureTwice'],
    ['lifted that never was', [lift('九')], 'seizureNotFound'],
  ])('refuses one %s', (_, effects, reason) => {
    expect(reasonOf(apply(unit(), effects))).toBe(reason);
  });
});
