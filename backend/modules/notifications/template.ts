import { Channel, NotificationKind } from './contract.ts';
import type { ValueKind } from './words.ts';

interface Words {
  title: string;
  text: string;
  /** Label of the one action. */
  action: string;
}

export interface Template {
  kind: NotificationKind;
  /** Besides the inbox, which always has the message. */
  channels: readonly Channel[];
  params: Readonly<Record<string, ValueKind>>;
  zh: Words;
  en: Words;
}

export const everywhere = [Channel.sms, Channel.email] as const;
export const byMail = [Channel.email] as const;
export const inboxOnly = [] as const;
export const { action, info } = NotificationKind;
