// `npm run bench:booking`: 放号 over HTTP. People who are signed in press for seats in a few windows, all at once, more often than there
// are seats; beside it a bare Koa + driver that does one conditional durable update for each request, on the same engine. Then the
// reading of free windows. Load generator, portal and database share the machine; winners and losers are timed apart.
import { Agent, request } from 'node:http';
import { slotCollection } from '../../backend/modules/appointments/change-slot.ts';
import {
  emptySlot,
  generateSlots,
  insertMissing,
} from '../../backend/modules/appointments/generate-slots.ts';
import {
  forgetSchedules,
  getScheduleOn,
  getSchedules,
} from '../../backend/modules/appointments/get-schedule.ts';
import { minutesOf, wallTimeOf } from '../../backend/modules/appointments/plan-day.ts';
import { schedules } from '../../backend/modules/appointments/schedule.model.ts';
import { offices } from '../../backend/modules/catalogue/office.model.ts';
import { crowd, newBookingId, wrongs } from '../faults/booking/windows.ts';
import { createCitizen } from '../support/people.ts';
import { measureCpu } from './support/cpu.ts';
import { openStage, type Stage } from './support/stage.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 5_000);
const POSTS = Number(process.env.BENCH_POSTS ?? 20_000);
const WINDOWS = 16;
const SEATS = 50;
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 128);
const READS = Number(process.env.BENCH_READS ?? 20_000);
/** So many readers at once keep the portal busy; more would only time the queue in front of it. */
const READERS = Number(process.env.BENCH_READERS ?? 16);
const HALLS = 20;
const WARM = 2_000;
const HALL = 'liaocheng-centre';

interface Answer {
  status: number;
  code: string | null;
  ms: number;
  /** Milliseconds since the rush began. */
  at: number;
}

interface Wish {
  method: 'GET' | 'POST';
  path: string;
  cookie?: string;
  body?: string;
}

/**
 * Connections of people who have the page open: they are there before the rush begins. The event loop accepts one new connection
 * a turn, so two hundred that are opened in the middle of it would time the accepting, of the portal more than of the bare server.
 */
async function connect(url: string, connections: number): Promise<Agent> {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  await crowd(
    connections,
    connections,
    () =>
      new Promise<void>((resolve) => {
        request({ hostname, port, agent, path: '/api/health/live' }, (response) => {
          response.resume().on('end', resolve);
        })
          .on('error', () => resolve())
          .end();
      }),
  );
  return agent;
}

async function rush(
  url: string,
  origin: string,
  count: number,
  wish: (n: number) => Wish,
  connections = CONNECTIONS,
): Promise<Answer[]> {
  const { hostname, port } = new URL(url);
  const agent = await connect(url, connections);
  const begun = performance.now();
  const answers = await crowd(count, connections, (n) => {
    const { method, path, cookie, body } = wish(n);
    const startedAt = performance.now();
    return new Promise<Answer>((resolve) => {
      const done = (status: number, text: string) => {
        const now = performance.now();
        const code = status >= 400 ? (/"code":"([^"]+)"/.exec(text)?.[1] ?? null) : null;
        resolve({ status, code, ms: now - startedAt, at: now - begun });
      };
      const headers = {
        Origin: origin,
        ...(cookie ? { Cookie: cookie } : {}),
        ...(body ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : {}),
      };
      const sent = request({ hostname, port, agent, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
      });
      sent.on('error', () => done(0, ''));
      sent.end(body);
    });
  });
  agent.destroy();
  return answers;
}

const part = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const say = (line: string) => process.stdout.write(`${line}\n`);

