import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateAnswers } from '../../../backend/modules/catalogue/validate-answers.ts';
import { bank, CODES, GOOD_ANSWERS, li, readType, TODAY, wang } from './support.ts';

function problems(
  code: string,
  change: Record<string, unknown> = {},
  options: { draft?: boolean; prefix?: string } = {},
) {
  return validateAnswers(readType(code), { ...GOOD_ANSWERS[code], ...change }, { today: TODAY, ...options });
}
const pointers = (...args: Parameters<typeof problems>) => problems(...args).map(({ pointer }) => pointer);
const half = { numerator: 1, denominator: 2 };

describe('complete answers', () => {
  it.each(CODES)('to %s have no problem', (code) => expect(problems(code)).toEqual([]));
});

describe('what is missing', () => {
  it.each(CODES)('of %s is said at once, each field once, in plain words of both languages', (code) => {
    const type = readType(code);
    const found = validateAnswers(type, {}, { today: TODAY });
    expect(found.map(({ pointer }) => pointer).sort()).toEqual(
      (type.form.required as string[]).map((name) => `/${name}`).sort(),
    );
    for (const { sentence } of found) {
      expect(sentence?.zh).toMatch(/^请/);
      expect(sentence?.en).toMatch(/^[A-Z]/);
    }
  });

  it('is named by the field: 请填写成交价格', () => {
    expect(problems('ZY02', { priceYuan: undefined })).toMatchObject([
      {
        pointer: '/priceYuan',
        code: 'catalogue.answer_wrong',
        sentence: { zh: '请填写成交价格', en: 'Enter: price' },
      },
    ]);
  });

  it('may be an empty text, null, or a list of nobody', () => {
    expect(pointers('ZY02', { priceYuan: '', contractNo: null, buyers: [] })).toEqual([
      '/contractNo',
      '/priceYuan',
      '/buyers',
    ]);
  });

  it('is no problem of a draft, but what is filled in wrongly is', () => {
    expect(
      problems('ZY02', { priceYuan: undefined, buyers: [], statementTrue: false }, { draft: true }),
    ).toEqual([]);
    expect(pointers('ZY02', { priceYuan: '12,000', buyers: undefined }, { draft: true })).toEqual([
      '/priceYuan',
    ]);
  });
});

describe('pointers', () => {
  it('go to the very field of the very person, under the prefix asked for', () => {
    const found = problems(
      'ZY02',
      { buyers: [{ ...li, idNumber: '371581198503150025' }] },
      { prefix: '/answers' },
    );
    expect(found).toMatchObject([
      { pointer: '/answers/buyers/0/idNumber', sentence: { zh: '身份证号对不上，请对照证件再看一遍' } },
    ]);
  });

  it.each([
    ['an unknown field', { extra: 1 }, ['/extra']],
    ['an unknown field of a person', { buyers: [{ ...li, rich: true }] }, ['/buyers/0/rich']],
    ['an operator for a value', { priceYuan: { $gt: '' } }, ['/priceYuan']],
    ['a number for a text', { priceYuan: 1280000 }, ['/priceYuan']],
    ['a text for a yes', { inquiryOwnWill: 'yes' }, ['/inquiryOwnWill']],
  ])('refuse %s', (_name, change, expected) => expect(pointers('ZY02', change)).toEqual(expected));

  it('refuse a prototype key', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as Record<
      string,
      unknown
    >;
    const found = validateAnswers(
      readType('ZY02'),
      { ...GOOD_ANSWERS.ZY02, ...hostile, constructor: 1 },
      { today: TODAY },
    );
    expect(found.map(({ pointer }) => pointer)).toContain('/constructor');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['a text', 'x'],
    ['a list', []],
    ['nothing', null],
    ['a number', 5],
  ])('refuse %s for all answers', (_name, answers) => {
    expect(validateAnswers(readType('ZY02'), answers, { today: TODAY }).length).toBeGreaterThan(0);
  });
});

