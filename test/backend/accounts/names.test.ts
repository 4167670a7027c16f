import { describe, expect, it } from 'vitest';
import { checkName, nameKey } from '../../../backend/modules/accounts/names.ts';

describe('legal names', () => {
  it.each([
    ['an everyday name', '赵明远'],
    ['a single character', '张'],
    ['CJK extension A', '㛃'],
    ['CJK extension B', '𠮷田'],
    ['CJK extension E', '王𬱖'],
    ['CJK extension G', '𰻞面'],
    ['a compatibility ideograph, which NFC would rewrite', '\uF9D8'],
    ['a compatibility supplement ideograph', '\u{2F80A}'],
    ['an ideographic variation sequence', '葛\u{E0100}城'],
    ['private use of the old GB 18030 mapping', '王\uE863'],
    ['the interpunct of minority names', '买买提·吐尔逊'],
    ['another dot in its place', '买买提•吐尔逊'],
    ['a foreign name with a space', 'José Müller'],
    ['Tibetan', 'བསྟན་འཛིན'],
    ['Uyghur', 'ئابدۇللا'],
    ['100 code points outside the basic plane', '𠮷'.repeat(100)],
  ])('keeps %s exactly', (_case, name) => {
    expect(checkName(name)).toEqual({ valid: true, exact: name });
  });

  it('drops spaces around, of both widths', () => {
    expect(checkName(' \u3000赵 明远\u3000 ')).toEqual({ valid: true, exact: '赵 明远' });
  });

  it.each([
    ['nothing', '', 'empty'],
    ['spaces only', ' \u3000 ', 'empty'],
    ['101 code points', '赵'.repeat(101), 'tooLong'],
    ['a zero-width space', '赵\u200b明', 'characters'],
    ['a zero-width joiner', '赵\u200d明', 'characters'],
    ['a right-to-left override', '赵\u202e明', 'characters'],
    ['an isolate', '赵\u2066明', 'characters'],
    ['a byte order mark', '\ufeff赵明', 'characters'],
    ['a soft hyphen', '赵\u00ad明', 'characters'],
    ['a line break', '赵\n明', 'characters'],
    ['a NUL', '赵\0明', 'characters'],
    ['a line separator', '赵\u2028明', 'characters'],
    ['a lone surrogate', '赵\ud842', 'characters'],
    ['the replacement character', '赵\ufffd', 'characters'],
    ['a noncharacter', '赵\uffff', 'characters'],
    ['marks alone', '\u0301\u0301', 'characters'],
    ['punctuation alone', '···', 'characters'],
  ])('refuses %s', (_case, name, problem) => {
    expect(checkName(name)).toEqual({ valid: false, problem });
  });
});

describe('the search key of a name', () => {
  it.each([
    ['compatibility ideographs', '\uF9D8', '\u5F8B'],
    ['the dots of an interpunct', '买买提•吐尔逊', '买买提·吐尔逊'],
    ['width and case', 'ＪＯＨＮ', 'john'],
    ['spaces', '赵 明\u3000远', '赵明远'],
    ['variation selectors', '葛\u{E0100}', '葛'],
  ])('folds %s', (_case, one, other) => expect(nameKey(one)).toBe(nameKey(other)));

  it('keeps different names apart', () => expect(nameKey('赵明远')).not.toBe(nameKey('赵明元')));
});
