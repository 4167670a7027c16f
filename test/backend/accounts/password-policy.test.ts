import { describe, expect, it } from 'vitest';
import common from '../../../backend/modules/accounts/common-passwords.json' with { type: 'json' };
import { findPasswordProblem } from '../../../backend/modules/accounts/password-policy.ts';

const context = { name: '赵明远', idNumber: '371502199003070019', phone: '13800001234', loginName: 'zhaomy' };

describe('passwords', () => {
  it.each([
    ['a sentence', '湖心岛上看荷花'.padEnd(8, '。')],
    ['letters only', 'correcthorsebattery'],
    ['digits only, if not obvious', '4910268357'],
    ['emoji', '🦊🌊🏯🚲🌾🍑🧧🐟'],
    ['spaces within and around', ' wind over lake '],
    ['8 code points', 'kq7vmx2h'],
    ['128 code points outside the basic plane', '𠮷田'.repeat(64).replace(/田$/, '野')],
    ['a known word with enough beside it', 'zhaomy likes lotus'],
  ])('accepts %s', (_case, password) => expect(findPasswordProblem(password, context)).toBeNull());

  it.each([
    ['7 characters', 'kq7vmx2', 'tooShort'],
    ['7 characters of two code units each', '𠮷'.repeat(7), 'tooShort'],
    ['129 characters', 'kq7vmx2h'.repeat(17).slice(0, 129), 'tooLong'],
    ['a common one', 'password1', 'common'],
    ['a common one in capitals', 'PASSWORD1', 'common'],
    ['one common in China', 'woaini1314', 'common'],
    ['one character repeated', '哈哈哈哈哈哈哈哈', 'common'],
    ['a run of digits', '23456789', 'common'],
    ['a run backwards', 'hgfedcba', 'common'],
    ['the ID number', '371502199003070019', 'personal'],
    ['the ID number with an end', '371502199003070019aa', 'personal'],
    ['the birthday with an initial', 'zhao19900307', 'personal'],
    ['the phone number', '13800001234', 'personal'],
    ['the login name with digits', 'Zhaomy2026', 'personal'],
    ['the name with digits', '赵明远19900307', 'personal'],
    ['the service', 'liaocheng123', 'personal'],
    ['a lone surrogate', 'kq7vmx2h\ud842', 'characters'],
  ])('refuses %s', (_case, password, problem) => {
    expect(findPasswordProblem(password, context)).toBe(problem);
  });

  it('refuses each of 5,000 common ones in any case', () => {
    const list = common.passwords.split(' ');
    expect(list.length).toBeGreaterThan(5000);
    for (const password of list) expect(findPasswordProblem(password.toUpperCase())).toBe('common');
  });
});