function report(name: string, answers: readonly Answer[]) {
  const seconds = Math.max(...answers.map(({ at }) => at)) / 1_000;
  const [won, lost] = [
    answers.filter(({ status }) => status < 300),
    answers.filter(({ status }) => status >= 300),
  ];
  const times = (list: readonly Answer[]) =>
    `p50 ${part(
      list.map(({ ms }) => ms),
      0.5,
    ).toFixed(0)} ms, p99 ${part(
      list.map(({ ms }) => ms),
      0.99,
    ).toFixed(0)} ms`;
  const reasons: Record<string, number> = {};
  for (const { status, code } of lost)
    reasons[code ?? String(status)] = (reasons[code ?? String(status)] ?? 0) + 1;
  const soldOutMs = Math.max(...won.map(({ at }) => at));
  say(
    `${name}: ${answers.length} requests in ${seconds.toFixed(2)} s, ${(answers.length / seconds).toFixed(0)}/s`,
  );
  say(
    `  ${won.length} seats, the last after ${(soldOutMs / 1_000).toFixed(2)} s; winners ${times(won)}; losers ${times(lost)}`,
  );
  say(`  refusals ${JSON.stringify(reasons)}`);
  const p99 = (list: readonly Answer[]) =>
    part(
      list.map(({ ms }) => ms),
      0.99,
    );
  return { perSecond: answers.length / seconds, soldOutMs, wonP99: p99(won), lostP99: p99(lost), reasons };
}

