// `npm run bench:booking`: 放号 over HTTP. People who are signed in press for seats in a few windows, all at once, more often than there
// are seats; beside it a bare Koa + driver that does one conditional durable update for each request, on the same engine. Then the
// reading of free windows. Load generator, portal and database share the machine; winners and losers are timed apart.
import { Agent, request } from 'node:http';
import { slotCollection } from '../../backend/modules/appointments/change-slot.ts';
import { emptySlot, insertMissing } from '../../backend/modules/appointments/generate-slots.ts';
import { getScheduleOn, getSchedules } from '../../backend/modules/appointments/get-schedule.ts';
import { minutesOf, wallTimeOf } from '../../backend/modules/appointments/plan-day.ts';
import { legalDayOf } from '../../backend/platform/time.ts';
import { crowd, newBookingId, wrongs } from '../faults/booking/windows.ts';
import { createCitizen } from '../support/people.ts';
import { measureCpu } from './support/cpu.ts';
import { openStage, type Stage } from './support/stage.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 5_000);
const POSTS = Number(process.env.BENCH_POSTS ?? 20_000);
const WINDOWS = 16;
const SEATS = 50;
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 200);
const READS = Number(process.env.BENCH_READS ?? 20_000);
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

async function rush(
  url: string,
  origin: string,
  count: number,
  wish: (n: number) => Wish,
): Promise<Answer[]> {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'fifo' });
  const begun = performance.now();
  const answers = await crowd(count, CONNECTIONS, (n) => {
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

function report(name: string, answers: readonly Answer[]): { perSecond: number; soldOutMs: number } {
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
  return { perSecond: answers.length / seconds, soldOutMs };
}

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
  const date = legalDayOf(new Date(stage.p.time.now().getTime() + 20 * 86_400_000));
  const windows = await makeWindows(stage, date);
  const bare = Array.from({ length: WINDOWS }, (_, n) => `w${n}`);
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
  await rush(stage.portal.url, stage.origin, 400, () => ({
    method: 'GET',
    path: `/api/offices/${HALL}/slots`,
  }));
  const { value: answers, cpu } = await measureCpu(pids, () =>
    rush(stage.portal.url, stage.origin, POSTS, (n) => {
      const { person, window } = order[n]!;
      const body = JSON.stringify({ id: newBookingId(), slotId: windows[window], service: 'transfer' });
      return { method: 'POST', path: '/api/appointments', cookie: cookies[person]!, body };
    }),
  );
  const portal = report('portal', answers);
  say(`  CPU: API ${cpu.api!.toFixed(2)} s, database ${cpu.db!.toFixed(2)} s`);
  const plain = report(
    'bare   ',
    await rush(stage.bare.url, stage.origin, POSTS, (n) => ({
      method: 'POST',
      path: `/windows/${bare[order[n]!.window]!}/claim`,
      body: JSON.stringify({ id: newBookingId() }),
    })),
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
  const reads = await rush(stage.portal.url, stage.origin, READS, (n) => ({
    method: 'GET',
    path: `/api/offices/${['liaocheng-centre', 'chiping', 'linqing', 'yanggu'][n % 4]}/slots?service=${['transfer', 'mortgage', 'rename', 'pickup', 'discharge'][n % 5]}`,
  }));
  report('reading free windows', reads);
  const errors = [...answers, ...reads].filter(({ status }) => status === 0 || status >= 500).length;
  say(`errors ${errors}`);
  process.exitCode = errors === 0 && found.length === 0 && seated === WINDOWS * SEATS ? 0 : 1;
} finally {
  await stage.close();
}
