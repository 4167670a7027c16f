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
  'register.certificateNoInvalid': {
    status: 422,
    zh: '证号的格式不对。例：鲁(2026)聊城市不动产权第0000001号，括号全角半角都行。',
    en: 'This is not a certificate number. Example: 鲁(2026)聊城市不动产权第0000001号.',
  },
});
