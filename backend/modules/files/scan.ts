/** Malware scanning (恶意代码检查): a file is shown to its owner only until the scanner has called it clean. */
import type { Platform } from '../../platform/platform.ts';
import { ScanStatus } from './contract.ts';
import { openContent } from './content.ts';
import { files, FileState } from './file.model.ts';

/** Scans wait here one after the other, so that a rush of uploads opens one connection to the scanner, not fifty. */
let line: Promise<unknown> = Promise.resolve();

/** Starts the scan of a file that has just arrived. The job does it again if this process dies first. */
export function scanSoon(p: Platform, fileId: string): void {
  if (!p.outside.scanner) return;
  line = line
    .then(() => scanFile(p, fileId))
    .catch((error: unknown) =>
      p.log.warn({ err: error, file: fileId }, 'the malware scanner could not be reached'),
    );
}

/** Scans one file if it still waits. Throws when the scanner cannot be reached: the file then waits on. */
async function scanFile(p: Platform, fileId: string): Promise<boolean> {
  const { scanner } = p.outside;
  const waiting = { _id: fileId, state: FileState.ready, 'scan.status': ScanStatus.pending };
  const file = scanner && (await files(p).findOne(waiting).lean());
  if (!file) return false;
  const verdict = await scanner.scan(openContent(p, fileId));
  const scan = verdict.clean
    ? { status: ScanStatus.clean, at: p.time.now(), signature: null }
    : { status: ScanStatus.infected, at: p.time.now(), signature: verdict.signature.slice(0, 200) };
  const { subjectId, purpose, materialCode, ownerId } = file;
  const event = verdict.clean
    ? p.outbox.event('files.cleared', null, { fileId, purpose, subjectId })
    : p.outbox.event('files.infected', null, { fileId, purpose, subjectId, materialCode, ownerId });
  // The guard: two processes may have scanned it at once, and one of them reports.
  const { matchedCount } = await files(p).collection.updateOne(
    waiting as never,
    {
      $set: { scan },
      $push: { outbox: event },
    } as never,
  );
  if (matchedCount === 1) p.outbox.notify('files');
  return matchedCount === 1;
}

/** How many files one run takes; more are left to the next. */
const RUN = 100;
const MOST_FAILURES = 3;

/** Scans what waits, oldest first, and what was taken in while no scanner was configured. */
export async function scanPending(p: Platform): Promise<Record<string, number> | undefined> {
  if (!p.outside.scanner) return undefined;
  await files(p).updateMany(
    { 'scan.status': ScanStatus.notScanned, state: FileState.ready },
    { $set: { 'scan.status': ScanStatus.pending } },
  );
  const waiting = await files(p)
    .find({ 'scan.status': ScanStatus.pending, state: FileState.ready }, { _id: 1 })
    .sort({ startedAt: 1 })
    .limit(RUN)
    .lean();
  const figures = { scanned: 0, noVerdict: 0 };
  for (const { _id } of waiting) {
    try {
      if (await scanFile(p, _id)) figures.scanned += 1;
    } catch (error) {
      // One file without a verdict must not hold up the others; a scanner that is away holds up all.
      p.log.warn({ err: error, file: _id }, 'the malware scanner gave no verdict');
      figures.noVerdict += 1;
      if (figures.noVerdict >= MOST_FAILURES) break;
    }
  }
  return figures;
}

/** For the administrator's health page. */
export async function scanHealth(p: Platform) {
  const count = (status: ScanStatus) =>
    files(p).countDocuments({ 'scan.status': status, state: FileState.ready });
  return {
    scanner: p.outside.scanner ? ('configured' as const) : ('none' as const),
    pending: await count(ScanStatus.pending),
    infected: await count(ScanStatus.infected),
    notScanned: await count(ScanStatus.notScanned),
  };
}
