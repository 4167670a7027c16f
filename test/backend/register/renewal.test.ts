import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEffects } from '../../../backend/modules/register/effects/apply.ts';
import type { Effect, EffectResult, UnitState } from '../../../backend/modules/register/effects/effect.ts';
import { isLive, lastDayOfTerm, settleUnit } from '../../../backend/modules/register/unit-state.ts';
import type { Encumbrance } from '../../../backend/modules/register/unit.model.ts';
import { sealed, unit } from './units.ts';

/** 续行查封 (民诉法解释485, 查封规定26, 27). */
describe('a renewal of a seizure', () => {
  const COURT = '东昌府区人民法院';
  let counter = 0;
  function apply(state: UnitState, effects: Effect[], on: string): EffectResult {
    counter += 1;
    const at = new Date(`${on}T10:00:00+08:00`);
    return applyEffects(state, effects, {
      caseId: `c${counter}`,
      at,
      on,
      newId: () => `id-${(counter += 1)}`,
    });
  }
  function must(result: EffectResult): UnitState {
    if (!result.ok) throw new Error(result.refusal.reason);
    return result.unit;
  }
  const seize = (docNo: string, termMonths = 36): Effect => ({
    kind: 'seizure.create',
    terms: { court: COURT, docNo, preSeizure: false, termMonths },
  });
  const renew = (
    docNo: string,
    termMonths: number,
    servedOn: string,
    renewalDocNo = `${docNo}续`,
  ): Effect => ({
    kind: 'seizure.renew',
    court: COURT,
    docNo,
    renewalDocNo,
    termMonths,
    servedOn,
  });
  const view = (state: UnitState) =>
    state.encumbrances.map(({ seizure, status, rank, from, until }: Encumbrance) =>
      [seizure?.docNo, rank, status, from, until].join(' '),
    );
  /** 一 in force from 2026-10-09 for a month, 二 and 三 behind it. */
  const queue = () => must(apply(unit(), [seize('一', 1), seize('二', 12), seize('三', 12)], '2026-10-09'));

  it.each<[string, number, string]>([
    ['the day after it was made', 36, '2026-10-10'],
    ['in good time', 36, '2026-11-01'],
    ['on its last day', 36, '2026-11-09'],
    ['for a single month', 1, '2026-11-09'],
  ])('%s, for %i months: follows on from the term, and the rank stays', (_, months, on) => {
    const after = must(apply(queue(), [renew('一', months, on)], on));
    const until = lastDayOfTerm('2026-11-09', months);
    expect(view(after)).toEqual([`一 1 current 2026-10-09 ${until}`, '二 2 waiting  ', '三 3 waiting  ']);
    const [first] = after.encumbrances;
    expect(first?.seizure?.renewals).toEqual([
      { docNo: '一续', on, after: '2026-11-09', until, caseId: first?.seizure?.renewals?.[0]?.caseId },
    ]);
    // Nobody behind comes into force on the day on which the old term would have ended.
    expect(view(settleUnit(after, '2026-11-10'))).toEqual(view(after));
  });

  it('that does not come lets the next in, as ever', () => {
    expect(view(settleUnit(queue(), '2026-11-10'))[1]).toBe('二 2 current 2026-11-10 2027-11-10');
  });

  it.each<[string, Effect, string, string]>([
    ['after the term has ended', renew('一', 36, '2026-11-10'), '2026-11-10', 'seizureLapsed'],
    ['of one that waits', renew('二', 36, '2026-10-20'), '2026-10-20', 'seizureWaits'],
    ['of one that never was', renew('九', 36, '2026-10-20'), '2026-10-20', 'seizureNotFound'],
    ['for more than three years', renew('一', 37, '2026-10-20'), '2026-10-20', 'termTooLong'],
    ['for no time', renew('一', 0, '2026-10-20'), '2026-10-20', 'termTooLong'],
  ])('%s is refused', (_, effect, on, reason) => {
    const result = apply(queue(), [effect], on);
    expect(result.ok ? null : result.refusal.reason).toBe(reason);
  });

  it('by another court is refused', () => {
    const other = { ...renew('一', 36, '2026-10-20'), court: '冠县人民法院' } as Effect;
    const result = apply(queue(), [other], '2026-10-20');
    expect(result.ok ? null : result.refusal.reason).toBe('seizureNotFound');
  });

  it('comes one term ahead at most, and again once that has begun', () => {
    const once = must(apply(queue(), [renew('一', 12, '2026-10-20')], '2026-10-20'));
    const early = apply(once, [renew('一', 12, '2026-11-09', '再续')], '2026-11-09');
    expect(early.ok ? null : early.refusal).toEqual({
      reason: 'renewedAlready',
      params: { docNo: '一', until: '2027-11-09', from: '2026-11-09' },
    });
    const twice = must(apply(once, [renew('一', 12, '2026-11-10', '再续')], '2026-11-10'));
    expect(view(twice)[0]).toBe('一 1 current 2026-10-09 2028-11-09');
    const sameOrder = apply(twice, [renew('一', 12, '2028-01-10', '再续')], '2028-01-10');
    expect(sameOrder.ok ? null : sameOrder.refusal.reason).toBe('seizureTwice');
  });

  it('finds its seizure through full-width brackets and spaces', () => {
    const made = must(apply(unit(), [seize('(2026)鲁1502执123号')], '2026-10-09'));
    const after = must(apply(made, [renew('（2026）鲁1502执 123号', 36, '2026-10-20')], '2026-10-20'));
    expect(after.encumbrances[0]?.until).toBe('2032-10-09');
  });

  describe('that was served in time and recorded late', () => {
    const served = renew('一', 12, '2026-11-09');

    it('stands again at its rank, and who took its place waits as before', () => {
      const lapsed = settleUnit(queue(), '2026-11-12');
      expect(view(lapsed).map((one) => one.split(' ')[2])).toEqual(['lapsed', 'current', 'waiting']);
      expect(view(must(apply(lapsed, [served], '2026-11-12')))).toEqual([
        '一 1 current 2026-10-09 2027-11-09',
        '二 2 waiting  ',
        '三 3 waiting  ',
      ]);
    });

    it('does not follow the home to who has bought it since', () => {
      const alone = must(apply(unit(), [seize('一', 1)], '2026-10-09'));
      const sale: Effect = {
        kind: 'ownership.transfer',
        from: [{ idIndex: 'A', share: null }],
        to: [sealed('B', null)],
        coOwnership: 0,
        certificateNo: '鲁(2026)聊城市不动产权第0000009号',
      };
      const sold = must(apply(settleUnit(alone, '2026-11-11'), [sale], '2026-11-11'));
      const late = apply(sold, [served], '2026-11-12');
      expect(late.ok ? null : late.refusal.reason).toBe('seizureLapsed');
      expect(apply(settleUnit(alone, '2026-11-12'), [served], '2026-11-12').ok).toBe(true);
    });
  });

  describe('served in time, with a change of name before it is recorded', () => {
    const served = renew('一', 12, '2026-11-09');
    const rename = (of: string, to: string): Effect => ({
      kind: 'ownership.rename',
      of: { idIndex: of, share: null },
      holder: sealed(to),
      certificateNo: '鲁(2026)聊城市不动产权第0000009号',
    });
    const sale = (from: string, to: string): Effect => ({
      kind: 'ownership.transfer',
      from: [{ idIndex: from, share: null }],
      to: [sealed(to, null)],
      coOwnership: 0,
      certificateNo: '鲁(2026)聊城市不动产权第0000010号',
    });
    it.each<[string, Effect[], string | null]>([
      ['the holder under another number', [rename('A', 'A2')], null],
      ['a buyer', [sale('A', 'B')], 'seizureLapsed'],
      ['a buyer under another number', [sale('A', 'B'), rename('B', 'B2')], 'seizureLapsed'],
      ['somebody who bought from the holder renamed', [rename('A', 'A2'), sale('A2', 'B')], 'seizureLapsed'],
    ])('with %s as the owner by now', (_, effects, reason) => {
      const alone = must(apply(unit(), [seize('一', 1)], '2026-10-09'));
      const changed = must(apply(settleUnit(alone, '2026-11-11'), effects, '2026-11-11'));
      const late = apply(changed, [served], '2026-11-12');
      expect(late.ok ? null : late.refusal.reason).toBe(reason);
    });
  });

  it('never changes who stands before whom, never shortens a term, and adds three years at most', () => {
    const step = fc.record({
      days: fc.nat(500),
      months: fc.integer({ min: -1, max: 40 }),
      doc: fc.constantFrom('一', '二', '三'),
      late: fc.nat(3),
    });
    const daysLater = (day: string, days: number) =>
      new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    let renewed = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let on = '2026-10-09';
        let state = queue();
        for (const [place, { days, months, doc, late }] of steps.entries()) {
          on = daysLater(on, days);
          const before = settleUnit(state, on);
          const result = apply(state, [renew(doc, months, daysLater(on, -late), `令${place}`)], on);
          if (!result.ok) continue;
          renewed += 1;
          const order = (one: UnitState) => one.encumbrances.map(({ id, rank }) => `${id} ${rank}`);
          expect(order(result.unit)).toEqual(order(before));
          const live = result.unit.encumbrances.filter(isLive);
          const current = live.filter(({ status }) => status === 'current');
          expect(current).toHaveLength(1);
          for (const one of live) expect(one.rank).toBeGreaterThanOrEqual(current[0]?.rank ?? 0);
          const [now] = current;
          const was = before.encumbrances.find(({ id }) => id === now?.id);
          expect(now?.seizure?.docNo).toBe(doc);
          expect(now?.until).toBe(lastDayOfTerm(was?.until ?? '', months));
          expect(months).toBeGreaterThanOrEqual(1);
          expect(months).toBeLessThanOrEqual(36);
          expect(now?.from).toBe(was?.from);
          state = result.unit;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(renewed).toBeGreaterThan(200);
  });
});
