import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  overOrUnder,
  parseShare,
  showShare,
} from '../../../frontend/features/applications/fields/fraction.ts';
import {
  faultOfCreditCode,
  faultOfResidentId,
  faultOfUnitCode,
} from '../../../frontend/features/applications/fields/identity-check.ts';
import {
  groupIdNumber,
  groupUnitCode,
  tidyCertificateNo,
  tidyCode,
} from '../../../frontend/features/applications/fields/loose-text.ts';
import { checkField } from '../../../frontend/features/applications/form/local-check.ts';
import type { Field } from '../../../frontend/features/applications/form/form-model.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';
import { capitalYuan, formatYuan, parseFen } from '../../../frontend/features/applications/fields/money.ts';

describe('numbers that people paste', () => {
  it.each([
    ['３７１５０２ 19900307 ００１x', '37150219900307001X', 'full-width digits, spaces, lower-case x'],
    ['371502-001001-GB00001-F00010001', '371502001001GB00001F00010001', 'dashes'],
    ['\u200b138—0635 0123', '13806350123', 'invisible marks and a long dash'],
  ])('%s becomes %s (%s)', (typed, tidy) => {
    expect(tidyCode(typed)).toBe(tidy);
  });

  it('echoes a unit code in the groups of the register', () => {
    expect(groupUnitCode('371502001001gb00001f00010001')).toBe('371502 001001 GB00001 F00010001');
    expect(groupIdNumber('371502199003070018')).toBe('371502 19900307 0018');
  });

  it('takes full-width brackets in a certificate number', () => {
    expect(tidyCertificateNo('鲁（2021）聊城市不动产权第0018342号')).toBe(
      '鲁(2021)聊城市不动产权第0018342号',
    );
    expect(tidyCertificateNo('鲁〔2021〕聊城市不动产权第0018342号')).toBe(
      '鲁(2021)聊城市不动产权第0018342号',
    );
  });
});

describe('check digits', () => {
  it.each([
    ['11010519491231002X', null],
    ['440524188001010014', null],
    ['110105194912310021', 'checkDigit'],
    ['110105194913310021', 'birthday'],
    ['1101051949123100', 'length'],
    ['11010519491231O02X', 'characters'],
  ] as const)('resident id %s: %s', (code, fault) => expect(faultOfResidentId(code)).toBe(fault));

  it.each([
    ['91350100M000100Y43', null],
    ['91350100M000100Y44', 'checkDigit'],
    ['91350100I000100Y43', 'characters'],
  ] as const)('credit code %s: %s', (code, fault) => expect(faultOfCreditCode(code)).toBe(fault));

  it('knows the shape of a unit code', () => {
    expect(faultOfUnitCode('371502001001GB00001F00010001')).toBeNull();
    expect(faultOfUnitCode('371502001001GB00001F0001000')).toBe('length');
    expect(faultOfUnitCode('371502001001G100001F00010001')).toBe('characters');
  });
});

describe('money', () => {
  it.each([
    ['1,280,000.00', 128_000_000],
    ['１２８万', null],
    ['0.5', 50],
    ['12.345', null],
    ['-3', null],
    ['', null],
  ])('%s is %s fen', (typed, fen) => expect(parseFen(typed)).toBe(fen));

  it.each([
    [128_000_000, '壹佰贰拾捌万元整'],
    [128_000_050, '壹佰贰拾捌万元伍角'],
    [100_000_500, '壹佰万零伍元整'],
    [1_000_100_00, '壹佰万零壹佰元整'],
    [10_000_000_100_00, '壹佰亿零壹佰元整'],
    [16_409_02, '壹万陆仟肆佰零玖元零贰分'],
    [1_07, '壹元零柒分'],
    [50, '伍角'],
    [0, '零元整'],
    [101_001_00, '壹拾万壹仟零壹元整'],
    [107_000_53, '壹拾万柒仟元伍角叁分'],
  ])('%i fen is %s', (fen, words) => expect(capitalYuan(fen)).toBe(words));

  it('reads back what it prints', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e14 }), (fen) => parseFen(formatYuan(fen)) === fen));
  });
});

describe('shares', () => {
  it.each([
    ['50', { numerator: 1, denominator: 2 }],
    ['33.5%', { numerator: 67, denominator: 200 }],
    ['2/6', { numerator: 1, denominator: 3 }],
    ['0', null],
    ['3/2', null],
    ['abc', null],
  ])('%s', (typed, share) => expect(parseShare(typed)).toEqual(share));

  it('says by how much the whole is missed', () => {
    const shares = ['50%', '40%'].map((text) => parseShare(text)!);
    expect(overOrUnder(shares)).toEqual({ sign: -1, by: { numerator: 1, denominator: 10 } });
    expect(showShare(overOrUnder(shares).by)).toBe('10%');
  });

  it('three thirds are exactly one', () => {
    const third = parseShare('1/3')!;
    expect(overOrUnder([third, third, third]).sign).toBe(0);
    expect(showShare(third)).toBe('1/3');
  });

  it('n parts of n always fill the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 }), (parts) => {
        const denominator = parts.reduce((sum, part) => sum + part, 0);
        return overOrUnder(parts.map((numerator) => ({ numerator, denominator }))).sign === 0;
      }),
    );
  });
});

describe('an empty field', () => {
  const field = {
    key: 'idNumber',
    type: 'string',
    required: true,
    'x-label': { zh: '证件号码', en: 'Document number' },
    'x-messages': { minLength: { zh: '请把证件号码填完整', en: '' } },
  };
  it('is asked for; only a text that was begun is asked to be completed', async () => {
    await i18n.load(['applications']);
    const long = { ...field, minLength: 5 } as unknown as Field;
    expect(checkField(long, '')).toBe('请填写证件号码');
    expect(checkField(long, '37')).toBe('请把证件号码填完整');
    expect(checkField({ ...long, minLength: 1 }, '')).toBe('请把证件号码填完整');
  });
});
