import type { Job } from '../../platform/jobs/scheduler.ts';
import { scanPending } from './scan.ts';
import { sweepFiles } from './sweep.ts';
import { verifyBound } from './verify-files.ts';

export const filesJobs: readonly Job[] = [
  { name: 'files.scan', everyMs: 30_000, run: (p) => scanPending(p) },
  { name: 'files.sweep', everyMs: 600_000, run: sweepFiles },
  { name: 'files.verify', everyMs: 600_000, run: (p) => verifyBound(p) },
];
