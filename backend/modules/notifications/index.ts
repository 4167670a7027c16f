/**
 * Notifications (消息): what happened, said in one sentence with one action. The inbox always has it; e-mail and text message
 * carry it where configured and where the person can be reached, with retries, and the inbox shows when that failed.
 *
 * Messages are caused by events, in subscriptions.ts: `caseMessages(describe)` for the events of a case,
 * `notificationSubscriber({name, types, react})` for any other. Words and parameters are in templates.ts, typed by the event.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { deliverDue } from './deliver.ts';
import { dropOpenAbout } from './migrations.ts';
import { deliveries, notifications } from './notification.model.ts';
import { notificationRoutes } from './routes.ts';
import { settings } from './settings.model.ts';

export { forgetEmail } from './forget-email.ts';
export {
  caseMessages,
  saysWhoActed,
  type CaseBrief,
  type DescribeCase,
  type Invitee,
} from './case-messages.ts';
export { setContactSource, type Contact, type ContactSource } from './contacts.ts';
export { deliveryHealth } from './deliver.ts';
export {
  message,
  notificationSubscriber,
  notify,
  settleActions,
  type Message,
  type Reaction,
} from './notify.ts';
export { isTemplate, templates, type TemplateKey, type TemplateParams } from './templates.ts';
export type { Bilingual } from './words.ts';

export const notificationsModule: ModuleFace = {
  name: 'notifications',
  models: [notifications, deliveries, settings] as unknown as NonNullable<ModuleFace['models']>,
  routes: notificationRoutes,
  migrations: [dropOpenAbout],
  jobs: [{ name: 'notifications.deliver', everyMs: 15_000, run: (p) => deliverDue(p) }],
};
