import { action, byMail, info, type Template } from './template.ts';

/** What the staff of the office is told about time limits (限时监督). Never by text message: there may be many in a day. */
export const supervisionTemplates = {
  'supervision.alarm': {
    kind: info,
    channels: byMail,
    params: { caseTitle: 'text', alarm: 'text', since: 'instant' },
    zh: {
      title: '时限预警',
      text: '“{caseTitle}”{alarm}（{since}）。请看卡在哪一步，由谁办。',
      action: '看这件',
    },
    en: {
      title: 'Time limit',
      text: '"{caseTitle}": {alarm} ({since}). See at which step it stands and who has it.',
      action: 'See the case',
    },
  },
  'supervision.past_days_changed': {
    kind: action,
    channels: byMail,
    params: { notice: 'text', days: 'text' },
    zh: {
      title: '工作日历改了已经过去的日子',
      text: '新发布的工作日历（{notice}）改了已经过去的 {days}，以前超期的件可能因此变成按时。请核对有没有这份通知。',
      action: '看办件',
    },
    en: {
      title: 'The working calendar changed days already past',
      text: 'A new calendar ({notice}) changes days already past: {days}. Late cases may now be on time. Please check the notice.',
      action: 'See the cases',
    },
  },
  'ledger.broken': {
    kind: action,
    channels: byMail,
    params: { since: 'instant' },
    zh: {
      title: '登记簿日志被改动',
      text: '{since} 发现登记簿日志和签过的检查点对不上，已停止签发新的检查点。登记照常办理。请保留现场，请技术人员马上核对。',
      action: '看日志',
    },
    en: {
      title: 'The register’s log was altered',
      text: 'On {since} the register’s log was found not to be what was signed; nothing is signed any more. Registration goes on. Keep everything as it is and have it examined at once.',
      action: 'See the log',
    },
  },
  'ledger.mended': {
    kind: info,
    channels: byMail,
    params: {},
    zh: {
      title: '登记簿日志已恢复',
      text: '登记簿日志又和签过的检查点一致了，已恢复签发。原因请查明并留下记录。',
      action: '看日志',
    },
    en: {
      title: 'The register’s log is whole again',
      text: 'The register’s log is what was signed again, and signing goes on. Find out what happened, and put it on record.',
      action: 'See the log',
    },
  },
  'supervision.order_issued': {
    kind: action,
    channels: byMail,
    params: { orderNo: 'text', target: 'text', until: 'day' },
    zh: {
      title: '收到督办单',
      text: '{orderNo}督办“{target}”，请在 {until}下班前回复。',
      action: '看督办单',
    },
    en: {
      title: 'A supervision order',
      text: '{orderNo} concerns "{target}". Please reply by the close of {until}.',
      action: 'See the order',
    },
  },
  'supervision.order_replied': {
    kind: action,
    channels: byMail,
    params: { orderNo: 'text', target: 'text' },
    zh: { title: '督办单有了回复', text: '{orderNo}（{target}）已回复，等您办结。', action: '看回复' },
    en: {
      title: 'A supervision order was answered',
      text: '{orderNo} ({target}) was answered and waits for your closing opinion.',
      action: 'See the reply',
    },
  },
  'supervision.order_reply_overdue': {
    kind: action,
    channels: byMail,
    params: { orderNo: 'text', target: 'text', until: 'day' },
    zh: {
      title: '督办单逾期没有回复',
      text: '{orderNo}督办“{target}”，应在 {until}下班前回复，还没有回复。请收单人马上回复。',
      action: '看督办单',
    },
    en: {
      title: 'A supervision order was not answered in time',
      text: '{orderNo} concerns "{target}". A reply was due by the close of {until} and has not come. Whoever it is addressed to, please reply now.',
      action: 'See the order',
    },
  },
  'supervision.order_withdrawn': {
    kind: info,
    channels: byMail,
    params: { orderNo: 'text', target: 'text' },
    zh: {
      title: '督办单已撤销',
      text: '{orderNo}（{target}）已经撤销，不用再回复，原因写在单上。',
      action: '看原因',
    },
    en: {
      title: 'A supervision order was withdrawn',
      text: '{orderNo} ({target}) was withdrawn and needs no reply any more; the reason stands on it.',
      action: 'See the reason',
    },
  },
  'supervision.order_ended': {
    kind: info,
    channels: byMail,
    params: { orderNo: 'text', target: 'text' },
    zh: { title: '督办单已办结', text: '{orderNo}（{target}）已经结束，意见写在单上。', action: '看意见' },
    en: {
      title: 'A supervision order has ended',
      text: '{orderNo} ({target}) has ended; the opinion stands on it.',
      action: 'See the opinion',
    },
  },
} as const satisfies Record<string, Template>;
