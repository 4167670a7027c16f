import { defineErrors } from '../../platform/errors.ts';

export const notificationErrors = defineErrors({
  'notifications.not_found': {
    status: 404,
    zh: '没有找到这条消息，它可能已被清理。',
    en: 'This message was not found; it may have been cleared away.',
  },
  'notifications.bad_cursor': {
    status: 400,
    zh: '这一页的位置不对，请从第一页重新看起。',
    en: 'This page position is not valid; start again from the first page.',
  },
  'notifications.email_unavailable': {
    status: 409,
    zh: '本站还没有开通邮件提醒，消息都在站内信里。',
    en: 'E-mail is not set up here; every message is in the inbox.',
  },
  'notifications.email_not_sent': {
    status: 502,
    zh: '验证码没有发出去。请核对邮箱，过几分钟再试。',
    en: 'The code could not be sent. Check the address and try again in a few minutes.',
  },
  'notifications.email_code_wrong': {
    status: 422,
    zh: '验证码不对或已过期。请再看一遍邮件，或重新发送。',
    en: 'The code is wrong or has expired. Look at the e-mail again, or ask for a new one.',
  },
});
