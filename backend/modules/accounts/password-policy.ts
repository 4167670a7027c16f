import common from './common-passwords.json' with { type: 'json' };

/**
 * What a password must be (ASVS 5.0 6.2, trust.md S37): long enough, and not among the first that anyone would try.
 * No composition rule and no forced change: both make worse passwords. It is taken exactly as typed.
 */

export const PASSWORD_MIN_CODE_POINTS = 8;
export const PASSWORD_MAX_CODE_POINTS = 128;

export type PasswordProblem = 'tooShort' | 'tooLong' | 'common' | 'personal' | 'characters';

/** What a guesser knows about the account: name, numbers, login name. */
export interface PasswordContext {
  name?: string;
  idNumber?: string;
  phone?: string;
  loginName?: string;
}

const COMMON: ReadonlySet<string> = new Set(common.passwords.split(' '));

/** Words of the service and of the place, which every guesser tries first. */
const SERVICE_WORDS = [
  'liaocheng',
  'budongchan',
  'dengji',
  'fangchan',
  '聊城',
  '不动产',
  '登记',
  '一网通办',
  '房产',
];

/** Fewer characters than this beside the known words are no secret. */
const LEAST_OWN_CODE_POINTS = 5;

/** Null when the password may be used. */
export function findPasswordProblem(password: string, context: PasswordContext = {}): PasswordProblem | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN_CODE_POINTS) return 'tooShort';
  if (length > PASSWORD_MAX_CODE_POINTS) return 'tooLong';
  // A lone surrogate becomes U+FFFD in UTF-8: two different passwords would then be one.
  if (/\p{Cs}/u.test(password)) return 'characters';
  const folded = password.toLowerCase();
  if (COMMON.has(folded) || isTrivial(folded)) return 'common';
  return isPersonal(folded, context) ? 'personal' : null;
}

/** One or two characters repeated, or one run up or down the alphabet or the digits. */
function isTrivial(folded: string): boolean {
  const characters = [...folded];
  if (new Set(characters).size <= 2) return true;
  const steps = characters
    .slice(1)
    .map((character, i) => character.codePointAt(0)! - characters[i]!.codePointAt(0)!);
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

function isPersonal(folded: string, context: PasswordContext): boolean {
  const words = [context.name, context.loginName, ...SERVICE_WORDS, ...numberWords(context)]
    .filter((word): word is string => word !== undefined && [...word].length >= 2)
    .map((word) => word.toLowerCase())
    .sort((a, b) => b.length - a.length);
  const own = words.reduce((rest, word) => rest.split(word).join(''), folded);
  return own !== folded && [...own].length < LEAST_OWN_CODE_POINTS;
}

/** Whole numbers and the parts of them that people use: date of birth, last six and eight digits. */
function numberWords({ idNumber, phone }: PasswordContext): string[] {
  const words: string[] = [];
  if (idNumber)
    words.push(
      idNumber,
      idNumber.slice(6, 14),
      idNumber.slice(8, 14),
      idNumber.slice(-6),
      idNumber.slice(-8),
    );
  if (phone) words.push(phone, phone.slice(-8), phone.slice(-6));
  return words;
}
