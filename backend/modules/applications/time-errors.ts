import { defineErrors } from '../../platform/errors.ts';

/** What is wrong with a pause, with going on, or with a decision about a promise. */
export const timeErrors = defineErrors({
  'applications.decision_wrong': {
    status: 422,
    zh: '有 {count} 件不能这样决定，已逐件标出。没有一件被改动。',
    en: '{count} cases cannot be decided on; each is marked. Nothing was changed.',
  },
  'applications.decision_version': {
    status: 409,
    zh: '这一版承诺不是现在生效的。请看最新情况后再决定。',
    en: 'This version of the promise is not the one in force. Look at the latest state, then decide.',
  },
  'applications.decision_case_unknown': {
    status: 422,
    zh: '没有这一件，或不是这类业务。请核对编号。',
    en: 'No such case of this service. Check the number.',
  },
  'applications.decision_own_case': {
    status: 422,
    zh: '您经办这一件或是当事人，要由别人来决定。',
    en: 'You handle this case or are a party to it; somebody else must decide.',
  },
  'applications.decision_not_open': {
    status: 422,
    zh: '这一件不在办理中，不用决定。',
    en: 'This case is not under way.',
  },
  'applications.decision_not_longer': {
    status: 422,
    zh: '这一件现在的承诺不比这一版短，不用决定。',
    en: 'What this case is promised is not shorter than this version.',
  },
  'applications.pause_from_future': {
    status: 422,
    zh: '开始时间还没到。要从现在起暂停，就不用填开始时间。',
    en: 'This moment has not come yet. To pause from now on, leave it empty.',
  },
  'applications.pause_before_acceptance': {
    status: 422,
    zh: '开始时间早于受理时间；受理之前本来就不计时。',
    en: 'This is before acceptance, when no time counts anyway.',
  },
  'applications.pause_end_alone': {
    status: 422,
    zh: '填了结束时间，也要填开始时间。',
    en: 'An end needs a beginning: give both.',
  },
  'applications.pause_reversed': {
    status: 422,
    zh: '结束时间要晚于开始时间。',
    en: 'The end must be later than the beginning.',
  },
  'applications.pause_end_future': {
    status: 422,
    zh: '结束时间还没到。还没结束的，请填预计哪天恢复。',
    en: 'This moment has not come yet. If the pause goes on, give the day on which it should end.',
  },
  'applications.pause_request_open': {
    status: 409,
    zh: '已有一个暂停申请在等批准，批完再提。',
    en: 'A pause already waits for approval; ask again once it is decided.',
  },
  'applications.no_pause_request': {
    status: 409,
    zh: '这一件没有等批准的暂停。',
    en: 'No pause of this case waits for approval.',
  },
  'applications.pause_own': {
    status: 403,
    zh: '暂停是您申请的，或这一件由您经办，要由别人批准。',
    en: 'You asked for this pause or handle this case; somebody else must decide.',
  },
  'applications.resume_future': {
    status: 422,
    zh: '恢复时间还没到。从现在起恢复，就不用填。',
    en: 'This moment has not come yet. To go on from now, leave it empty.',
  },
  'applications.resume_before_pause': {
    status: 422,
    zh: '恢复时间要晚于暂停开始的时间（{from}）。',
    en: 'Work cannot go on before the pause began ({from}).',
  },
});
