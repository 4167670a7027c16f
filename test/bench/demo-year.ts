// `npx tsx test/bench/demo-year.ts`: a first start with the whole demo year (DEMO_CASES, 63,000 unless set) on a data folder of its own: when
// it serves, how long the year takes to fill in behind it, and what requests wait meanwhile, beside what they wait afterwards.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processorMs, startPortal } from '../support/portal-process.ts';

const CASES = process.env.DEMO_CASES ?? '63000';
const SAMPLE_MS = 50;
const AFTER_MS = 20_000;

const say = (text: string) => process.stdout.write(`${text}\n`);
const at = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

/** Asks for two pages' data again and again until told to stop; gives what each answer took. */
function sample(url: string): { stop(): Promise<number[]> } {
  let running = true;
  const waits: number[] = [];
  const loop = (async () => {
    while (running) {
      for (const path of ['/api/business-types', '/api/promises']) {
        const from = performance.now();
        await (await fetch(url + path)).arrayBuffer();
        waits.push(performance.now() - from);
      }
      await delay(SAMPLE_MS);
    }
  })();
  return {
    async stop() {
      running = false;
      await loop;
      return waits.sort((a, b) => a - b);
    },
  };
}

const line = (what: string, waits: readonly number[]) =>
  say(
    `${what}: ${waits.length} requests, p50 ${at(waits, 0.5).toFixed(1)} ms, p95 ${at(waits, 0.95).toFixed(1)} ms, ` +
      `p99 ${at(waits, 0.99).toFixed(1)} ms, longest ${at(waits, 1).toFixed(0)} ms`,
  );

const folder = mkdtempSync(join(tmpdir(), 'registration-year-'));
const portal = await startPortal({
  env: { DATA_DIR: folder, DEMO_CASES: CASES, LOG_LEVEL: 'warn' },
  timeoutMs: 300_000,
});
try {
  say(`serves after ${portal.readyMs} ms (load ${loadavg()[0]?.toFixed(1)})`);
  const startedAt = performance.now();
  const cpuAt = processorMs(portal.child.pid ?? 0);
  const during = sample(portal.url);
  let told = 0;
  for (;;) {
    const { filling } = (await (await fetch(`${portal.url}/api/promises`)).json()) as {
      filling: { done: number; total: number } | null;
    };
    if (filling === null && told > 0) break;
    if (filling && filling.done >= told + Number(CASES) / 10) {
      told = filling.done;
      say(
        `${filling.done} of ${filling.total} after ${Math.round((performance.now() - startedAt) / 1_000)} s`,
      );
    } else if (filling) told ||= 1;
    await delay(1_000);
  }
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const cpu = Math.round((processorMs(portal.child.pid ?? 0) - cpuAt) / 1_000);
  line('while it fills', await during.stop());
  const after = sample(portal.url);
  await delay(AFTER_MS);
  line('afterwards', await after.stop());
  const size = execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0];
  say(`${CASES} cases in ${seconds} s, ${cpu} s of processor; the data folder holds ${size} MB`);
} finally {
  say(`stopped with ${await portal.stop()}`);
  rmSync(folder, { recursive: true, force: true });
}
