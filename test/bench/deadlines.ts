// `npm run bench:deadlines`: alarms, figures and an unplanned holiday at BENCH_OPEN open cases (20,000 unless set; 1,000,000 is the full
// size) and BENCH_ENDED that have ended (as many, at most 200,000). BENCH_DUE alarms (50,000, or half of the cases where that is fewer) fall due
// at once and are raised by two processes. Then a holiday is published on the first day from which at most BENCH_MOVING cases (40,000) are due: their
// days are moved by two processes while pages are read. Each time the working process is killed in the middle. How fast all other open cases are looked at again is
// printed, not judged. A phase that takes longer than BENCH_MINUTES (15) in all ends the run.
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { applications } from '../../backend/modules/applications/index.ts';
import { alarms } from '../../backend/modules/supervision/alarm.model.ts';
import { keepCount } from '../../backend/modules/supervision/count-open.ts';
import { foldDirtyDays } from '../../backend/modules/supervision/fold-days.ts';
import { copyCases } from '../support/open-cases.ts';
import { loadFacts, openCase, variantsOf } from './support/deadline-cases.ts';
import { followHoliday } from './support/deadline-holiday.ts';
import { killWorking, ready, startProcess } from './support/deadline-processes.ts';
import { recountMonths, recountOpen } from './support/deadline-recount.ts';
import { clock, missedSoFar, ms, percentiles, progress, say, timesText } from './support/deadline-report.ts';
import { openDeadlineStage, type DeadlineStage } from './support/deadline-stage.ts';

const OPEN = Number(process.env.BENCH_OPEN ?? 20_000);
const DUE = Math.min(Number(process.env.BENCH_DUE ?? 50_000), OPEN / 2);
const ENDED = Number(process.env.BENCH_ENDED ?? Math.min(OPEN, 200_000));
const READS = Number(process.env.BENCH_READS ?? 300);

async function examined(stage: DeadlineStage, now: Date, limit: number): Promise<[number, number]> {
  const plan = (await applications(stage.p)
    .collection.find({ 'work.alarmAt': { $gt: new Date(0), $lte: now } }, { hint: 'next-alarm' })
    .sort({ 'work.alarmAt': 1 })
    .limit(limit)
    .explain('executionStats')) as { executionStats: Record<string, number> };
  const { totalDocsExamined = NaN, nReturned = NaN } = plan.executionStats;
  return [totalDocsExamined, nReturned];
}

/** Two processes, the working one killed once a third is raised; it is started again as an init system would. */
async function raiseAll(stage: DeadlineStage, now: Date): Promise<void> {
  const count = () => alarms(stage.p).countDocuments();
  const children = [startProcess(stage, 'raise', now), startProcess(stage, 'raise', now)];
  await Promise.all(children.map(ready));
  const startedAt = performance.now();
  let killedAt: number | null = null;
  const expected = DUE * 2;
  const show = progress('alarms');
  for (;;) {
    const raised = await count();
    show(raised, expected);
    if (killedAt === null && raised > expected / 3) {
      await killWorking(stage, 'supervision.alarms', children);
      killedAt = ms(startedAt);
      children.push(startProcess(stage, 'raise', now));
    }
    const left = await applications(stage.p).collection.countDocuments(
      { 'work.alarmAt': { $gt: new Date(0), $lte: now } },
      { hint: 'next-alarm', limit: 1 },
    );
    if (left === 0 || ms(startedAt) > 600_000) break;
    await delay(500);
  }
  const took = ms(startedAt);
  for (const child of children) child.kill('SIGKILL');
  const groups = (await alarms(stage.p)
    .collection.aggregate([
      { $group: { _id: { c: '$caseId', k: '$kind' }, n: { $sum: 1 } } },
      { $group: { _id: '$n', pairs: { $sum: 1 } } },
    ])
    .toArray()) as Document[];
  const once = groups.length === 1 && groups[0]?._id === 1 && groups[0].pairs === expected;
  say(
    `${DUE} cases due at once (yellow and red each), killed at ${killedAt} ms`,
    `${took} ms`,
    took < 60_000,
  );
  say(
    'each exactly once',
    JSON.stringify(groups.map(({ _id, pairs }) => ({ times: _id as number, pairs: pairs as number }))),
    once,
  );
}

