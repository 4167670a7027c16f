import type { Platform } from '../../platform/platform.ts';
import type { Subscriber } from '../../platform/database/outbox.ts';
import type { ApplicationDocument, Person } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand, tryChange } from './change.ts';
import type { Issue } from './contract.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { findApplication, getForStaff } from './load.ts';
import type { Viewer } from './policy.ts';
import { personOf } from './viewer.ts';

/**
 * 发证: hands the results over, electronically by itself, on paper by a clerk. Waiting for collection or the post never counts
 * (C9). Throws `applications.certificates_pending` while the electronic certificates do not exist yet.
 */
export async function issue(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { delivery, note }: Issue,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('issue', doc, type, viewer);
  const numbers = doc.registration?.units.flatMap(({ certificateNumbers }) => certificateNumbers) ?? [];
  if (numbers.length > 0 && !doc.certificatesReady) errors.fail('applications.certificates_pending');
  return applyChange(p, doc, type, issued(p, doc, personOf(viewer), { delivery, note: note ?? null }));
}

function issued(
  p: Platform,
  doc: ApplicationDocument,
  by: Person | null,
  { delivery, note }: { delivery: string; note: string | null },
) {
  return {
    set: {
      status: 'issued' as const,
      issuance: { at: p.time.now(), by, delivery, note },
      certificatesReady: true,
    },
    events: [caseEvent(p, 'issued', doc, by?.accountId ?? null, { delivery })],
  };
}

/** The electronic certificates exist: the case is handed out by itself. Safe to repeat. */
async function issueByItself(p: Platform, caseId: string): Promise<void> {
  for (;;) {
    const doc = await findApplication(p, caseId);
    if (doc?.status !== 'registered') return;
    const change = issued(p, doc, null, { delivery: 'electronic', note: null });
    if (await tryChange(p, doc, await typeOf(p, doc), change)) return;
  }
}

/** A registration without certificates (查封, 注销) has nothing to wait for. */
async function hasResults(p: Platform, caseId: string): Promise<boolean> {
  const doc = await findApplication(p, caseId);
  return doc?.registration?.units.some(({ certificateNumbers }) => certificateNumbers.length > 0) ?? false;
}

/** `certificates.issued {caseId}` comes from the module above; only subscriptions.ts knows both. */
export const issueAfterCertificates: Subscriber = {
  name: 'applications.issueAfterCertificates',
  types: ['certificates.issued', 'applications.registered'],
  async handle(p, events) {
    for (const { type, data } of events) {
      const { caseId } = data;
      if (typeof caseId !== 'string') continue;
      if (type === 'applications.registered' && (await hasResults(p, caseId))) continue;
      await issueByItself(p, caseId);
    }
  },
};
