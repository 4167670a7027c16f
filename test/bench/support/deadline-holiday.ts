import { setTimeout as delay } from 'node:timers/promises';
import { typeOf } from '../../../backend/modules/applications/case-type.ts';
import { LAST, workOf } from '../../../backend/modules/applications/clocks.ts';
import { applications, type ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import {
  dayNumberOf,
  getCalendar,
  instantOf,
  isWorkday,
  publishCalendar,
  readCalendarYears,
  toLegalDay,
  type Calendar,
} from '../../../backend/modules/clock/index.ts';
import { TYPES } from './deadline-cases.ts';
import { killWorking, ready, startProcess } from './deadline-processes.ts';
import { ms, percentiles, progress, say, timesText, type Times } from './deadline-report.ts';
import type { DeadlineStage } from './deadline-stage.ts';

const MOVING = Number(process.env.BENCH_MOVING ?? 40_000);

/** Reads pages, one after another, until told to stop. */
function readMeanwhile(stage: DeadlineStage, paths: readonly string[]): () => Promise<Times> {
  const times: number[] = [];
  let running = true;
  const reading = (async () => {
    for (let n = 0; running; n += 1) {
      const from = performance.now();
      const reply = await fetch(stage.url + paths[n % paths.length]!, { headers: { Cookie: stage.cookie } });
      await reply.arrayBuffer();
      if (reply.status !== 200) throw new Error(`${paths[n % paths.length]}: ${reply.status}`);
      times.push(performance.now() - from);
      await delay(10);
    }
  })();
  return async () => {
    running = false;
    await reading;
    return percentiles(times);
  };
}

/** The first working day from which on at most MOVING cases are due, and how many they are. */
async function movingDay(stage: DeadlineStage, now: Date): Promise<{ day: string; count: number }> {
  const calendar = await getCalendar(stage.p);
  for (let number = dayNumberOf(now) + 1; ; number += 1) {
    if (!isWorkday(calendar, number) || calendar.makeUp.has(number)) continue;
    const count = await applications(stage.p).collection.countDocuments(dueFrom(number), {
      hint: 'work-due',
    });
    if (count <= MOVING) return { day: toLegalDay(number), count };
  }
}

const dueFrom = (day: number) => ({
  'work.open': true,
  'work.sortAt': { $gte: instantOf(day, 0), $lt: LAST },
});

/**
 * 临时放假: a day off that nobody had planned is published some weeks ahead (as on 2019-03-22); the days of the cases that are due from it on are
 * moved by two processes, the working one killed once a third is done, while the work list and the desk are read.
 */
export async function followHoliday(stage: DeadlineStage, now: Date): Promise<void> {
  const { p } = stage;
  const { years } = await readCalendarYears(p);
  const { day, count: total } = await movingDay(stage, now);
  const year = years.find((one) => String(one.year) === day.slice(0, 4))!;
  const { version: _version, ...newest } = year.versions.reduce((a, b) => (b.version > a.version ? b : a));
  const given = {
    ...newest,
    year: year.year,
    publishedOn: toLegalDay(dayNumberOf(now)),
    notice: { title: '临时放假一天', number: '聊政办发〔2026〕1号' },
    off: [...newest.off, { from: day, to: day, name: 'nationalDay' as const }],
  };
  const before = await getCalendar(p);
  const children = [startProcess(stage, 'follow', now), startProcess(stage, 'follow', now)];
  await Promise.all(children.map(ready));
  const stop = readMeanwhile(stage, ['/api/work-items?view=all&limit=20', '/api/supervision/cases?limit=20']);
  const startedAt = performance.now();
  const { after } = await publishCalendar(p, given, { basedOn: before.version, actorId: 'bench' });
  const { collection } = applications(p);
  // From the index alone: counting what is left would fetch each of these cases twice a second while they are written.
  const renewed = () =>
    collection.countDocuments(
      { 'work.open': true, typeCode: { $in: TYPES }, 'work.calendarVersion': after.version },
      { hint: 'work-rules' },
    );
  const show = progress('holiday');
  let killedAt: number | null = null;
  for (;;) {
    const count = await renewed();
    show(count, total);
    if (count >= total) break;
    if (killedAt === null && count > total / 3) {
      await killWorking(stage, 'applications.rules', children);
      killedAt = ms(startedAt);
      children.push(startProcess(stage, 'follow', now));
    }
    await delay(500);
  }
  const took = ms(startedAt);
  const reads = await stop();
  const behind = { ...dueFrom(after.lastChangeFrom), 'work.calendarVersion': before.version };
  const left = await collection.countDocuments(behind, { hint: 'work-due' });
  const open = await collection.countDocuments({ 'work.open': true }, { hint: 'work-due' });
  say(
    `holiday on ${day}: ${total} of ${open} open cases moved, ${left} left, killed at ${killedAt ?? 'no time'} ms`,
    `${took} ms`,
    left === 0 && took < 60_000,
  );
  say('reads of the work list and of the desk meanwhile', timesText(reads), reads.p99 < 200);
  const wrong = await movedWrongly(stage, before, after, now);
  say('each day is that of the engine', `${wrong} wrong`, wrong === 0);
  const told = await collection.countDocuments({ 'outbox.0': { $exists: true } });
  const twice = await collection.countDocuments({ 'outbox.1': { $exists: true } });
  say('each is told once', `${told} told, ${twice} of them twice`, told === total && twice === 0);
  await timeRest(stage, before.version, open);
  for (const child of children) child.kill('SIGKILL');
}

/** Cases whose kept day is not what the engine makes of their events, of some hundreds of those that moved. */
async function movedWrongly(
  { p }: DeadlineStage,
  before: Calendar,
  calendar: Calendar,
  now: Date,
): Promise<number> {
  const docs = (await applications(p)
    .collection.find(dueFrom(calendar.lastChangeFrom) as never, { hint: 'work-due', limit: 500 })
    .toArray()) as unknown as ApplicationDocument[];
  let wrong = 0;
  for (const doc of docs) {
    const type = await typeOf(p, doc);
    const dueIn = (one: Calendar) => workOf({ doc, type, calendar: one, now }).dueAt?.getTime();
    if (doc.work.dueAt?.getTime() !== dueIn(calendar) || dueIn(before) === dueIn(calendar)) wrong += 1;
  }
  return wrong;
}

/** How fast the others, whose days stay, are looked at again: nobody waits for them. */
async function timeRest({ p }: DeadlineStage, version: string, open: number): Promise<void> {
  const behind = () =>
    applications(p).collection.countDocuments(
      { 'work.open': true, typeCode: { $in: TYPES }, 'work.calendarVersion': version },
      { hint: 'work-rules' },
    );
  const from = performance.now();
  const first = await behind();
  await delay(Math.min(20_000, open / 2));
  const perSecond = ((first - (await behind())) / ms(from)) * 1_000;
  say('all others looked at again', `${perSecond.toFixed(0)} a second, ${first} in all`);
}
