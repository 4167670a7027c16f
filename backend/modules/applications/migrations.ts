import type { Db } from 'mongodb';
import type { Migration } from '../../platform/database/migrations.ts';

/** Lets the job `applications.rules` compute cases of before again: what they keep counts as made with other rules. */
const computedAgain = (id: string, filter: Record<string, unknown>): Migration => ({
  id,
  async up(db) {
    await db.collection('applications').updateMany(filter, { $set: { 'work.calendarVersion': null } });
  },
});

/** Cases from before the alarm clock have no next instant. */
export const setAlarmClocks = computedAgain('2026-11-28-set-alarm-clocks', {
  'work.open': true,
  'work.alarmAt': { $exists: false },
});

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
export const listWaitingExtensions = computedAgain('2026-11-28-list-waiting-extensions', {
  'work.open': true,
  'extensions.state': 'asked',
  'work.askedAt': { $exists: false },
});

/** Orders that were waiting to be put right before the end of their term was told. */
export const tellOrdersInCorrection = computedAgain('2026-11-29-tell-orders-in-correction', {
  status: 'correction',
  channel: 'entrusted',
  'work.alarmAt': null,
});

/** Cases that were paused after their due instant had lost it. */
export const findPausedLate = computedAgain('2026-11-29-find-paused-late', {
  'work.open': true,
  'work.paused': true,
});

/** What an applicant does to a case, as the audit names it; `claimed` and the like are the office's own. */
const APPLICANT_ACTS = [
  'consentRequested',
  'consentSigned',
  'consentDeclined',
  'consentVoided',
  'submitted',
  'correctionAnswered',
  'withdrawalRequested',
  'withdrawalRefused',
  'withdrawn',
].map((name) => `applications.${name}`);

interface ActedIn {
  _id: string;
  initiator: { accountId: string };
  parties?: { consent: { accountId: string | null } }[];
  submission?: { byAccountId?: string | null } | null;
  earlierSubmissions?: { byAccountId?: string | null }[];
  outbox?: { type: string; actorId: string | null }[];
}

const BATCH = 500;

/** Who acted for a party of each case: by the case itself, by the audit, and by what has not been delivered to it yet. */
async function agentsOf(db: Db, cases: readonly ActedIn[]): Promise<Map<string, string[]>> {
  const audited = await db
    .collection('audit')
    .find(
      { 'subject.id': { $in: cases.map(({ _id }) => _id) }, type: { $in: APPLICANT_ACTS } },
      { projection: { actorId: 1, 'subject.id': 1 }, hint: 'by-subject' },
    )
    .toArray();
  const byCase = new Map(
    cases.map((one) => [
      one._id,
      [
        one.initiator.accountId,
        ...(one.parties ?? []).map(({ consent }) => consent.accountId),
        ...[one.submission, ...(one.earlierSubmissions ?? [])].map((filed) => filed?.byAccountId),
        ...(one.outbox ?? []).flatMap(({ type, actorId }) =>
          APPLICANT_ACTS.includes(type) ? [actorId] : [],
        ),
      ],
    ]),
  );
  for (const { actorId, subject } of audited)
    byCase.get((subject as { id: string }).id)?.push(actorId as string | null);
  const ids = [...new Set([...byCase.values()].flat())].filter((id) => typeof id === 'string');
  const accounts = await db
    .collection<{ _id: string; idIndex: string; kind: string }>('accounts')
    // A number that nobody has seen a card of may be anybody's.
    .find(
      { _id: { $in: ids }, kind: { $ne: 'staff' }, 'identityChecks.0': { $exists: true } },
      { projection: { idIndex: 1 } },
    )
    .toArray();
  const indexOf = new Map(accounts.map(({ _id, idIndex }) => [_id, idIndex]));
  return new Map(
    [...byCase].map(([caseId, acted]) => [
      caseId,
      [...new Set(acted.flatMap((id) => indexOf.get(id ?? '') ?? []))],
    ]),
  );
}

/**
 * 回避 also holds for whoever acted for a party, and cases of before say only by which account. Each case is
 * written once, whatever cuts this off: only those without the list are looked for. The revision stays, since nothing that
 * anybody decided on has changed.
 */
export const keepAgents: Migration = {
  id: '2026-11-29-keep-agents',
  async up(db) {
    const cases = db.collection<ActedIn & { agentIndexes?: string[] }>('applications');
    for (;;) {
      const found = await cases
        .find(
          { agentIndexes: { $exists: false } },
          {
            projection: {
              initiator: 1,
              'parties.consent.accountId': 1,
              'submission.byAccountId': 1,
              'earlierSubmissions.byAccountId': 1,
              'outbox.type': 1,
              'outbox.actorId': 1,
            },
          },
        )
        .limit(BATCH)
        .toArray();
      if (found.length === 0) return;
      const agents = await agentsOf(db, found);
      await cases.bulkWrite(
        [...agents].map(([_id, agentIndexes]) => ({
          updateOne: {
            filter: { _id, agentIndexes: { $exists: false } },
            update: { $set: { agentIndexes } },
          },
        })),
        { ordered: false },
      );
    }
  },
};
