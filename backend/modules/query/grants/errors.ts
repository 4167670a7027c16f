import { defineErrors } from '../../../platform/errors.ts';

export const errors = defineErrors({
  'query.grant_unknown': {
    status: 404,
    zh: '没有找到这份授权，请从这套房子的页面里重新选。',
    en: 'There is no such permission; choose it again on the page of the property.',
  },
  'query.grant_unavailable': {
    status: 404,
    zh: '这个授权不能用：可能已经到期、用完、被收回，或者地址不完整。请让房主重新给您。',
    en: 'This permission cannot be used: it may have ended, been used up or taken back, or the address is incomplete. Ask the owner for a new one.',
  },
  'query.too_many_grants': {
    status: 409,
    zh: '这套房子已有 {count} 份有效的授权。请先收回不用的，再给新的。',
    en: 'There are {count} permissions for this property already. Take back those that are not needed first.',
  },
  'query.key_reused': {
    status: 409,
    zh: '同一个请求编号已用于另一份授权，请刷新页面再试。',
    en: 'This request key was used for another permission; reload the page and try again.',
  },
});
