import { defineErrors } from '../../platform/errors.ts';

export const auditErrors = defineErrors({
  'audit.bad_cursor': {
    status: 400,
    zh: '这一页的位置不对，请从第一页重新看起。',
    en: 'This page position is not valid; start again from the first page.',
  },
});
