import { describe, expect, it } from 'vitest';
import {
  checkUnitCode,
  foldUnitCode,
  groupUnitCode,
  parseUnitCode,
} from '../../../backend/modules/register/unit-code.ts';
import {
  foldCertificateNo,
  foldEarlierNumber,
  formatCertificateNo,
  parseCertificateNo,
} from '../../../backend/modules/register/certificate-number.ts';

describe('a unit code', () => {
  it('is taken apart by GB/T 37346-2019', () => {
    expect(parseUnitCode('371502001001GB00001F00010001')).toEqual({
      district: '371502',
      cadastralDistrict: '001',
      cadastralSubdistrict: '001',
      parcelKind: 'GB',
      parcelNo: '00001',
      fixtureKind: 'F',
      fixtureNo: '00010001',
    });
  });

  it('is printed in its groups', () => {
    expect(groupUnitCode('371502001001GB00001F00010001')).toBe('371502 001001 GB00001 F00010001');
  });

  it.each([
    ['３７１５０２００１００１ＧＢ００００１Ｆ０００１０００１', 'full-width'],
    ['371502 001001 gb00001 f00010001', 'spaces and lower case'],
    ['371502-001001-GB00001-F00010001', 'hyphens'],
  ])('folds %s (%s)', (input) => {
    expect(foldUnitCode(input)).toBe('371502001001GB00001F00010001');
  });

  it.each([
    ['371502001001GB00001F00010001', null],
    ['371502001001GB00001W00000000', null],
    ['371523001001GB00001F00010001', null],
    ['371502001001GB00001F0001000', 'length'],
    ['440113013008G800003F00230055', 'pattern'],
    ['371502001001GO00001F00010001', 'parcelKind'],
    ['371502001001GB00001W00010001', 'emptyFixture'],
    ['371502001001GB00001F00000000', 'emptyFixture'],
    ['360731012016GB00903F00020232', 'elsewhere'],
  ])('%s: %s', (code, problem) => {
    expect(checkUnitCode(code)).toBe(problem);
  });
});

describe('a certificate number', () => {
  it('is written as the Ministry prescribes', () => {
    expect(formatCertificateNo('title', 2026, 1)).toBe('鲁(2026)聊城市不动产权第0000001号');
    expect(formatCertificateNo('certification', 2026, 42)).toBe('鲁(2026)聊城市不动产证明第0000042号');
  });

  it.each([
    '鲁（2021）聊城市不动产权第0018342号',
    '鲁〔2021〕聊城市不动产权第0018342号',
    '鲁[2021]聊城市不动产权第００１８３４２号',
    ' 鲁 (2021) 聊城市 不动产权 第 0018342 号 ',
    '鲁(2021)聊城市不动产权0018342',
  ])('is read from %s', (input) => {
    expect(foldCertificateNo(input)).toBe('鲁(2021)聊城市不动产权第0018342号');
  });

  it.each([
    '',
    '0018342',
    '鲁(21)聊城市不动产权第0018342号',
    '鲁(2021)聊城市不动产权第18342号',
    'x'.repeat(80),
  ])('is not %j', (input) => {
    expect(foldCertificateNo(input)).toBeNull();
  });

  it.each<[string, string | null]>([
    ['聊房权证开发区字第0112345678号', '聊房权证开发区字第0112345678号'],
    [' 聊房权证开发区字 ０１１２３４５６７８ ', '聊房权证开发区字第0112345678号'],
    ['房权证聊字第2010012345号', '房权证聊字第2010012345号'],
    ['聊国用（2012）第123号', '聊国用(2012)第123号'],
    ['聊国用〔2012〕字第123号', '聊国用(2012)字第123号'],
    ['东昌府区集用(2009)第a12-3号', '东昌府区集用(2009)第A12-3号'],
    ['聊房他证字第0099号', '聊房他证字第0099号'],
    ['聊房权证', null],
    ['0112345678', null],
    ['粤(2021)广州市不动产权第0018342号', null],
    ['聊城市第0112345678号', null],
  ])('条例33: the earlier number %s is read as %s', (input, expected) => {
    expect(foldEarlierNumber(input)).toBe(expected);
  });

  it('tells its parts', () => {
    expect(parseCertificateNo('鲁(2020)聊城市不动产证明第0000007号')).toEqual({
      province: '鲁',
      year: 2020,
      place: '聊城市',
      kind: 'certification',
      serial: 7,
    });
  });
});
