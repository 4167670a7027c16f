import { defineErrors, type Problem } from '../../platform/errors.ts';
import type { CreditCodeProblem, ResidentIdProblem } from './identity-numbers.ts';
import type { NameProblem } from './names.ts';
import type { PasswordProblem } from './password-policy.ts';

/** Refusals of accounts. Those of status 422 under "fields" appear as details beside a field. */
export const accountErrors = defineErrors({
  'accounts.invalid_fields': {
    status: 422,
    zh: '有几项需要改一下，请看每一项旁边的说明。',
    en: 'Some items need changing; see the note beside each.',
  },

  // fields
  'accounts.name_empty': {
    status: 422,
    zh: '请填写姓名，和证件上一样。',
    en: 'Enter the name as on the identity document.',
  },
  'accounts.name_too_long': {
    status: 422,
    zh: '姓名最多 100 个字。',
    en: 'A name has at most 100 characters.',
  },
  'accounts.name_characters': {
    status: 422,
    zh: '姓名里有看不见的字符，请删掉后重新输入。',
    en: 'The name contains invisible characters; delete them and type it again.',
  },
  'accounts.id_length': {
    status: 422,
    zh: '身份证号应为 18 位，请再数一遍。',
    en: 'An ID number has 18 characters; count them again.',
  },
  'accounts.id_legacy': {
    status: 422,
    zh: '这是 15 位的旧号码，请填现在身份证上的 18 位号码。',
    en: 'This is an old 15-digit number; enter the 18 characters of the current card.',
  },
  'accounts.id_characters': {
    status: 422,
    zh: '身份证号只有数字，最后一位可以是 X。请对照证件再看一遍。',
    en: 'An ID number has digits only; the last character may be X. Compare it with the card.',
  },
  'accounts.id_province': {
    status: 422,
    zh: '身份证号前两位不是地区代码，请对照证件再看一遍。',
    en: 'The first two digits are no region code; compare them with the card.',
  },
  'accounts.id_birth_date': {
    status: 422,
    zh: '身份证号第 7 到 14 位不是出生日期，请对照证件再看一遍。',
    en: 'Digits 7 to 14 are no date of birth; compare them with the card.',
  },
  'accounts.id_check_digit': {
    status: 422,
    zh: '身份证号最后一位对不上，请对照证件再看一遍。',
    en: 'The last character of the ID number does not fit; compare it with the card.',
  },
  'accounts.credit_code_length': {
    status: 422,
    zh: '统一社会信用代码应为 18 位，请再数一遍。',
    en: 'A unified social credit code has 18 characters; count them again.',
  },
  'accounts.credit_code_characters': {
    status: 422,
    zh: '统一社会信用代码只有数字和大写字母，没有 I、O、S、V、Z。请对照营业执照再看一遍。',
    en: 'A credit code has digits and capital letters without I, O, S, V and Z. Compare it with the licence.',
  },
  'accounts.credit_code_check_digit': {
    status: 422,
    zh: '统一社会信用代码最后一位对不上，请对照营业执照再看一遍。',
    en: 'The last character of the credit code does not fit; compare it with the licence.',
  },
  'accounts.phone_format': {
    status: 422,
    zh: '手机号应为 11 位，以 13 到 19 开头。',
    en: 'A mobile number has 11 digits and begins with 13 to 19.',
  },
  'accounts.login_name_format': {
    status: 422,
    zh: '登录名用 4 到 32 个小写字母、数字、点、横线，以字母开头。',
    en: 'A login name is 4 to 32 lower-case letters, digits, dots or dashes, beginning with a letter.',
  },
  'accounts.login_name_taken': {
    status: 422,
    zh: '这个登录名已经有人用了，请换一个。',
    en: 'This login name is taken; choose another.',
  },
  'accounts.password_too_short': {
    status: 422,
    zh: '密码至少 8 个字符，可以是一句话。',
    en: 'A password has at least 8 characters; a sentence is fine.',
  },
  'accounts.password_too_long': {
    status: 422,
    zh: '密码最多 128 个字符。',
    en: 'A password has at most 128 characters.',
  },
  'accounts.password_common': {
    status: 422,
    zh: '这个密码太常见，别人很容易猜到，请换一个。',
    en: 'This password is among the commonest and easily guessed; choose another.',
  },
  'accounts.password_personal': {
    status: 422,
    zh: '密码不要用姓名、生日、手机号、证件号或本站名称，请换一个。',
    en: 'Do not build the password from a name, birthday, phone, ID number or the name of this site; choose another.',
  },
  'accounts.password_characters': {
    status: 422,
    zh: '密码里有无法保存的字符，请重新输入。',
    en: 'The password contains a character that cannot be stored; type it again.',
  },
  'accounts.password_same': {
    status: 422,
    zh: '新密码和现在的一样，请换一个。',
    en: 'The new password equals the current one; choose another.',
  },
  'accounts.password_wrong': {
    status: 422,
    zh: '密码不对，请再输一次。',
    en: 'The password is not right; type it again.',
  },
  'accounts.totp_wrong': {
    status: 422,
    zh: '验证码不对或已用过。请等验证器显示下一个再输。',
    en: 'The code is not right or was used already. Wait for the next one in the authenticator.',
  },
  'accounts.privacy_notice': {
    status: 422,
    zh: '请先看过并同意隐私说明。',
    en: 'Read the privacy notice and agree to it first.',
  },

  // sign-up
  'accounts.may_exist': {
    status: 409,
    zh: '这个身份证号可能已经注册过。请直接登录；忘了密码，或不是您本人注册的，请带身份证到任一登记大厅的受理窗口，当场可以找回。',
    en: 'An account with this ID number may exist. Sign in; if the password is forgotten, or it was not you who signed up, bring your ID card to the acceptance window of any registration hall, where it is recovered at once.',
  },
  'accounts.organisation_may_exist': {
    status: 409,
    zh: '这个单位可能已经注册过。请找本单位的账号管理员邀请您，或带营业执照（机关带统一社会信用代码证书）到登记大厅的受理窗口。',
    en: 'This organisation may have signed up already. Ask its account administrator to invite you, or bring the licence (an organ its credit code certificate) to the acceptance window of a registration hall.',
  },
  'accounts.member_exists': {
    status: 409,
    zh: '这个人在本单位已经有账号。',
    en: 'This person has an account in the organisation already.',
  },
  'accounts.staff_exists': {
    status: 409,
    zh: '这个身份证号已经有工作人员账号，一个人只能有一个。',
    en: 'This ID number has a staff account already; a person has one at most.',
  },

  // sign-in
  'accounts.sign_in_failed': {
    status: 401,
    zh: '账号或密码不对，请再输一次。几个人共用一个手机号的，请用身份证号登录。忘了密码可带身份证到登记大厅找回。',
    en: 'The account or the password is not right. If several people share a phone number, sign in with the ID number. A forgotten password is recovered at a registration hall with the ID card.',
  },
  'accounts.sign_in_throttled': {
    status: 429,
    zh: '试的次数太多，请 {seconds} 秒后再试。您以前登录过的设备不受影响。',
    en: 'Too many attempts. Try again in {seconds} seconds. Devices that signed in before are not affected.',
  },
  'accounts.second_factor_not_expected': {
    status: 401,
    zh: '请先用账号和密码登录，再输验证码。',
    en: 'Sign in with the password first, then enter the code.',
  },
  'accounts.ticket_invalid': {
    status: 404,
    zh: '这个链接或找回码不对、已用过或已过期。请找发给您的人重新发一个。',
    en: 'This link or recovery code is not right, was used or has expired. Ask for a new one where you got it.',
  },

  // may not act yet
  'accounts.name_not_verified': {
    status: 403,
    zh: '这一步要先核验实名。请带身份证到任一登记大厅的受理窗口，出示“我的”里的核验码，当场办好。',
    en: 'This step needs a verified name. Bring your ID card to the acceptance window of any registration hall and show the code from your account page; it is done at once.',
  },
  'accounts.organisation_not_confirmed': {
    status: 403,
    zh: '您的单位还在等登记机构确认，确认后才能办理。可拨打 12345 询问进度。',
    en: 'Your organisation waits for confirmation by the registration office and may act after it. Call 12345 to ask how far it is.',
  },
  'accounts.fresh_factor_needed': {
    status: 403,
    zh: '这一步要再确认一次是您本人，还没有办。请再按一次，输入验证码或密码。',
    en: 'This step asks once more that it is you, and is not done yet. Press again and enter the code or the password.',
  },

  // administration
  'accounts.not_found': { status: 404, zh: '没有找到这个账号。', en: 'There is no such account.' },
  'accounts.organisation_not_found': {
    status: 404,
    zh: '没有找到这个单位。',
    en: 'There is no such organisation.',
  },
  'accounts.changed_meanwhile': {
    status: 409,
    zh: '别人刚改过这一条，请刷新看过再改。',
    en: 'Someone has just changed this; reload, look, and change it again.',
  },
  'accounts.not_other': {
    status: 409,
    zh: '只有登记为“其他单位”的，才能改为国家机关。请刷新后再看。',
    en: 'Only what is here as an “other organisation” can be made a state organ. Reload and look again.',
  },
  'accounts.own_account': {
    status: 403,
    zh: '不能对自己的账号做这件事，请另一位管理员来做。',
    en: 'Not on your own account; ask another administrator.',
  },
  'accounts.roles_conflict': {
    status: 422,
    zh: '管理员、监督员不能同时办件，请只选这一个角色。',
    en: 'Administrators and supervisors do not act on cases; choose that role alone.',
  },
  'accounts.wrong_status': {
    status: 409,
    zh: '账号现在的状态不能做这一步，请刷新后再看。',
    en: 'The account is not in a state for this; reload and look again.',
  },

  // counter
  'accounts.own_identity': {
    status: 403,
    zh: '不能核验自己的身份，请另一位工作人员来办。',
    en: 'You cannot confirm your own identity; ask a colleague.',
  },
  'accounts.no_account_for_id': {
    status: 404,
    zh: '这个身份证号还没有账号。请当事人先在网上注册。',
    en: 'There is no account with this ID number. The person signs up online first.',
  },
  'accounts.counter_code_wrong': {
    status: 422,
    zh: '核验码不对或已过期。请当事人在“我的”里重新取一个；登录不了的，可改为“找回账号”。',
    en: 'The code is not right or has expired. The person takes a new one from the account page; who cannot sign in chooses recovery instead.',
  },
});

