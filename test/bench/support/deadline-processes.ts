import { spawn, type ChildProcess } from 'node:child_process';
import type { DeadlineStage } from './deadline-stage.ts';

/** Another API process that does one job under its lease, standing at a moment. */
export function startProcess(stage: DeadlineStage, file: 'raise' | 'follow', now: Date): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', `test/faults/alarms/${file}-process.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ALARMS_URI: stage.uri,
      ALARMS_NOW: now.toISOString(),
      RULES_URI: stage.uri,
      RULES_NOW: now.toISOString(),
    },
  });
}

export const ready = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => {
    child.stdout!.once('data', resolve);
    child.stdout!.resume();
  });

/** Kills the process that holds the lease of a job. */
export async function killWorking(
  stage: DeadlineStage,
  job: string,
  children: readonly ChildProcess[],
): Promise<void> {
  const lease = await stage.p.database.connection.collection('leases').findOne({ _id: job as never });
  children.find(({ pid }) => String(lease?.holder).startsWith(`${pid}-`))?.kill('SIGKILL');
}
