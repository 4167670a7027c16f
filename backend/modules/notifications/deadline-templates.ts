import { everywhere, info, type Template } from './template.ts';

/** What moved a date that the applicants knew. `caseTitle` as in the other messages of a case. */
export const deadlineTemplates = {
  'applications.pauseRecorded': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', reason: 'text', fromOn: 'day' },
    zh: {
      title: '补记了一段不计时间',
      text: '“{caseTitle}”从 {fromOn} 起有一段时间不计入（{reason}），当时没有记，现经批准补记。办结日期重新算过。',
      action: '看原因和日期',
    },
    en: {
      title: 'Time that does not count was entered later',
      text: 'For "{caseTitle}" some time from {fromOn} on does not count ({reason}); it is entered now, with approval. The due day was worked out again.',
      action: 'See reason and date',
    },
  },
  'applications.answerMoved': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', oldDueOn: 'day', newDueOn: 'day', notice: 'text' },
    zh: {
      title: '答复日期变了',
      text: '国家放假安排有变（{notice}），“{caseTitle}”是否受理，最迟答复的日期重新算过：原来 {oldDueOn}，现在 {newDueOn}。',
      action: '看新的日期',
    },
    en: {
      title: 'The day of the answer has moved',
      text: 'The official calendar changed ({notice}), so the last day to answer whether "{caseTitle}" is accepted was worked out again: {oldDueOn} before, now {newDueOn}.',
      action: 'See the new date',
    },
  },
  'applications.promiseShortened': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', oldDueOn: 'day', newDueOn: 'day' },
    zh: {
      title: '办结日期提前了',
      text: '这类业务的承诺时限缩短了，“{caseTitle}”也照新的办：原来 {oldDueOn}，现在 {newDueOn}。',
      action: '看新的日期',
    },
    en: {
      title: 'The due day is earlier',
      text: 'The promise for this service is shorter now, and "{caseTitle}" has it too: {oldDueOn} before, now {newDueOn}.',
      action: 'See the new date',
    },
  },
  'applications.promiseDecided': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', oldDueOn: 'day', newDueOn: 'day', reason: 'text' },
    zh: {
      title: '办结日期推后了',
      text: '经负责人决定，“{caseTitle}”改用新的承诺时限：原来 {oldDueOn}，现在 {newDueOn}。理由：{reason}',
      action: '看理由和日期',
    },
    en: {
      title: 'The due day is later',
      text: 'By decision of the person in charge the newer promise applies to "{caseTitle}": {oldDueOn} before, now {newDueOn}. Reason: {reason}',
      action: 'See reason and date',
    },
  },
  'applications.deadlineMoved': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', oldDueOn: 'day', newDueOn: 'day', notice: 'text' },
    zh: {
      title: '办结日期变了',
      text: '国家放假安排有变（{notice}），“{caseTitle}”的办结日期重新算过：原来 {oldDueOn}，现在 {newDueOn}。',
      action: '看新的日期',
    },
    en: {
      title: 'The due day has moved',
      text: 'The official calendar changed ({notice}), so the due day of "{caseTitle}" was worked out again: {oldDueOn} before, now {newDueOn}.',
      action: 'See the new date',
    },
  },
} as const satisfies Record<string, Template>;
