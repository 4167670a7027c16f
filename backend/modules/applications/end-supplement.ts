import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar, planEndOf } from '../clock/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { tryChange } from './change.ts';
import { lastDayOf, lastDayOver } from './correction-due.ts';
import { caseEvent } from './events.ts';
import { closePauses, resumption } from './resume.ts';
import { PENDING } from './transitions.ts';
import { dayWords } from './wording.ts';

const BATCH = 200;

/**
 * 浙江规则36: the clock stands still for the term that the notice gave, and not for longer because nobody answered. Its last day is the
 * applicant's to the end, so it does not count; from the next on the time is the office's again, to go on or to refuse. The
 * answer may still come later.
 */
async function endSupplement(p: Platform, doc: ApplicationDocument): Promise<boolean> {
  const calendar = await getCalendar(p);
  const open = doc.pauses.find(({ reason, to }) => reason === 'supplement' && to === null);
  if (!open?.plannedEndOn) return false;
  const lastDay = lastDayOf(open.plannedEndOn, calendar);
  const at = planEndOf(calendar, open.plannedEndOn, open.reason);
  const { pauses, clockEvents } = closePauses(p, doc, [open.id], at);
  const note = `补正期限到 ${dayWords(lastDay, p.time.now(), calendar).zh}，没有收到补正。`;
  const ended = await tryChange(p, doc, await typeOf(p, doc), {
    set: { pauses, clockEvents },
    push: { documents: [resumption(p, doc, { reason: 'supplement', note, at })] },
    events: [caseEvent(p, 'resumed', doc, null, { reasons: ['supplement'] })],
  });
  return ended !== null;
}

export const endSupplements: Job = {
  name: 'applications.supplements',
  everyMs: 60_000,
  async run(p, now) {
    const lastDay = lastDayOver(now, await getCalendar(p));
    const over = { reason: 'supplement', to: null, plannedEndOn: { $lte: lastDay } };
    const waiting = (await applications(p)
      .collection.find(
        {
          status: { $in: PENDING },
          'work.pauseEndsAt': { $gt: new Date(0), $lt: now },
          pauses: { $elemMatch: over },
        } as never,
        { hint: 'pause-ends' },
      )
      .limit(BATCH)
      .toArray()) as unknown as ApplicationDocument[];
    let ended = 0;
    for (const doc of waiting) if (await endSupplement(p, doc)) ended += 1;
    return ended > 0 ? { ended } : undefined;
  },
};
