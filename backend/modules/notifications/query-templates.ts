import { everywhere, info, type Template } from './template.ts';

/** What somebody who asked the register is told when a clerk has decided. What was found stands behind the link, never in the message. */
export const queryTemplates = {
  'query.answered': {
    kind: info,
    channels: everywhere,
    params: { queryNo: 'text' },
    zh: {
      title: '您的查询有结果了',
      text: '查询 {queryNo} 已答复，可以看结果、下载证明。',
      action: '看结果',
    },
    en: {
      title: 'Your query is answered',
      text: 'Query {queryNo} is answered; see the result and download the certificate.',
      action: 'See the result',
    },
  },
  'query.refused': {
    kind: info,
    channels: everywhere,
    params: { queryNo: 'text' },
    zh: {
      title: '您的查询没有同意',
      text: '查询 {queryNo} 没有同意，告知书里写了理由和您可以怎么办。',
      action: '看告知书',
    },
    en: {
      title: 'Your query was refused',
      text: 'Query {queryNo} was refused; the notice says why and what you can do.',
      action: 'See the notice',
    },
  },
} as const satisfies Record<string, Template>;
