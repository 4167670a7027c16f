import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import { makeKeys } from '../../support/keys.ts';
import { createCitizen } from '../../support/people.ts';
import type { Finding, PartResult } from '../support/findings.ts';
import { serveInProcess } from '../support/in-process.ts';

/** Limits of the issue: an answer while the database is gone, and a success after it is back. */
export const ANSWER_WITHIN_MS = 2_000;
export const BACK_WITHIN_MS = 5_000;

export interface GoneFigures {
  /** Every answer while the database was gone: status and time. */
  answers: { status: number; code: string; ms: number; what: string }[];
  /** From the moment the engine accepts connections again to the first success of each kind. */
  readAgainMs: number[];
  writtenAgainMs: number[];
  healthLive: number[];
}

/** Takes the database away `times` times under a running API, for `goneMs` each, and watches what clients are told. */
export async function takeDatabaseAway(times: number, goneMs: number): Promise<GoneFigures> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'registration-gone-'));
  const log = pino({ level: 'silent' });
  let engine = await startEngine({ dataDirectory, log });
  const server = await serveInProcess({
    uri: engine.uri(),
    keys: makeKeys(),
    origin: 'http://localhost:8080',
    log,
  });
  const { url, p } = server;
  const { client } = await createCitizen({ url, p });
  const figures: GoneFigures = { answers: [], readAgainMs: [], writtenAgainMs: [], healthLive: [] };

  const ask = async (what: string): Promise<{ status: number; code: string; ms: number; what: string }> => {
    const startedAt = performance.now();
    const { status, body } =
      what === 'write'
        ? await client.post('/api/applications', { businessType: 'BG01', answers: {} })
        : await client.get(what);
    return { status, code: String(body?.error?.code ?? ''), ms: performance.now() - startedAt, what };
  };
  try {
    for (let time = 0; time < times; time += 1) {
      await engine.stop();
      const until = performance.now() + goneMs;
      while (performance.now() < until) {
        const asked = ['write', '/api/applications', '/api/me', '/api/business-types/BG01'].map(ask);
        figures.answers.push(...(await Promise.all(asked)));
        figures.healthLive.push((await fetch(`${url}/api/health/live`)).status);
        await delay(50);
      }
      engine = await startEngine({ dataDirectory, log });
      const backAt = performance.now();
      const again = async (what: string, wanted: number, times: number[]): Promise<void> => {
        for (;;) {
          const { status } = await ask(what);
          const ms = performance.now() - backAt;
          if (status === wanted || ms > 30_000) return void times.push(ms);
          await delay(10);
        }
      };
      await Promise.all([
        again('/api/applications', 200, figures.readAgainMs),
        again('write', 201, figures.writtenAgainMs),
      ]);
    }
    return figures;
  } finally {
    await server.end();
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** Judges the figures against the limits. What needs no database may go on answering. */
export function judgeGone({ answers, readAgainMs, writtenAgainMs, healthLive }: GoneFigures): Finding[] {
  const findings: Finding[] = [];
  for (const { status, code, ms, what } of answers) {
    const fine = status === 503 || (status === 200 && what.startsWith('/api/business-types'));
    if (!fine)
      findings.push({
        kind: 'server-error',
        text: `${what} was answered ${status} ${code} without a database`,
      });
    if (ms > ANSWER_WITHIN_MS)
      findings.push({ kind: 'slow', text: `${what} was answered after ${ms.toFixed(0)} ms` });
  }
  for (const ms of [...readAgainMs, ...writtenAgainMs]) {
    if (ms > BACK_WITHIN_MS)
      findings.push({
        kind: 'slow',
        text: `the first success came ${ms.toFixed(0)} ms after the database was back`,
      });
  }
  if (healthLive.some((status) => status !== 200))
    findings.push({ kind: 'server-error', text: 'the process did not say that it lives' });
  if (!answers.some(({ status }) => status === 503))
    findings.push({ kind: 'no-exercise', text: 'nothing was refused' });
  return findings;
}

export async function runGone(short: boolean): Promise<PartResult> {
  const figures = await takeDatabaseAway(short ? 1 : 3, short ? 4_000 : 8_000);
  const most = (values: readonly number[]) => `${Math.round(Math.max(...values))} ms`;
  const statuses: Record<string, number> = {};
  for (const { status } of figures.answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    part: 'the database gone and back under a running API',
    figures: {
      'answers while it was gone': statuses,
      'slowest of them': most(figures.answers.map(({ ms }) => ms)),
      'first read after it was back': figures.readAgainMs.map((ms) => `${Math.round(ms)} ms`).join(', '),
      'first write after it was back': figures.writtenAgainMs.map((ms) => `${Math.round(ms)} ms`).join(', '),
    },
    findings: judgeGone(figures),
  };
}
