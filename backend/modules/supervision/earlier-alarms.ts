import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Platform } from '../../platform/platform.ts';
import { personsConcerned, type ApplicationDocument, type CaseAlarm } from '../applications/index.ts';
import { alarms, type AlarmDocument } from './alarm.model.ts';
import { staffDirectory } from './directory.ts';
import { levelOf, recipientsOf } from './escalation.ts';

/**
 * Alarms that an earlier system raised, of cases that were taken over: written down as raised when they fell due, and sent to
 * nobody again. Idempotent by the alarm's key.
 */
export async function recordEarlierAlarms(
  p: Platform,
  cases: readonly { doc: ApplicationDocument; alarms: readonly CaseAlarm[] }[],
): Promise<void> {
  if (cases.length === 0) return;
  const directory = await staffDirectory(p);
  const documents = cases.flatMap(({ doc, alarms: raised }) =>
    raised.map((alarm): AlarmDocument => {
      const { _id: caseId, no, typeCode, officeId, handler, work } = doc;
      const { kind, threshold, at, lateWorkdays, ruleVersion, calendarVersion } = alarm;
      const concerned = {
        officeId,
        handlerId: handler?.accountId ?? null,
        role: work.role,
        partyIndexes: personsConcerned(doc),
      };
      return {
        _id: [caseId, threshold, ruleVersion, calendarVersion].join('|'),
        kind,
        caseId,
        no: no ?? '',
        typeCode,
        officeId,
        step: work.step,
        at,
        raisedAt: at,
        latenessMs: 0,
        level: levelOf(kind, lateWorkdays),
        lateWorkdays,
        recipients: recipientsOf(directory, kind, concerned).map(({ accountId, name }) => ({
          accountId,
          name,
        })),
        ruleVersion,
        calendarVersion,
      };
    }),
  );
  await insertAbsent(alarms(p).collection, documents);
}
