import type { Migration } from '../../platform/database/migrations.ts';

/** Open calls have an index of their own (`open-calls`); the one of all messages about something would only be paid for. */
export const dropOpenAbout: Migration = {
  id: '2026-11-30-drop-open-about-index',
  async up(db) {
    await db
      .collection('notifications')
      .dropIndex('open-about')
      .catch((error: { code?: number }) => {
        // 27: it was never there, or is gone already.
        if (error.code !== 27) throw error;
      });
  },
};
