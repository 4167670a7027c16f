import type { Platform } from '../../platform/platform.ts';
import { findBusinessType } from '../catalogue/index.ts';
import { alarms, type AlarmDocument } from './alarm.model.ts';
import { alarmWords } from './alarm-words.ts';
import type { AlarmPage, AlarmQuery, AlarmView, Text } from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { olderThan } from './cursor.ts';
import { withoutOwnCases, type Reader } from './own-cases.ts';

const CASE_ID = /^[0-9a-f]{24}$/;

export async function typeName(p: Platform, code: string): Promise<Text> {
  const type = await findBusinessType(p, code);
  return type?.name ?? { zh: code, en: code };
}

export async function presentAlarm(p: Platform, alarm: AlarmDocument): Promise<AlarmView> {
  const { _id, kind, caseId, no, typeCode, officeId, step, at, raisedAt, lateWorkdays } = alarm;
  return {
    id: _id,
    kind,
    label: alarmWords(kind, lateWorkdays),
    caseId,
    no,
    type: typeCode,
    typeName: await typeName(p, typeCode),
    office: officeId,
    step,
    at: at.toISOString(),
    raisedAt: raisedAt.toISOString(),
    level: alarm.level,
    lateWorkdays,
    recipients: alarm.recipients.map(({ accountId, name }) => ({ id: accountId, name })),
    ruleVersion: alarm.ruleVersion,
    calendarVersion: alarm.calendarVersion,
  };
}

/** Alarms, newest first. */
export async function listAlarms(p: Platform, reader: Reader, query: AlarmQuery): Promise<AlarmPage> {
  const { kind, cursor, limit = 20 } = query;
  const filter = {
    ...(kind ? { kind } : {}),
    ...(query.case ? (CASE_ID.test(query.case) ? { caseId: query.case } : { no: query.case }) : {}),
    ...olderThan('raisedAt', cursor),
  };
  const hint = query.case ? undefined : kind ? 'newest-of-kind' : 'newest';
  const found = (await alarms(p)
    .collection.find(filter as never, { projection: { outbox: 0 }, ...(hint ? { hint } : {}) })
    .sort({ raisedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as AlarmDocument[];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const seen = await withoutOwnCases(p, reader, shown, ({ caseId }) => caseId);
  return {
    items: await Promise.all(seen.map((alarm) => presentAlarm(p, alarm))),
    nextCursor: found.length > limit && last ? cursorOf({ at: last.raisedAt, id: last._id }) : null,
  };
}

/** The alarms of one case, oldest first. */
export async function alarmsOfCase(p: Platform, caseId: string): Promise<AlarmView[]> {
  const found = (await alarms(p)
    .collection.find({ caseId }, { projection: { outbox: 0 } })
    .sort({ at: 1 })
    .limit(400)
    .toArray()) as unknown as AlarmDocument[];
  return Promise.all(found.map((alarm) => presentAlarm(p, alarm)));
}
