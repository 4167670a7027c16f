import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import type { ApplicationDocument, Extension } from './application.model.ts';
import { typeOf, type CaseType } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import type { AskExtension, DecideExtension } from './contract.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { withExtension, type Extended } from './extension-cap.ts';
import { getForStaff } from './load.ts';
import { isExtendable, openExtension, type Viewer } from './policy.ts';
import { personOf } from './viewer.ts';
import { both, dayWords } from './wording.ts';

/**
 * 延长办理期限 (domain.md §2.2): the handler asks with a reason, another person who supervises decides, the applicant is told.
 * An extension that comes after the promise was broken would hide that, and one past the statutory limit is against the
 * law: both are refused, when it is asked for and again when it is decided.
 */
async function extended(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  days: number,
): Promise<Extended> {
  if (!isExtendable(type)) errors.fail('applications.not_extended');
  const given = { limits: type.limits, calendar: await getCalendar(p), now: p.time.now() };
  const result = withExtension(doc.clockEvents, given, days);
  if (result.before.promised.overdue) errors.fail('applications.extension_late');
  if (result.most < days) {
    const params = { most: result.most };
    const code = 'applications.extension_past_cap';
    errors.fail(code, params, [{ pointer: '/days', code, params }]);
  }
  return result;
}

/** Throws `applications.extension_past_cap`, `applications.extension_late`, or the policy's reason. */
export async function askExtension(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { days, reason }: AskExtension,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('askExtension', doc, type, viewer);
  await extended(p, doc, type, days);
  const extension: Extension = {
    id: newId(),
    days,
    reason,
    askedAt: p.time.now(),
    askedBy: personOf(viewer),
    state: 'asked',
    decidedAt: null,
    decidedBy: null,
    opinion: null,
  };
  return applyChange(p, doc, type, {
    push: { extensions: [extension] },
    events: [caseEvent(p, 'extensionAsked', doc, viewer.accountId, { days, extensionId: extension.id })],
  });
}

/** By a supervisor who neither asked nor handles the case. The clock event carries who approved. */
export async function decideExtension(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { approve, opinion }: DecideExtension,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('decideExtension', doc, type, viewer);
  const asked = openExtension(doc) ?? errors.fail('applications.no_extension');
  const now = p.time.now();
  const decided: Extension = {
    ...asked,
    state: approve ? 'approved' : 'refused',
    decidedAt: now,
    decidedBy: personOf(viewer),
    opinion,
  };
  const extensions = (doc.extensions ?? []).map((one) => (one.id === asked.id ? decided : one));
  const { days, id: extensionId } = asked;
  if (!approve) {
    return applyChange(p, doc, type, {
      set: { extensions },
      events: [caseEvent(p, 'extensionRefused', doc, viewer.accountId, { days, extensionId })],
    });
  }
  const { before, after } = await extended(p, doc, type, days);
  const [oldDueOn, newDueOn] = [before.promised.dueOn ?? '', after.promised.dueOn ?? ''];
  const calendar = await getCalendar(p);
  const day = (dueOn: string) => (dueOn ? dayWords(dueOn, now, calendar) : both('—'));
  const notice = makeDocument(p, doc, 'extensionNotice', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('延长', 'Extended by', { zh: `${days} 个工作日`, en: `${days} working days` }),
      row('理由', 'Reason', asked.reason),
      row('原承诺办结', 'Promised before', day(oldDueOn)),
      row('现承诺办结', 'Promised now', day(newDueOn)),
      row('法定期限', 'Statutory limit', day(after.statutory.dueOn ?? '')),
      row('批准人', 'Approved by', viewer.name),
    ],
    paragraphs: [
      {
        zh: '延长已由办件人以外的负责人批准，延长后不超过法定期限。',
        en: 'Somebody other than the handler has approved this. The law’s own limit stays as it is.',
      },
    ],
  });
  const event = {
    id: newId(),
    kind: 'extended' as const,
    at: now,
    recordedAt: now,
    days,
    approvedBy: viewer.accountId,
    basis: asked.reason,
  };
  return applyChange(p, doc, type, {
    set: { extensions },
    push: { clockEvents: [event], documents: [notice] },
    events: [
      caseEvent(p, 'extended', doc, viewer.accountId, {
        days,
        extensionId,
        approvedBy: viewer.accountId,
        oldDueOn,
        newDueOn,
      }),
    ],
  });
}