describe('formats', () => {
  it.each([
    ['priceYuan', '0', false],
    ['priceYuan', '0.00', false],
    ['priceYuan', '0.01', true],
    ['priceYuan', '1,280,000', false],
    ['priceYuan', '-5', false],
    ['priceYuan', '1e6', false],
    ['priceYuan', '01', false],
    ['priceYuan', '1280000.5', true],
    ['priceYuan', '1280000.555', false],
    ['priceYuan', '9999999999999', false],
    ['contractSignedOn', '2026-02-30', false],
    ['contractSignedOn', '2026-10-09', true],
    ['contractSignedOn', '2026-10-10', false],
    ['unitCode', '371502 001001 gb00001 F00010001', true],
    ['unitCode', '371502001001G800001F00010001', false],
    ['certificateNo', '鲁（2020）聊城市不动产权第0000001号', true],
    ['certificateNo', '<script>', false],
    ['contractNo', 'abc\u202ecba', false],
  ])('%s %s: %s', (field, value, right) =>
    expect(pointers('ZY02', { [field]: value })).toEqual(right ? [] : [`/${field}`]),
  );

  it.each([
    ['a rare character outside the basic plane', '𠮷野家', true],
    ['a compatibility ideograph kept as it is', '\uF9D8某', true],
    ['an interpunct', '阿布都热合曼·买买提', true],
    ['a bidi mark', '王\u202e建国', false],
    ['a zero-width space', '王\u200b建国', false],
    ['spaces alone', '   ', false],
    ['a lone surrogate', '王\ud842', false],
  ])('a name with %s: %s', (_name, name, right) => {
    expect(pointers('ZY02', { buyers: [{ ...li, name }] })).toEqual(right ? [] : ['/buyers/0/name']);
  });

  it('an organisation needs its credit code and who represents it', () => {
    expect(pointers('ZY02', { buyers: [bank] })).toEqual([]);
    expect(pointers('ZY02', { buyers: [{ ...bank, representative: undefined }] })).toEqual([
      '/buyers/0/representative',
    ]);
    expect(pointers('ZY02', { buyers: [{ ...bank, idKind: '1' }] })).toEqual([
      '/buyers/0/idNumber',
      '/buyers/0/idKind',
    ]);
    expect(pointers('ZY02', { buyers: [{ ...li, idKind: '7' }] })).toEqual([
      '/buyers/0/idNumber',
      '/buyers/0/idKind',
    ]);
  });
});

