import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { settleAlarms, takeDueAlarms, type CaseAlarm, type DueCase } from '../applications/index.ts';
import { alarms, type AlarmDocument } from './alarm.model.ts';
import { staffDirectory } from './directory.ts';
import { levelOf, recipientsOf, type Directory } from './escalation.ts';

/** Cases in one pass: large enough that 50,000 at once take a hundred passes, small enough to lose little to a kill. */
const BATCH = 500;

function alarmOf(
  p: Platform,
  { caseId, no, typeCode, officeId, step, ...concerned }: DueCase,
  alarm: CaseAlarm,
  directory: Directory,
): AlarmDocument {
  const { kind, threshold, at, lateWorkdays, ruleVersion, calendarVersion } = alarm;
  const raisedAt = p.time.now();
  const recipients = recipientsOf(directory, kind, { ...concerned, officeId });
  const _id = [caseId, threshold, ruleVersion, calendarVersion].join('|');
  return {
    _id,
    kind,
    caseId,
    no,
    typeCode,
    officeId,
    step,
    at,
    raisedAt,
    latenessMs: raisedAt.getTime() - at.getTime(),
    level: levelOf(kind, lateWorkdays),
    lateWorkdays,
    recipients: recipients.map(({ accountId, name }) => ({ accountId, name })),
    ruleVersion,
    calendarVersion,
    outbox: [
      p.outbox.event('supervision.alarm_raised', null, {
        kind,
        caseId,
        no,
        typeCode,
        lateWorkdays,
        at,
        accountIds: recipients.map(({ accountId }) => accountId),
      }),
    ],
  };
}

/**
 * Raises every alarm that is due. First each alarm is written down under its own key, then the case's alarm clock is set to the
 * next instant: a process that dies in between leaves the case due, and the next run finds the alarm there and goes on.
 * @returns how many were raised, and how many were found raised already
 */
export async function raiseDueAlarms(p: Platform): Promise<{ raised: number; known: number }> {
  const figures = { raised: 0, known: 0 };
  for (;;) {
    const cases = await takeDueAlarms(p, p.time.now(), BATCH);
    if (cases.length === 0) return figures;
    const directory = await staffDirectory(p);
    const documents = cases.flatMap((one) => one.alarms.map((alarm) => alarmOf(p, one, alarm, directory)));
    const raised = await insertAbsent(alarms(p).collection, documents);
    if (raised > 0) p.outbox.notify('alarms');
    figures.raised += raised;
    figures.known += documents.length - raised;
    // Somebody changed every one of them just now: the next run will see them as they are then.
    if ((await settleAlarms(p, cases)) === 0) return figures;
  }
}

/** Under the scheduler's lease: one process at a time looks, and another takes over when it dies. */
export const raiseAlarms: Job = {
  name: 'supervision.alarms',
  everyMs: 1_000,
  run: (p) => raiseDueAlarms(p),
};
