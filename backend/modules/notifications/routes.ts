import { route, type AccessRule, type AnyRoute, type Principal } from '../../platform/http/route.ts';
import {
  EmailBody,
  EmailCodeBody,
  NotificationList,
  NotificationListQuery,
  NotificationParams,
  NotificationSettings,
  NotificationView,
  SettingsBody,
} from './contract.ts';
import { listInbox, markRead } from './inbox.ts';
import { changeSettings, confirmEmail, removeEmail, requestEmail, showSettings } from './settings.ts';

/** Any signed-in person, for their own inbox: accounts is beside this module, so the rule is said here. */
const signedIn: AccessRule<Principal> = {
  name: 'signedIn',
  check: (actor) => (actor ? { allowed: true } : { allowed: false, reason: 'signIn' }),
};

export const notificationRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/notifications',
    summary: { zh: '我的消息，要处理的在前', en: 'My messages, calls to act first' },
    access: signedIn,
    query: NotificationListQuery,
    answers: { 200: NotificationList },
    handle: async ({ p, actor, query, language }) => ({
      status: 200,
      body: await listInbox(p, actor.accountId, query, language),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/:id/read',
    summary: { zh: '标为已读', en: 'Mark a message as read' },
    access: signedIn,
    params: NotificationParams,
    answers: { 200: NotificationView },
    handle: async ({ p, actor, params, language }) => ({
      status: 200,
      body: await markRead(p, actor.accountId, params.id, language),
    }),
  }),
  route({
    method: 'get',
    path: '/api/notifications/settings',
    summary: { zh: '消息还发到哪里', en: 'Where messages go besides the inbox' },
    access: signedIn,
    answers: { 200: NotificationSettings },
    handle: async ({ p, actor }) => ({ status: 200, body: await showSettings(p, actor.accountId) }),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/settings',
    summary: { zh: '改消息提醒方式', en: 'Change how messages are sent' },
    access: signedIn,
    body: SettingsBody,
    answers: { 200: NotificationSettings },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: await changeSettings(p, actor.accountId, body),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/email',
    summary: { zh: '登记邮箱，发验证码', en: 'Give an e-mail address; a code is sent to it' },
    access: signedIn,
    body: EmailBody,
    answers: { 200: NotificationSettings },
    // Each sends a mail to an address that the asker chose.
    rateLimit: { points: 5, windowSeconds: 3600, by: 'account' },
    handle: async ({ p, actor, body, language }) => ({
      status: 200,
      body: await requestEmail(p, actor.accountId, body.email, language),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/email/confirm',
    summary: { zh: '填验证码，确认邮箱', en: 'Confirm the e-mail address by its code' },
    access: signedIn,
    body: EmailCodeBody,
    answers: { 200: NotificationSettings },
    rateLimit: { points: 20, windowSeconds: 3600, by: 'account' },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: await confirmEmail(p, actor.accountId, body.code),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/email',
    summary: { zh: '不再用这个邮箱', en: 'Remove the e-mail address' },
    access: signedIn,
    answers: { 200: NotificationSettings },
    handle: async ({ p, actor }) => ({ status: 200, body: await removeEmail(p, actor.accountId) }),
  }),
];