describe('rules between fields', () => {
  const share = (numerator: number, denominator: number) => ({ numerator, denominator });
  const zhang = { ...li, name: '张三', idNumber: '11010519491231002X' };

  it.each([
    ['one buyer alone', '0', [li], []],
    ['one buyer alone with the whole', '0', [{ ...li, share: share(1, 1) }], []],
    ['two buyers alone', '0', [li, zhang], ['/buyers']],
    ['two buyers jointly', '1', [li, zhang], []],
    ['two buyers jointly, one with a share', '1', [{ ...li, share: half }, zhang], ['/buyers']],
    [
      'two halves',
      '2',
      [
        { ...li, share: half },
        { ...zhang, share: half },
      ],
      [],
    ],
    [
      'a third and two thirds',
      '2',
      [
        { ...li, share: share(1, 3) },
        { ...zhang, share: share(2, 3) },
      ],
      [],
    ],
    ['one without a share', '2', [{ ...li, share: half }, zhang], ['/buyers']],
    ['one buyer by shares', '2', [{ ...li, share: share(1, 1) }], ['/buyers']],
    [
      'shares over one',
      '2',
      [
        { ...li, share: half },
        { ...zhang, share: share(2, 3) },
      ],
      ['/buyers'],
    ],
    [
      'a denominator of 0',
      '2',
      [
        { ...li, share: share(1, 0) },
        { ...zhang, share: half },
      ],
      ['/buyers/0/share/denominator', '/buyers'],
    ],
    [
      'a negative share',
      '2',
      [
        { ...li, share: share(-1, 2) },
        { ...zhang, share: share(3, 2) },
      ],
      ['/buyers/0/share/numerator'],
    ],
  ])('%s', (_name, coOwnership, buyers, expected) =>
    expect(pointers('ZY02', { coOwnership, buyers })).toEqual(expected),
  );

  it('says what the shares add up to', () => {
    const buyers = [
      { ...li, share: share(1, 2) },
      { ...zhang, share: share(2, 5) },
    ];
    expect(problems('ZY02', { coOwnership: '2', buyers })).toMatchObject([
      { sentence: { zh: '各人份额加起来是 {sum}，要正好是 1' }, params: { sum: '90%' } },
    ]);
  });

  it('adds shares exactly, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 6 }),
        fc.boolean(),
        (parts, whole) => {
          const denominator = parts.reduce((sum, part) => sum + part, whole ? 0 : 1);
          const buyers = parts.map((numerator, index) => ({
            ...li,
            idKind: '3',
            idNumber: `E1234567${index}`,
            share: share(numerator, denominator),
          }));
          expect(pointers('ZY02', { coOwnership: '2', buyers })).toEqual(whole ? [] : ['/buyers']);
        },
      ),
    );
  });

  it('one person cannot be on both sides, nor twice on one, however the number is written', () => {
    expect(pointers('ZY02', { buyers: [{ ...wang, name: '王建国二' }] })).toEqual(['/buyers/0/idNumber']);
    expect(
      pointers('ZY02', { coOwnership: '1', buyers: [li, { ...li, idNumber: '371581 19850315 0024' }] }),
    ).toEqual(['/buyers/1/idNumber']);
  });

  it.each([
    ['DY01', 'a debt that ends before it begins', { debtUntil: '2026-10-09' }, ['/debtUntil']],
    ['DY01', 'a debt of one day', { debtUntil: '2026-10-10' }, []],
    ['BG01', 'a new name equal to the old', { newName: '王建国' }, ['/newName']],
    ['BG01', 'a new name that is not given', { newName: undefined }, ['/newName']],
    [
      'BG01',
      'a new document that is not given',
      { changeKind: 'idNumber', newName: undefined },
      ['/newIdKind', '/newIdNumber'],
    ],
    [
      'BG01',
      'a new number that does not check out',
      { changeKind: 'both', newIdKind: '1', newIdNumber: '371502199003070010' },
      ['/newIdNumber'],
    ],
    ['BG01', 'a change tomorrow', { changedOn: '2026-10-10' }, ['/changedOn']],
    ['CF01', 'a seizure of more than three years', { termMonths: 37 }, ['/termMonths']],
    ['CF01', 'a seizure of no time', { termMonths: 0 }, ['/termMonths']],
    ['CF01', 'a single officer', { officers: [{ name: '孙三', cardNo: '鲁1502执001' }] }, ['/officers']],
    [
      'CF06',
      'a lifting with the number of the seizure',
      { liftDocNo: '（2026）鲁1502执123号之一' },
      ['/liftDocNo'],
    ],
    ['CF04', 'a renewal of more than three years', { termMonths: 37 }, ['/termMonths']],
    [
      'CF04',
      'a renewal with the number of the seizure',
      { renewalDocNo: '（2026）鲁1502执123号之一' },
      ['/renewalDocNo'],
    ],
    ['DY06', 'a cause that is not in the list', { cause: 'whatever' }, ['/cause']],
  ])('%s: %s', (code, _name, change, expected) => expect(pointers(code, change)).toEqual(expected));

  it('a seizure of more than three years is told what the limit is', () => {
    expect(problems('CF01', { termMonths: 37 })[0]?.sentence?.zh).toBe(
      '查封期限不能超过三年（36 个月），请按协助执行通知书改',
    );
  });
});

describe('hostile answers', () => {
  it('never throw, and never show the words of the schema library', () => {
    const type = readType('ZY02');
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys(GOOD_ANSWERS.ZY02!), 'x', '__proto__', 'toString'),
          fc.jsonValue(),
        ),
        (answers) => {
          for (const { sentence } of validateAnswers(type, answers, { today: TODAY })) {
            expect(sentence?.zh).toMatch(/\p{Script=Han}/u);
            expect(`${sentence?.zh} ${sentence?.en}`).not.toMatch(/must |undefined|\[object|should/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