async function timeReads(stage: DeadlineStage, path: string, limitMs: number): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < READS + 20; n += 1) {
    const from = performance.now();
    const reply = await fetch(stage.url + path, { headers: { Cookie: stage.cookie } });
    await reply.arrayBuffer();
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
    if (n >= 20) times.push(performance.now() - from);
  }
  const times_ = percentiles(times);
  say(`${path} over HTTP, one reader`, timesText(times_), times_.p99 < limitMs);
}

const json = async (stage: DeadlineStage, path: string): Promise<Document> =>
  (await (await fetch(stage.url + path, { headers: { Cookie: stage.cookie } })).json()) as Document;

async function main(): Promise<void> {
  process.stdout.write(`${OPEN} open cases, ${ENDED} ended, node ${process.version}\n`);
  const stage = await openDeadlineStage();
  try {
    const { template, dueAt } = stage;
    let from = performance.now();
    // What the clock and the lists do not read is left out: a million whole cases would be measured as a disk.
    const variants = await variantsOf(stage);
    const lean = { ...template, documents: [], materials: [], opinions: [], answerRevisions: {} };
    await copyCases(
      stage.p,
      lean,
      OPEN,
      (n) => openCase({ template, variants, due: DUE }, n),
      progress('cases'),
    );
    await applications(stage.p).collection.deleteOne({ _id: template._id as never });
    say('loaded', `${ms(from)} ms`);
    const [before, none] = await examined(stage, new Date(stage.now), 500);
    say('next alarm, none due: documents examined', `${before} for ${none}`, before <= none + 1);
    const after = new Date(dueAt.getTime() + 60_000);
    const [many, due] = await examined(stage, after, 500);
    say('next alarm, a batch of those due: documents examined', `${many} for ${due}`, many <= due + 1);
    await raiseAll(stage, after);
    await stage.travel(after);

    from = performance.now();
    await loadFacts(stage, ENDED);
    say('facts loaded', `${ms(from)} ms`);
    from = performance.now();
    while ((await foldDirtyDays(stage.p)).length > 0);
    say('counters counted from nothing', `${ms(from)} ms`);
    const figures = await keepCount(stage.p, after);
    say('open cases counted through the index', `${figures.costMs} ms`);
    // Reads are timed, not the writing out of what was just loaded.
    await stage.p.database.connection.db!.admin().command({ fsync: 1 });
    await timeReads(stage, '/api/supervision/summary', 50);
    await timeReads(stage, '/api/supervision/trends?months=12', 10);
    await timeReads(stage, '/api/supervision/cases?light=red&limit=20', 50);
    const summary = await json(stage, '/api/supervision/summary');
    const lights = await recountOpen(stage, after);
    say('summary equals a full recount', JSON.stringify(lights), isDeepStrictEqual(summary.lights, lights));
    const trends = await json(stage, '/api/supervision/trends?months=13');
    const months = await recountMonths(stage);
    const seen = (trends.months as { month: string; figures: Record<string, number> }[]).filter(
      ({ month }) => months[month],
    );
    const equal =
      seen.length === Object.keys(months).length &&
      seen.every(({ month, figures: { done, onTime, edge } }) =>
        isDeepStrictEqual([done, onTime, edge], months[month]),
      );
    say('trend equals a full recount', `${seen.length} months`, equal);
    await followHoliday(stage, after);
  } finally {
    await stage.close();
  }
  process.stdout.write(`${clock()} in all\n`);
  const missed = missedSoFar();
  process.stdout.write(missed === 0 ? '\nbench: all within\n' : `\nbench: ${missed} missed\n`);
  process.exitCode = missed === 0 ? 0 : 1;
}

await main();
