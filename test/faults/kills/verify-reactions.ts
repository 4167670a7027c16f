import { notifications } from '../../../backend/modules/notifications/notification.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { all, repeated, type Found, type Report } from './found.ts';

const ONCE = ['submitted', 'accepted', 'approved', 'registered', 'issued'].map(
  (name) => `applications.${name}`,
);

/** Audit (of which the timeline is read) and inbox: once for each event, and none missing. Returns how many messages there are. */
export async function checkReactions(
  p: Platform,
  { cases, audit, units: registered }: Found,
  report: Report,
): Promise<number> {
  const audited = new Map<string, number>();
  const count = (key: string) => audited.set(key, (audited.get(key) ?? 0) + 1);
  for (const { type, data } of audit) {
    if (type.startsWith('applications.')) count(`${type} ${String(data.caseId)}`);
    if (type === 'register.changed') count(`${type} ${String(data.unitCode)} ${String(data.caseId)}`);
  }
  const messages = await all<{ template: string; about: string; accountId: string }>(notifications(p).find());
  repeated(
    messages
      .filter(({ template }) => ONCE.includes(template))
      .map((one) => `${one.template} of ${one.about} to ${one.accountId}`),
  ).forEach((one) => report('duplicate', `told twice: ${one}`));
  const told = new Set(messages.map((one) => `${one.template} ${one.about} ${one.accountId}`));
  for (const doc of cases.values()) {
    const happened = [
      ...(doc.submission ? ['submitted'] : []),
      ...(doc.acceptance ? ['accepted'] : []),
      ...(doc.opinions.some(({ act }) => act === 'approve') ? ['approved'] : []),
      ...(doc.registration ? ['registered'] : []),
      ...(doc.issuance ? ['issued'] : []),
    ];
    for (const name of happened) {
      const times = audited.get(`applications.${name} ${doc._id}`) ?? 0;
      if (times === 0) report('lost-write', `case ${doc._id}: ${name} is not in the audit`);
      if (times > 1) report('duplicate', `case ${doc._id}: ${name} happened ${times} times`);
      for (const accountId of new Set([doc.initiator.accountId, ...doc.followers])) {
        if (!told.has(`applications.${name} ${doc._id} ${accountId}`))
          report('lost-write', `case ${doc._id}: ${accountId} was not told that it was ${name}`);
      }
    }
  }
  for (const unit of registered) {
    for (const { caseId } of unit.changes.filter((one) => !one.caseId.startsWith('import:'))) {
      const times = audited.get(`register.changed ${unit._id} ${caseId}`) ?? 0;
      if (times !== 1)
        report(
          times === 0 ? 'lost-write' : 'duplicate',
          `unit ${unit._id}: the change by ${caseId} is audited ${times} times`,
        );
    }
  }
  return messages.length;
}
