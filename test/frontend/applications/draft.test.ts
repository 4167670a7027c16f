import { describe, expect, it } from 'vitest';
import { mergeDrafts, same } from '../../../frontend/features/applications/draft/merge.ts';
import { holds } from '../../../frontend/features/applications/form/form-model.ts';
import { readable } from '../../../frontend/features/applications/form/readable.ts';

describe('two copies of a draft', () => {
  it('takes from each side what only that side changed', () => {
    const merge = mergeDrafts({ price: '1', no: 'a' }, { price: '2' }, { price: '1', no: 'b' });
    expect(merge).toEqual({ mine: { price: '2' }, clashes: [] });
  });

  it('asks where both changed the same field differently', () => {
    const merge = mergeDrafts({ price: '1' }, { price: '2' }, { price: '3' });
    expect(merge).toEqual({ mine: {}, clashes: [{ key: 'price', mine: '2', theirs: '3' }] });
  });

  it('does not ask where both changed it alike, or where nothing became nothing', () => {
    expect(mergeDrafts({ price: '1' }, { price: '2' }, { price: '2' }).clashes).toEqual([]);
    expect(mergeDrafts({}, { price: '' }, {}).clashes).toEqual([]);
  });

  it('compares people whatever the order of their fields', () => {
    expect(
      same(
        [{ name: '张三', share: { numerator: 1, denominator: 2 } }],
        [{ share: { denominator: 2, numerator: 1 }, name: '张三' }],
      ),
    ).toBe(true);
    expect(same([{ name: '张三' }], [{ name: '李四' }])).toBe(false);
  });
});

describe('conditions of the catalogue', () => {
  const answers = { kind: 'loan', buyers: [{ partyKind: 'organisation' }], term: { from: '' } };
  it.each([
    [{ field: '/kind', in: ['loan'] }, true],
    [{ field: 'kind', in: ['cash'] }, false],
    [{ field: '/term/from', present: true }, false],
    [{ some: '/buyers', field: '/partyKind', in: ['organisation'] }, true],
    [{ all: [{ field: '/kind', in: ['loan'] }, { not: { field: '/kind', present: false } }] }, true],
    [
      {
        any: [
          { field: '/kind', in: ['cash'] },
          { field: '/term/from', present: false },
        ],
      },
      true,
    ],
  ])('%j', (condition, truth) => expect(holds(condition, answers)).toBe(truth));
});

describe('answers as people read them', () => {
  it.each([
    ['2026-09-20', '2026年9月20日'],
    ['1280000.00 元', '1,280,000.00 元'],
    ['337152026100800417', '337152026100800417'],
    ['371502001001GB00001F00010001', '371502 001001 GB00001 F00010001'],
    ['一次付清', '一次付清'],
  ])('%s', (stored, shown) => expect(readable(stored)).toBe(shown));
});
