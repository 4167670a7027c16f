import type { Job } from '../../platform/jobs/scheduler.ts';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { leafHashOf } from './append.ts';
import { closeBreak, findBreak, openBreak } from './breaks.ts';
import { Findings } from './findings.ts';
import { hasher } from './hash.ts';
import { loggedEntries, type LoggedEntry, type SignedHead } from './ledger.model.ts';
import { isSameHash, verifyInclusion } from './merkle.ts';
import { fromBase64 } from './note.ts';
import { proveInclusion } from './prove.ts';
import { signOrReport } from './append-changes.ts';
import { latestHead } from './sign-head.ts';
import { bytesOf, nodeReader } from './tree.ts';
import { checkTree } from './verify-log.ts';

/** Entries looked at in one run: at one run a minute a million take eight hours and a tenth of a second of each minute. */
const PART = 2_048;

/** Where the next run begins. A process that starts begins anew. */
const placeOf = perPlatform(() => ({ next: 0 }));

/** Whether the entries from a place on are what the newest head was signed over; what is wrong, or null. */
async function checkPart(p: Platform, head: SignedHead, begin: number): Promise<string | null> {
  const end = Math.min(head._id, begin + PART);
  const found = (await loggedEntries(p)
    .collection.find({ _id: { $gte: begin, $lt: end } as never })
    .sort({ _id: 1 })
    .toArray()) as unknown as LoggedEntry[];
  const read = nodeReader(p, head._id);
  const root = fromBase64(head.root) ?? hasher.empty;
  for (let index = begin; index < end; index += 1) {
    const entry = found[index - begin];
    if (entry?._id !== index) return `entry ${index} is missing`;
    const leaf = leafHashOf(entry.bytes);
    const proof = await proveInclusion(hasher, read, { index, size: head._id });
    const claim = { leaf, index: BigInt(index), size: BigInt(head._id), proof, root };
    if (!isSameHash(leaf, bytesOf(entry.hash)) || !verifyInclusion(hasher, claim))
      return `entry ${index} is not what was signed`;
  }
  return null;
}

/** After a break: whether all is as it was signed again, entries that wait to be signed apart. */
async function isMended(p: Platform): Promise<boolean> {
  const findings = new Findings();
  await checkTree(p, findings);
  return findings.kinds.every((kind) => kind === 'unsigned');
}

/**
 * Goes round the log, a part each minute, and sets its entries beside the newest signed head: what was altered long after it was signed is
 * found without anybody asking. While the log is broken it looks at all of it, until somebody has put it right; then signing goes on.
 */
export const checkLog: Job = {
  name: 'ledger.check',
  everyMs: 60_000,
  restFactor: 20,
  async run(p): Promise<Record<string, number> | undefined> {
    const broken = await findBreak(p);
    if (broken) {
      if (!(await isMended(p))) return { broken: 1 };
      await closeBreak(p, broken);
      await signOrReport(p);
      return { mended: 1 };
    }
    const head = await latestHead(p);
    if (!head) return undefined;
    const place = placeOf(p);
    const begin = place.next < head._id ? place.next : 0;
    const reason = await checkPart(p, head, begin);
    if (reason) await openBreak(p, reason);
    place.next = begin + PART;
    return { broken: reason ? 1 : 0 };
  },
};
