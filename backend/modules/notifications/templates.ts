/**
 * Every message that the portal sends, by the event that causes it: one sentence and one action, in plain words
 * (portal.md §7), with the words of law kept exact. A text message carries the same sentence without the action, so that no
 * link ever comes by text message.
 */
import { appointmentTemplates } from './appointment-templates.ts';
import { caseTemplates } from './case-templates.ts';
import { deadlineTemplates } from './deadline-templates.ts';
import { propertyTemplates } from './property-templates.ts';
import { queryTemplates } from './query-templates.ts';
import { supervisionTemplates } from './supervision-templates.ts';
import { action, everywhere, inboxOnly, info, type Template } from './template.ts';
import type { Bilingual } from './words.ts';

export type { Template } from './template.ts';

const others = {
  'files.infected': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '有个文件查出病毒',
      text: '“{caseTitle}”里有个文件查出病毒，已隔离。请删掉它，换一台设备重新拍照再传。',
      action: '去换文件',
    },
    en: {
      title: 'A file carries a virus',
      text: 'A file in "{caseTitle}" carries a virus and was quarantined. Delete it and take it again on another device.',
      action: 'Replace the file',
    },
  },
  'register.seizureExpiring': {
    kind: action,
    channels: everywhere,
    params: { address: 'text', docNo: 'text', until: 'day' },
    zh: {
      title: '查封快到期了',
      text: '{address}的查封（{docNo}）到 {until} 期满。要继续查封的，请在期满前送达续行查封的文书；没有续封的，期满后自动失效。',
      action: '看查封的办件',
    },
    en: {
      title: 'A seizure is about to end',
      text: 'The seizure of {address} ({docNo}) ends on {until}. To keep it, serve the order of renewal before then; without one it lapses by itself.',
      action: 'See its case',
    },
  },
  'accounts.password_changed': {
    kind: info,
    channels: everywhere,
    params: { changedAt: 'instant' },
    zh: {
      title: '密码已改',
      text: '您的密码已于 {changedAt} 修改，其他设备都已退出。不是您改的，请马上到大厅核实。',
      action: '看我的账号',
    },
    en: {
      title: 'Password changed',
      text: 'Your password was changed on {changedAt} and other devices were signed out. If this was not you, come to the hall at once.',
      action: 'See my account',
    },
  },
  'accounts.name_verified': {
    kind: info,
    channels: inboxOnly,
    params: {},
    zh: {
      title: '实名已核实',
      text: '工作人员已核对您的身份证，现在可以网上签名、提交申请。',
      action: '去办事',
    },
    en: {
      title: 'Name verified',
      text: 'A clerk has checked your ID card. You can now sign and submit applications online.',
      action: 'Start an application',
    },
  },
} as const satisfies Record<string, Template>;

export const templates = {
  ...caseTemplates,
  ...deadlineTemplates,
  ...others,
  ...propertyTemplates,
  ...queryTemplates,
  ...supervisionTemplates,
  ...appointmentTemplates,
};

export type TemplateKey = keyof typeof templates;

/** What a caller gives for a parameter: a day is `YYYY-MM-DD`, a text may differ by language. */
type ValueOf<K> = K extends 'number'
  ? number
  : K extends 'instant'
    ? Date
    : K extends 'day'
      ? string
      : string | Bilingual;

export type TemplateParams<T extends TemplateKey> = {
  [Name in keyof (typeof templates)[T]['params']]: ValueOf<(typeof templates)[T]['params'][Name]>;
};

export function isTemplate(key: string): key is TemplateKey {
  return Object.hasOwn(templates, key);
}

export function templateOf(key: TemplateKey): Template {
  return templates[key];
}
