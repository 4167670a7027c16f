import type { Translation } from '../messages.ts';
import type master from '../zh-CN/notifications.ts';

export default {
  title: 'Messages',
  lead: 'What needs you first, then what we told you. Everything sent by text or e-mail is here too.',
  todo: 'Needs you',
  told: 'For your information',
  unread: 'unread',
  settled: 'done',
  open: 'Open',
  markRead: 'Mark as read',
  empty: 'No messages yet. Once you submit, every step is told here.',
  emptyStart: 'Start from the services',
  todoNone: 'Nothing needs you.',
  more: 'Earlier ones',
  counts: '{n} unread',
} satisfies Translation<typeof master>;