const RESIDENT_ID = {
  length: 'accounts.id_length',
  legacy: 'accounts.id_legacy',
  characters: 'accounts.id_characters',
  province: 'accounts.id_province',
  birthDate: 'accounts.id_birth_date',
  checkDigit: 'accounts.id_check_digit',
} as const satisfies Record<ResidentIdProblem, keyof typeof accountErrors.table>;

const CREDIT_CODE = {
  length: 'accounts.credit_code_length',
  characters: 'accounts.credit_code_characters',
  checkDigit: 'accounts.credit_code_check_digit',
} as const satisfies Record<CreditCodeProblem, keyof typeof accountErrors.table>;

const NAME = {
  empty: 'accounts.name_empty',
  tooLong: 'accounts.name_too_long',
  characters: 'accounts.name_characters',
} as const satisfies Record<NameProblem, keyof typeof accountErrors.table>;

const PASSWORD = {
  tooShort: 'accounts.password_too_short',
  tooLong: 'accounts.password_too_long',
  common: 'accounts.password_common',
  personal: 'accounts.password_personal',
  characters: 'accounts.password_characters',
} as const satisfies Record<PasswordProblem, keyof typeof accountErrors.table>;

export const codeOf = {
  residentId: (problem: ResidentIdProblem) => RESIDENT_ID[problem],
  creditCode: (problem: CreditCodeProblem) => CREDIT_CODE[problem],
  name: (problem: NameProblem) => NAME[problem],
  password: (problem: PasswordProblem) => PASSWORD[problem],
};

/** Throws when there is at least one problem, with all of them. */
export function failOnProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) accountErrors.fail('accounts.invalid_fields', {}, problems);
}