/** Copies of the first hall, until there are enough for the reading of a whole city. */
async function makeHalls(stage: Stage): Promise<string[]> {
  const { byHall } = await getSchedules(stage.p);
  const known = [...byHall.keys()];
  const content = byHall.get(HALL)!.at(-1)!;
  const office = await offices(stage.p).collection.findOne({ _id: HALL as never });
  const more = Array.from({ length: HALLS - known.length }, (_, n) => `hall-${n}`);
  await offices(stage.p).collection.insertMany(more.map((_id) => ({ ...office, _id: _id as never })));
  await schedules(stage.p).collection.insertMany(
    more.map((hall) => ({
      _id: `${hall}|${content.version}` as never,
      hall,
      version: content.version,
      content: { ...content, hall },
      publishedAt: stage.p.time.now(),
      publishedBy: null,
    })),
  );
  forgetSchedules(stage.p);
  await generateSlots(stage.p);
  // The portal's job looks through new halls once: a city opens its halls before the rush, not in it.
  while ((await schedules(stage.p).collection.countDocuments({ calendar: null })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  return [...known, ...more];
}

/** The last two days on which the hall is open: on any other the portal would rightly sell nothing. */
async function openDays(stage: Stage): Promise<[string, string]> {
  const days = await slotCollection(stage.p).distinct('date', { hall: HALL, open: true, pool: 'public' });
  const [earlier, later] = days.sort().slice(-2);
  return [earlier!, later!];
}

/** Windows of a day, with nobody in them and released. */
async function makeWindows(stage: Stage, date: string): Promise<string[]> {
  await getSchedules(stage.p);
  const schedule = await getScheduleOn(stage.p, HALL, date);
  const made = Array.from({ length: WINDOWS }, (_, n) => {
    const from = wallTimeOf(minutesOf('06:00') + n * 30);
    const opensAt = new Date(stage.p.time.now().getTime() - 60_000);
    return emptySlot(schedule, {
      date,
      pool: 'public',
      from,
      to: wallTimeOf(minutesOf(from) + 30),
      cap: SEATS,
      opensAt,
    });
  });
  await slotCollection(stage.p).deleteMany({ hall: HALL, date });
  await insertMissing(stage.p, made);
  return made.map(({ _id }) => _id);
}

const stage = await openStage();
try {
  say(`${PEOPLE} people are signed in …`);
  const people = await crowd(PEOPLE, 40, () => createCitizen({ url: stage.portal.url, p: stage.p }));
  const cookies = people.map(({ client }) =>
    [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  );
  const halls = await makeHalls(stage);
  const [otherDate, date] = await openDays(stage);
  const windows = await makeWindows(stage, date);
  const earlier = await makeWindows(stage, otherDate);
  const bare = Array.from({ length: WINDOWS * 2 }, (_, n) => `w${n}`);
  const bareWindows = stage.p.database.connection
    .getClient()
    .db('bare')
    .collection<{ _id: string }>('bare-windows');
  await bareWindows.deleteMany({});
  await bareWindows.insertMany(bare.map((_id) => ({ _id, rem: SEATS, seats: [] })));

  // Each person presses at four windows; who presses when is mixed, the same for both sides.
  const order = Array.from({ length: POSTS }, (_, n) => ({
    person: (n * 7_919) % PEOPLE,
    window: (n * 31 + (n >> 4)) % WINDOWS,
  }));
  const pids = { api: stage.portal.pid, db: stage.engine.pid()! };
  const claim = (slotId: string, person: number, service: string): Wish => {
    const body = JSON.stringify({ id: newBookingId(), slotId, service });
    return { method: 'POST', path: '/api/appointments', cookie: cookies[person]!, body };
  };
  const bareClaim = (id: string): Wish => ({
    method: 'POST',
    path: `/windows/${id}/claim`,
    body: JSON.stringify({ id: newBookingId() }),
  });
  // Seats of another day were sold before, and given back: both servers have run this code, nobody's seat stands in their way.
  await rush(stage.portal.url, stage.origin, WARM, (n) =>
    claim(earlier[n % WINDOWS]!, (n * 7_919) % PEOPLE, 'transfer'),
  );
  await makeWindows(stage, otherDate);
  await rush(stage.bare.url, stage.origin, WARM, (n) => bareClaim(bare[WINDOWS + (n % WINDOWS)]!));
  // Attempts of one person are counted for ten seconds.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const { value: answers, cpu } = await measureCpu(pids, () =>
    rush(stage.portal.url, stage.origin, POSTS, (n) => {
      const { person, window } = order[n]!;
      return claim(windows[window]!, person, 'transfer');
    }),
  );
  const portal = report('portal', answers);
  say(`  CPU: API ${cpu.api!.toFixed(2)} s, database ${cpu.db!.toFixed(2)} s`);
  const plain = report(
    'bare   ',
    await rush(stage.bare.url, stage.origin, POSTS, (n) => bareClaim(bare[order[n]!.window]!)),
  );
  const found = await wrongs(stage.p);
  const seated = (await slotCollection(stage.p).find({ hall: HALL, date }).toArray()).reduce(
    (sum, { used }) => sum + used,
    0,
  );
  say(
    `  ratio  requests ${(portal.perSecond / plain.perSecond).toFixed(2)} ×, sold out ${(plain.soldOutMs / portal.soldOutMs).toFixed(2)} × as fast`,
  );
  say(
    `  seats taken ${seated} of ${WINDOWS * SEATS}; wrong: ${found.length === 0 ? 'nothing' : found.slice(0, 5).join('; ')}`,
  );
  const SERVICES = ['transfer', 'mortgage', 'rename', 'pickup', 'discharge'];
  const read = (n: number): Wish => ({
    method: 'GET',
    path: `/api/offices/${halls[n % HALLS]}/slots?service=${SERVICES[n % SERVICES.length]}`,
  });
  await rush(stage.portal.url, stage.origin, 400, read, READERS);
  const reads = await rush(stage.portal.url, stage.origin, READS, read, READERS);
  const reading = report(`reading free windows of ${HALLS} halls, ${READERS} readers`, reads);
  const errors = [...answers, ...reads].filter(({ status }) => status === 0 || status >= 500).length;
  const right = new Set(['appointments.full', 'appointments.already_booked']);
  const strange = Object.keys(portal.reasons).filter((code) => !right.has(code));
  say('');
  const judge = (what: string, is: string, holds: boolean) => {
    say(`${holds ? 'PASS' : 'MISS'}  ${what}: ${is}`);
    return holds;
  };
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const verdicts = [
    judge('sold out within 2 s', ms(portal.soldOutMs), portal.soldOutMs <= 2_000),
    judge("winners' p99 within 300 ms", ms(portal.wonP99), portal.wonP99 <= 300),
    judge("losers' p99 within 300 ms", ms(portal.lostP99), portal.lostP99 <= 300),
    judge('no errors', String(errors), errors === 0),
    judge('refused for the right reason', strange.join(', ') || 'all', strange.length === 0),
    judge('2,000 readings a second', reading.perSecond.toFixed(0), reading.perSecond >= 2_000),
    judge("readers' p99 within 20 ms", ms(reading.wonP99), reading.wonP99 <= 20),
    judge(
      'every seat sold once',
      `${seated} of ${WINDOWS * SEATS}`,
      found.length === 0 && seated === WINDOWS * SEATS,
    ),
  ];
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  await stage.close();
}
