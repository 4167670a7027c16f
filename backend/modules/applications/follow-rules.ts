import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar, instantOf, type Calendar } from '../clock/index.ts';
import { answerDueOf } from './answer-due.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { LAST, workOf } from './clocks.ts';
import { movedEvents } from './rules-move.ts';
import { behindFilter, stampsNow, stampsText, type TypeStamp } from './rules-stamps.ts';

/** Large enough that the database's part is one command for many, small enough that a kill loses little. */
const BATCH = 1_000;
/** A process that has not seen the new rules yet may still write with the old ones for this long. */
const SETTLE_MS = 30_000;

/** Rules that no open case was behind any more, and since when, by database. */
const broughtUpTo = new WeakMap<object, { stamps: string; since: number }>();

/** What the clock and the messages need of a case; it carries far more. */
const FIELDS = {
  revision: 1,
  no: 1,
  status: 1,
  channel: 1,
  step: 1,
  typeCode: 1,
  typeVersion: 1,
  unitCodes: 1,
  initiator: 1,
  followers: 1,
  clockEvents: 1,
  submission: 1,
  corrections: 1,
  withdrawal: 1,
  pauses: 1,
  extensions: 1,
  pauseRequests: 1,
  alarmed: 1,
  work: 1,
} as const;

interface Renewal {
  filter: Record<string, unknown>;
  update: Record<string, unknown>;
  events: readonly OutboxEvent[];
}

async function renewalOf(p: Platform, doc: ApplicationDocument, calendar: Calendar): Promise<Renewal> {
  const type = await typeOf(p, doc);
  const now = p.time.now();
  const work = workOf({ doc, type, calendar, now });
  const events = movedEvents(p, doc, type, calendar, work);
  const answer =
    doc.status === 'submitted' && doc.submission
      ? { 'submission.answerDueAt': answerDueOf(doc.submission, calendar, now) }
      : {};
  return {
    // By the revision and the rules it was read with: a second process, or this one after a crash, matches nothing.
    filter: { _id: doc._id, revision: doc.revision, 'work.calendarVersion': doc.work.calendarVersion },
    update: {
      $set: { work, ...answer },
      ...(events.length > 0 ? { $push: { outbox: { $each: events } } } : {}),
    },
    events,
  };
}

async function write(p: Platform, renewals: readonly Renewal[]): Promise<number> {
  const { modifiedCount } = await applications(p).collection.bulkWrite(
    renewals.map(({ filter, update }) => ({ updateOne: { filter, update } })) as never,
    { ordered: false },
  );
  const moved = renewals.filter(({ events }) => events.length > 0).length;
  if (moved > 0) p.outbox.notify('applications');
  return Math.min(moved, modifiedCount);
}

/** Looks at the cases of a filter once; while the database writes one batch, the next is computed. */
async function passOver(
  p: Platform,
  filter: Record<string, unknown>,
  calendar: Calendar,
  hint: 'work-rules' | 'work-due' = 'work-rules',
): Promise<{ seen: number; moved: number }> {
  const figures = { seen: 0, moved: 0 };
  // What is written is no longer behind, so no case is met twice.
  const cursor = applications(p).collection.find(filter, {
    projection: FIELDS,
    hint,
    batchSize: BATCH,
  });
  let writing: Promise<number> = Promise.resolve(0);
  let batch: Renewal[] = [];
  const flush = async () => {
    figures.moved += await writing;
    const full = batch;
    batch = [];
    writing = full.length > 0 ? write(p, full) : Promise.resolve(0);
    // Awaited by the next flush; a failure before that is not one that nobody looks at.
    writing.catch(() => undefined);
  };
  try {
    for await (const doc of cursor) {
      batch.push(await renewalOf(p, doc as unknown as ApplicationDocument, calendar));
      figures.seen += 1;
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    await flush();
  } finally {
    await cursor.close();
  }
  return figures;
}

/**
 * The cases whose own day a new calendar can move: due on or after the first day that it changed, the soonest first. All others
 * are looked at again as well, but nobody waits for them: what they keep is what comes out.
 */
const moving = (calendar: Calendar, stamps: readonly TypeStamp[]) => ({
  'work.open': true,
  'work.sortAt': { $gte: instantOf(calendar.lastChangeFrom, 0), $lt: LAST },
  'work.calendarVersion': { $nin: [...new Set(stamps.map(({ stamp }) => stamp))] },
});

/**
 * New rules move due days: a calendar (2019-03-22, 2020-01-27), or a promise on its first day. What the work list keeps is
 * computed again, without a new revision, since nothing about the case itself changed, and who is concerned is told. Each case
 * carries the rules it was last computed with, so a run that is killed goes on where it stopped.
 */
export const followRules: Job = {
  name: 'applications.rules',
  everyMs: 5_000,
  async run(p, now) {
    const calendar = await getCalendar(p);
    const stamps = await stampsNow(p);
    const all = stampsText(stamps);
    const settled = broughtUpTo.get(p.database.connection);
    if (settled?.stamps === all && now.getTime() - settled.since > SETTLE_MS) return undefined;
    let { seen, moved } = await passOver(p, moving(calendar, stamps), calendar, 'work-due');
    for (const one of stamps) {
      // Cases that somebody changed meanwhile keep their old rules until they are met again.
      for (;;) {
        const pass = await passOver(p, behindFilter(one), calendar);
        if (pass.seen === 0) break;
        seen += pass.seen;
        moved += pass.moved;
      }
    }
    if (settled?.stamps !== all)
      // From its end: a pass over many cases takes longer than the second look waits.
      broughtUpTo.set(p.database.connection, { stamps: all, since: p.time.now().getTime() });
    return seen > 0 ? { seen, moved } : undefined;
  },
};
