import { setTimeout as delay } from 'node:timers/promises';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { proveEntry, verifyLog } from '../../../backend/modules/ledger/index.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { Finding } from '../support/findings.ts';

/** trust.md V8: how long after a clerk was told that something is registered it can be proved to be in the log. */
const CALM_MS = 1_000;
const CRASH_MS = 10_000;
/** A kill this long before still counts: servers start again, and events wait for the sweep. */
const UNREST_MS = 8_000;
const POLL_MS = 20;
const GIVE_UP_MS = 120_000;

export interface LedgerWatch {
  /** Called when a recording was acknowledged. */
  onRecorded(caseId: string, unitCode: string): void;
  /** Called when something is killed. */
  onKill(): void;
  /** Registrations that were proved so far with nothing killed about them. */
  calmSeen(): number;
  /** Waits for what is not proved yet. @param judgesTimes whether being late is a finding */
  end(judgesTimes: boolean): Promise<{ figures: Record<string, unknown>; findings: Finding[] }>;
}

const at = (times: readonly number[], share: number): string => {
  const sorted = times.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)} ms`;
};
const spread = (times: readonly number[]): string =>
  times.length === 0
    ? '—'
    : `${times.length}: median ${at(times, 0.5)}, p99 ${at(times, 0.99)}, most ${at(times, 1)}`;

/** The entry of what a case changed in a unit, under the newest signed head. */
async function isProvable(p: Platform, caseId: string, unitCode: string): Promise<boolean> {
  const unit = await units(p).findOne({ _id: unitCode }, { changes: 1 }).lean();
  const change = unit?.changes.find((one) => one.caseId === caseId);
  return change !== undefined && (await proveEntry(p, change.entry.id)) !== null;
}

/** Measures from the acknowledgement of a recording to the moment at which its entry can be proved, while things are killed. */
export function watchLedger({ p, close }: { p: Platform; close(): Promise<void> }): LedgerWatch {
  const [calm, crash]: [number[], number[]] = [[], []];
  const kills: number[] = [];
  const lost: string[] = [];
  const waiting: Promise<void>[] = [];

  async function follow(caseId: string, unitCode: string): Promise<void> {
    const from = performance.now();
    for (;;) {
      const proved = await isProvable(p, caseId, unitCode).catch(() => false);
      const now = performance.now();
      if (proved) {
        const isDisturbed = kills.some((killed) => killed > from - UNREST_MS && killed < now);
        (isDisturbed ? crash : calm).push(now - from);
        return;
      }
      if (now - from > GIVE_UP_MS) return void lost.push(caseId);
      await delay(POLL_MS);
    }
  }

  return {
    onRecorded: (caseId, unitCode) => void waiting.push(follow(caseId, unitCode)),
    onKill: () => void kills.push(performance.now()),
    calmSeen: () => calm.length,
    async end(judgesTimes) {
      await Promise.all(waiting);
      await close();
      const findings: Finding[] = lost.map((caseId) => ({
        kind: 'lost-write',
        text: `case ${caseId} was registered and is not provable after ${GIVE_UP_MS / 1_000} s`,
      }));
      const late = (times: readonly number[], limit: number) => times.filter((ms) => ms > limit).length;
      const [lateCalm, lateCrash] = [late(calm, CALM_MS), late(crash, CRASH_MS)];
      if (judgesTimes && lateCalm > calm.length / 100)
        findings.push({
          kind: 'slow',
          text: `${lateCalm} of ${calm.length} provable after more than ${CALM_MS} ms`,
        });
      if (judgesTimes && lateCrash > crash.length / 100)
        findings.push({
          kind: 'slow',
          text: `${lateCrash} of ${crash.length} provable after more than ${CRASH_MS} ms from a crash`,
        });
      return {
        figures: {
          'registered to provable, nothing killed': spread(calm),
          'registered to provable, after a kill': spread(crash),
        },
        findings,
      };
    },
  };
}

/** What is on its way when the load ends has arrived after this. */
const ARRIVE_MS = 20_000;

/** The whole log beside the register and the other records: no gap, nothing twice, nothing that the other lacks. */
export async function verifyWholeLog(
  p: Platform,
): Promise<{ figures: Record<string, unknown>; findings: Finding[] }> {
  const until = performance.now() + ARRIVE_MS;
  let report = await verifyLog(p, leafSources);
  while (report.wrong.length > 0 && performance.now() < until) {
    await delay(500);
    report = await verifyLog(p, leafSources);
  }
  const { entries, heads, wrong } = report;
  return {
    figures: { 'log: entries, signed heads, wrong': `${entries}, ${heads}, ${wrong.length}` },
    findings: wrong.map((text) => ({ kind: 'state-differs', text: `log: ${text}` })),
  };
}
