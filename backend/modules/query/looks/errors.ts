import { defineErrors } from '../../../platform/errors.ts';

export const errors = defineErrors({
  'query.look_unknown': {
    status: 404,
    zh: '没有找到这条查看记录，请从“谁查过我”里重新选。',
    en: 'There is no such look; choose it again from the list of who looked at you.',
  },
  'query.look_is_own': {
    status: 409,
    zh: '这是您自己的查看，不用反映。',
    en: 'This look was your own; there is nothing to complain of.',
  },
  'query.look_complained': {
    status: 409,
    zh: '这条记录您已经反映并补充过，或者已经答复了。还有要说的，请打 12345。',
    en: 'You have complained of this look and added to it, or it was answered already. To say more, call 12345.',
  },
  'query.complaint_unknown': {
    status: 404,
    zh: '没有找到这件反映，或者应由别的监督人员处理。',
    en: 'There is no such complaint, or another supervisor has to deal with it.',
  },
  'query.complaint_changed': {
    status: 409,
    zh: '这件反映刚刚有人处理过，请刷新后再看。',
    en: 'Somebody has just dealt with this complaint; reload it.',
  },
  'query.delay_unknown': {
    status: 404,
    zh: '没有找到这件暂缓告知，请从清单里重新选。',
    en: 'There is no such delay of notice; choose it again from the list.',
  },
  'query.delay_changed': {
    status: 409,
    zh: '这件暂缓告知刚刚有人处理过，请刷新后再看。',
    en: 'Somebody has just dealt with this delay; reload it.',
  },
  'query.delay_needs_another': {
    status: 403,
    zh: '暂缓告知要由另一位领导决定，提出的人不能自己批准。',
    en: 'Another leader has to decide; whoever asked for the delay cannot.',
  },
  'query.delay_own_person': {
    status: 403,
    zh: '涉及您本人的暂缓告知，请交给其他人办理。',
    en: 'This concerns yourself; somebody else has to deal with it.',
  },
  'query.delay_person': {
    status: 400,
    zh: '证件号码对不上，请对照公函再看一遍。',
    en: 'The ID number is not right; compare it with the written request.',
  },
  'query.delay_organ': {
    status: 400,
    zh: '没有这个机关的账号，或者它没有登记为国家机关、还没有确认、已经停用。请核对统一社会信用代码；登记成“其他单位”的，请管理员先改为国家机关；没有确认或者停用的，请管理员先确认、恢复。',
    en: 'No state organ has an account in use under this credit code; check it. One that is here as an “other organisation” is first made an organ by an administrator, and one that is not confirmed yet or was closed is first confirmed or opened again.',
  },
  'query.delay_too_long': {
    status: 400,
    zh: '暂缓告知要在今天之后、{days} 天之内结束；还需要的，到期前重新提出。',
    en: 'A delay ends after today and within {days} days; if more is needed, ask again before it ends.',
  },
});
