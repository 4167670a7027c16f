import type { Migration } from '../../platform/database/migrations.ts';

/** Cases from before the alarm clock have no next instant: the job `applications.calendar` computes them again. */
export const setAlarmClocks: Migration = {
  id: '2026-11-28-set-alarm-clocks',
  async up(db) {
    await db
      .collection('applications')
      .updateMany(
        { 'work.open': true, 'work.alarmAt': { $exists: false } },
        { $set: { 'work.calendarVersion': null } },
      );
  },
};

/** The rules of a case are looked for by type now; the older index would only be paid for. */
export const dropCalendarIndex: Migration = {
  id: '2026-11-28-drop-work-calendar-index',
  async up(db) {
    await db
      .collection('applications')
      .dropIndex('work-calendar')
      .catch((error: { code?: number }) => {
        // 27: it was never there, or is gone already.
        if (error.code !== 27) throw error;
      });
  },
};

/** Extensions that waited for a decision before the list of those was kept. */
export const listWaitingExtensions: Migration = {
  id: '2026-11-28-list-waiting-extensions',
  async up(db) {
    await db
      .collection('applications')
      .updateMany(
        { 'work.open': true, 'extensions.state': 'asked', 'work.askedAt': { $exists: false } },
        { $set: { 'work.calendarVersion': null } },
      );
  },
};
