import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'supervision.other_hall': {
    status: 403,
    zh: '您只能看本大厅的办件和数字。',
    en: 'You see the cases and figures of your own hall only.',
  },
  'supervision.cursor_wrong': {
    status: 400,
    zh: '这一页的位置不对，请从第一页重新看起。',
    en: 'This page position is not valid; start again from the first page.',
  },
  'supervision.case_unknown': {
    status: 404,
    zh: '没有这个办件，请核对编号。',
    en: 'There is no such case; check its number.',
  },
  'supervision.target_unknown': {
    status: 404,
    zh: '找不到要督办的办件、大厅或人员，请重新选。',
    en: 'The case, hall or clerk of this order was not found; choose again.',
  },
  'supervision.nobody_to_answer': {
    status: 409,
    zh: '这个对象现在没有人可以回复督办单，请换一个对象。',
    en: 'Nobody there can answer a supervision order now; choose another target.',
  },
  'supervision.order_to_oneself': {
    status: 403,
    zh: '这张督办单是发给您的，您只能回复。发出、退回、办结和撤销要由另一位监督人员来做。',
    en: 'This order is addressed to you, so you can only reply. Another supervisor has to issue, return, close or withdraw it.',
  },
  'supervision.order_unknown': {
    status: 404,
    zh: '没有这张督办单，或者不是发给您的。',
    en: 'There is no such supervision order, or it was not addressed to you.',
  },
  'supervision.order_changed': {
    status: 409,
    zh: '督办单刚被别人处理过，请看过最新内容再办。',
    en: 'Somebody has just acted on this order; read it again first.',
  },
  'supervision.act_not_possible': {
    status: 409,
    zh: '督办单现在不能这样办，请看它的状态。',
    en: 'This cannot be done with the order as it stands; look at its state.',
  },
  'supervision.key_reused': {
    status: 422,
    zh: '这次提交和上一次用了同一个标识，内容却不同，请刷新页面再提交。',
    en: 'The same request key came with other content; reload the page and submit again.',
  },
  'supervision.limit_past_law': {
    status: 400,
    zh: '这个时限比法定期限还长，请填短一些的。',
    en: 'This limit is longer than the law allows; choose a shorter one.',
  },
  'supervision.period_wrong': {
    status: 400,
    zh: '结束时间早于开始时间，或超过 36 个月，请重新选时间。',
    en: 'The period ends before it begins, or is longer than 36 months; choose another.',
  },
  'supervision.clerks_of_all_types': {
    status: 400,
    zh: '人员的数字不分业务类型统计，请去掉业务类型再看。',
    en: 'Figures of clerks are not kept by type; leave the type out.',
  },
});
