import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldDoor,
  foldNumerals,
  foldPlace,
  plainAddress,
  segmentsOf,
  splitAddress,
} from '../../../backend/modules/register/addresses/fold-address.ts';
import { listedAddress } from '../../../backend/modules/register/addresses/list-address.ts';
import { placePattern } from '../../../backend/modules/register/addresses/place-pattern.ts';
import { placeTokens } from '../../../backend/modules/register/addresses/place-tokens.ts';

const parts = (text: string) => {
  const { place, door } = splitAddress(plainAddress(text));
  return [foldPlace(place), foldDoor(door)];
};

describe('one address in many writings', () => {
  it.each([
    '湖滨路88号望湖苑6号楼2单元1102',
    '山东省聊城市湖滨路88号望湖苑6号楼2单元1102室',
    '聊城市湖滨路88号望湖苑6号楼2-1102',
    '湖滨路８８号望湖苑６号楼２单元１１０２',
    '湖滨路 88 号 望湖苑 6 号楼 2 单元 1102 室',
    '湖滨路八十八号望湖苑六号楼二单元1102',
    '湖滨路88号望湖苑6栋2单元11层1102',
    '湖滨路88号望湖苑6幢2单元11楼1102户',
    '湖滨路88号望湖苑（6＃）2单元1102',
    '湖滨路88号望湖苑6#楼2单元1102',
    '湖滨路88号望湖苑6-2-1102',
    '湖滨路88号望湖苑6－2－1102',
    '湖滨路88号望湖苑6 2 1102',
    '湖滨路88号，望湖苑，6号楼，2单元，1102号',
    '湖滨路88号望湖苑06号楼02单元1102',
  ])('%s', (text) => {
    expect(parts(text)).toEqual(['湖滨路88#望湖苑6#', '2-1102']);
  });
});

describe('where an address is cut', () => {
  it.each([
    ['湖滨路88号望湖苑A座1201', '湖滨路88#望湖苑A#', '1201'],
    ['湖滨路88号望湖苑a座12层1201室', '湖滨路88#望湖苑A#', '1201'],
    ['柳园南路39号柳园小区7号楼1单元1层2号商铺', '柳园南路39#柳园小区7#', '1-1-2'],
    ['望湖苑6号楼地下车库012号车位', '望湖苑6#', '地下车库12'],
    ['道口铺街道李庄村12号', '道口铺街道李庄村12#', ''],
    ['湖滨路88-3号', '湖滨路88-3#', ''],
    ['湖滨路88号1102室', '湖滨路88#', '1102'],
    ['八一路三里铺十字街二号', '81路3里铺10字街2#', ''],
    ['百货大楼', '百货大楼', ''],
    ['江北水城一期二期5号楼东单元301', '江北水城1期2期5#', '东-301'],
    ['3号院2号楼101', '3#院2#', '101'],
    ['𠅤台路1号', '𠅤台路1#', ''],
  ])('%s', (text, place, door) => {
    expect(parts(text)).toEqual([place, door]);
  });
});

describe('numerals', () => {
  it.each([
    ['十', '10'],
    ['十二', '12'],
    ['二十', '20'],
    ['二十三', '23'],
    ['一百', '100'],
    ['一百零二', '102'],
    ['一百一十二', '112'],
    ['一〇二', '102'],
    ['一二三', '123'],
    ['百', '百'],
    ['三百六十五', '365'],
  ])('%s is %s', (han, arabic) => expect(foldNumerals(han)).toBe(arabic));
});

describe('what is looked for', () => {
  it('is cut where people leave out: after a street and after a number', () => {
    expect(segmentsOf('东昌路望湖苑6#')).toEqual(['东昌路', '望湖苑6#']);
    expect(segmentsOf('新纺街坊3#')).toEqual(['新纺街坊3#']);
    expect(segmentsOf('柳园街道望湖苑')).toEqual(['柳园街道', '望湖苑']);
  });

  it.each([
    [
      '东昌路望湖苑6#',
      { district: null, token: '望湖苑6#', others: ['东昌路'], patterns: ['东昌路.*望湖苑6#'], exact: false },
    ],
    [
      '东昌府区望湖苑',
      { district: '371502', token: '望湖苑', others: [], patterns: ['望湖苑'], exact: true },
    ],
    [
      '望湖苑|湖滨路',
      { district: null, token: '湖滨路', others: ['望湖苑'], patterns: ['望湖苑', '湖滨路'], exact: false },
    ],
    [
      '茌平铝城小区',
      { district: null, token: '铝城小区', others: [], patterns: ['茌平.*铝城小区'], exact: false },
    ],
    ['望湖苑八十', { district: null, token: '望湖苑8', others: [], patterns: ['望湖苑8'], exact: true }],
    // Neither a part of a district's name nor a number that may be the end of a longer one leads to anything by itself.
    ['观湖苑|8#', { district: null, token: '观湖苑', others: [], patterns: ['观湖苑', '8#'], exact: false }],
    [
      '观湖苑|东昌府',
      { district: null, token: '观湖苑', others: [], patterns: ['观湖苑', '东昌府'], exact: false },
    ],
    ['', null],
    ['湖', null],
    ['东昌府区', null],
    ['###', null],
    ['-6', null],
  ])('%s', (place, pattern) => expect(placePattern(place)).toEqual(pattern));

  it('has nothing in it that a pattern could take for more than a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const pattern = placePattern(splitAddress(plainAddress(text, { words: true })).place);
        for (const one of pattern?.patterns ?? []) {
          expect(one).toMatch(/^(?:[\p{Script=Han}〇0-9A-Z]|[#-]|\.\*)*\$?$/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the prefix of a token wherever in a place it begins', () => {
    const place = listedAddress('东昌府区湖滨路88号望湖苑16号楼2单元1102', '371502').building._id;
    const tokens = placeTokens(place, '东昌府区');
    const rest = [...place.slice('东昌府区'.length)];
    for (let from = 0; from < rest.length - 1; from += 1) {
      const typed = rest.slice(from).join('');
      if (/^[#]/.test(typed) || (/^[0-9]/.test(rest[from]!) && /[0-9]/.test(rest[from - 1] ?? ''))) continue;
      for (let to = 2; to <= [...typed].length; to += 1) {
        const pattern = placePattern([...typed].slice(0, to).join(''))!;
        expect(
          tokens.some((token) => token.startsWith(pattern.token)),
          typed.slice(0, to),
        ).toBe(true);
        expect(place).toMatch(new RegExp(pattern.patterns.map((one) => `(?=.*${one})`).join(''), 'u'));
      }
    }
  });
});

describe('speed', () => {
  it.each([
    ['digits', '1'.repeat(10_000)],
    ['numerals', '十'.repeat(10_000)],
    ['hyphens', '1-'.repeat(5_000)],
    ['units', '1单元'.repeat(3_000)],
    ['buildings', '6号楼'.repeat(3_000)],
    ['streets', '路'.repeat(10_000)],
    ['spaces', ' '.repeat(10_000)],
    ['spaces between words', '湖 '.repeat(5_000)],
    ['floors', `6号楼${'1层'.repeat(3_000)}`],
  ])('%s by the ten thousand take no time to speak of', (_, text) => {
    const from = performance.now();
    const { place, door } = splitAddress(plainAddress(text, { words: true }));
    placePattern(place);
    foldDoor(door);
    // Backtracking would take minutes, on a busy machine as well; the route lets a hundred characters in at most.
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});
