import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'register.unitNotFound': {
    status: 404,
    zh: '没有找到这个不动产单元，或者您不是它的权利人。请核对单元号；需要查询他人不动产的，请使用“查询”。',
    en: 'No such unit, or it is not yours. Check the unit code; to look up a property of somebody else, use "Query".',
  },
  'register.unitCodeInvalid': {
    status: 422,
    zh: '不动产单元号应为 28 位，例如 371502 001001 GB00001 F00010001。请对照证书第一页填写。',
    en: 'A unit code has 28 characters, such as 371502 001001 GB00001 F00010001. Copy it from the certificate.',
  },
  'register.blocked': {
    status: 409,
    zh: '按登记簿现在的记载，这项申请办不了，原因见下。',
    en: 'As the register stands, this cannot be done; the reasons follow.',
  },
  'register.alreadyRecorded': {
    status: 409,
    zh: '这一件已经登簿，不用再办。请刷新页面看最新情况。',
    en: 'This case has been recorded already; nothing more is to be done. Reload the page to see its latest state.',
  },
  'register.busy': {
    status: 503,
    zh: '这个单元正在同时办理其他登记，请稍后再试。已填写的内容没有丢失。',
    en: 'Other acts are being registered on this unit at this moment. Try again shortly; nothing you entered is lost.',
  },
  'register.sharesNotOne': {
    status: 422,
    zh: '各共有人的份额加起来应当正好是 1（现在是 {sum}）。请改成分数，例如 1/2 和 1/2。',
    en: 'The shares must add up to exactly 1 (they add up to {sum}). Give them as fractions, such as 1/2 and 1/2.',
  },
  'register.objectionNotFound': {
    status: 404,
    zh: '这个单元上没有可以登记起诉的异议，可能已经注销。请刷新页面看最新情况。',
    en: 'There is no such objection to enter a suit for; it may have been cancelled. Reload the page.',
  },
  'register.suitRecorded': {
    status: 409,
    zh: '这条异议已经登记过起诉（{docNo}），不用再登记。',
    en: 'A suit is entered for this objection already ({docNo}).',
  },
  'register.suitDays': {
    status: 422,
    zh: '日期前后对不上：受理通知书的日期不能晚于提交日期，提交日期要在异议登记当天或之后，不能晚于今天。',
    en: 'The days do not fit: the notice is dated no later than it was handed in, which was on or after the day of the objection and no later than today.',
  },
  'register.suitTooLate': {
    status: 422,
    zh: '受理通知书在 {until} 以后才提交，异议登记已经失效。对权属仍有争议的，请告知当事人可以向法院申请保全。',
    en: 'The notice was handed in after {until}, when the objection had lapsed. Tell the party that the court can order preservation.',
  },
  'register.suitAfterTransfer': {
    status: 409,
    zh: '异议失效以后，房屋已经登记给别人，不能再恢复。请告知当事人可以向法院申请保全。',
    en: 'The property was registered to somebody else after the objection lapsed, so it cannot stand again. Tell the party that the court can order preservation.',
  },
  'register.addressHitGone': {
    status: 422,
    zh: '选好的地址已经过了一天，请重新查找一次地址。',
    en: 'The address was chosen more than a day ago. Please look it up again.',
  },
  'register.ownUnit': {
    status: 403,
    zh: '这个单元和您本人有关，请由其他同事办理。',
    en: 'This property concerns you yourself; a colleague has to do this.',
  },
  'register.certificateNoInvalid': {
    status: 422,
    zh: '证号的格式不对。例：鲁(2026)聊城市不动产权第0000001号，括号全角半角都行。',
    en: 'This is not a certificate number. Example: 鲁(2026)聊城市不动产权第0000001号.',
  },
});
