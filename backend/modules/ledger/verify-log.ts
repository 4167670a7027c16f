import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from '../../platform/platform.ts';
import { leafHashOf, sizeOf } from './append.ts';
import { originIn, readCheckpoint } from './checkpoint.ts';
import { Findings } from './findings.ts';
import { ledgerVerifiers } from './keys.ts';
import type { LeafSource } from './leaf-source.ts';
import {
  loggedEntries,
  signedHeads,
  storedTiles,
  type LoggedEntry,
  type SignedHead,
  type StoredTile,
} from './ledger.model.ts';
import { isSameHash, type Hash } from './merkle.ts';
import { openNote, readNote, toBase64, type NoteVerifier } from './note.ts';
import { countEntries, readEntries } from './read-entries.ts';
import { latestHead } from './sign-head.ts';
import { bytesOf } from './tree.ts';
import { RecordCheck } from './verify-records.ts';
import { Frontier, TileCheck } from './verify-tree.ts';

export interface LogReport {
  entries: number;
  heads: number;
  tiles: number;
  /** Root of all entries, base64. */
  root: string;
  /** What is wrong, the first of each kind; empty where the log is what was signed and what the records say. */
  wrong: string[];
}

/** A head that somebody else kept. */
export interface KeptHead {
  size: number;
  /** Base64. */
  root: string;
}

interface TreeReport extends Omit<LogReport, 'wrong'> {
  records: RecordCheck;
}

export interface VerifyOptions {
  /** What was cut off together with its heads shows by it. */
  outside?: KeptHead | null;
  /**
   * How long to wait for what may be on its way where a portal is at work: a change that was recorded and is not logged yet, entries that are
   * not signed yet. Nothing is waited for where nothing is amiss.
   */
  graceMs?: number;
}

/**
 * Checks the whole log: every leaf from its bytes, no place empty, every signed head against the entries and by the keys, every
 * stored tile, and leaf by leaf against the records, which must say exactly the same. Reads only.
 */
export async function verifyLog(
  p: Platform,
  sources: readonly LeafSource[],
  { outside = null, graceMs = 0 }: VerifyOptions = {},
): Promise<LogReport> {
  const findings = new Findings();
  const { records, ...report } = await checkTree(p, findings, { outside, graceMs });
  await records.compare(p, sources, (ids) => hashesByEntry(p, ids, graceMs));
  return { ...report, wrong: findings.wrong };
}

/** The log by itself: entries, heads and tiles. */
export async function checkTree(
  p: Platform,
  findings: Findings,
  { outside = null, graceMs = 0 }: VerifyOptions = {},
): Promise<TreeReport> {
  const heads = await checkHeads(p, findings);
  const last = heads.at(-1)?._id ?? 0;
  const tiles = new TileCheck(await tilesById(p), last, findings);
  const frontier = new Frontier((level, hash) => tiles.take(level, hash));
  const records = new RecordCheck(findings);
  const reach = rootCheck(frontier, heads, outside, findings);
  let entries = 0;
  for await (const batch of readEntries(p))
    for (const { _id, entryId, bytes, hash } of batch) {
      if (_id !== entries)
        findings.note('gap', `place ${entries} of the log is empty or doubled (found ${_id})`);
      const leaf = leafHashOf(bytes);
      if (!isSameHash(leaf, bytesOf(hash)))
        findings.note('leaf', `entry ${_id}: its hash is not that of its bytes`);
      records.add(_id, entryId, bytes, leaf);
      frontier.add(leaf);
      entries += 1;
      reach(entries);
    }
  const strays = (await countEntries(p)) - entries;
  if (strays > 0 && !(await isGrowing(p, entries)))
    findings.note('stray', `${strays} entries of the log have no place in it`);
  if (last > entries) findings.note('short', `${last} entries were signed, ${entries} are there`);
  if (entries > last && !(await isSignedWithin(p, entries, graceMs)))
    findings.note('unsigned', `${entries - last} entries are not signed yet`);
  if (outside && outside.size > entries)
    findings.note(
      'outside-short',
      `a head of ${outside.size} entries was kept elsewhere, ${entries} are there`,
    );
  tiles.end();
  const root = toBase64(frontier.root());
  return { entries, heads: heads.length, tiles: tiles.count, root, records };
}

/** Whether entries came after those that were read: then more are counted than were read, and nothing is wrong. */
const isGrowing = async (p: Platform, entries: number): Promise<boolean> => (await sizeOf(p)) > entries;

/** Every signed head: that it is signed, says what it is filed as, and stands after the one before. */
async function checkHeads(p: Platform, findings: Findings): Promise<SignedHead[]> {
  const heads = (await signedHeads(p)
    .collection.find({})
    .sort({ _id: 1 })
    .toArray()) as unknown as SignedHead[];
  // All heads are of one log: that which the first names.
  const origin = originIn(heads[0]?.note ?? '');
  const verifiers = ledgerVerifiers(p, origin);
  /** Keys may be added as time goes on; who signed once signs every later head. */
  const signers = new Set<string>();
  for (const [place, head] of heads.entries()) {
    if (head.previous !== (heads[place - 1]?._id ?? 0))
      findings.note('chain', `a head before that of ${head._id} entries is missing`);
    const signedBy = await checkNote(verifiers, origin, head, findings);
    if (!signedBy) continue;
    for (const name of signers)
      if (!signedBy.includes(name))
        findings.note('line', `the head of ${head._id} entries lacks the signature of ${name}`);
    for (const name of signedBy) signers.add(name);
  }
  return heads;
}

/** The names under the head; null where it is wrong. */
async function checkNote(
  verifiers: readonly NoteVerifier[],
  origin: string,
  head: SignedHead,
  findings: Findings,
): Promise<string[] | null> {
  const opened = await openNote(head.note, verifiers);
  const checkpoint = opened && readCheckpoint(opened.text);
  // A line by nobody known is none that this log wrote.
  const isOurs = opened?.signedBy.length === readNote(head.note)?.signatures.length;
  if (!opened || !isOurs || checkpoint?.origin !== origin || !opened.signedBy.includes(origin)) {
    findings.note('note', `the head of ${head._id} entries is not signed by this log`);
    return null;
  }
  if (checkpoint.size !== head._id || toBase64(checkpoint.root) !== head.root)
    findings.note('note-says', `the head of ${head._id} entries says another thing than what is filed`);
  return opened.signedBy;
}

/** Asks, at each size that was signed or kept elsewhere, whether the entries so far are those. */
function rootCheck(
  frontier: Frontier,
  heads: readonly SignedHead[],
  outside: KeptHead | null,
  findings: Findings,
): (entries: number) => void {
  const awaited = new Map(heads.map(({ _id, root }) => [_id, root]));
  return (entries) => {
    const root = awaited.get(entries);
    if (root !== undefined && toBase64(frontier.root()) !== root)
      findings.note('head', `the first ${entries} entries are not those that were signed`);
    if (outside?.size === entries && toBase64(frontier.root()) !== outside.root)
      findings.note(
        'outside',
        `the first ${entries} entries are not those of the head that was kept elsewhere`,
      );
  };
}

async function tilesById(p: Platform): Promise<Map<string, StoredTile>> {
  const found = (await storedTiles(p).collection.find({}).toArray()) as unknown as StoredTile[];
  return new Map(found.map((tile) => [tile._id, tile]));
}

/** Of entries that came into the log after it was read, or come within the time. */
async function hashesByEntry(
  p: Platform,
  entryIds: readonly string[],
  graceMs: number,
): Promise<Map<string, Hash>> {
  const hashes = new Map<string, Hash>();
  await untilWithin(graceMs, async () => {
    const left = entryIds.filter((id) => !hashes.has(id));
    const found = (await loggedEntries(p)
      .collection.find({ entryId: { $in: left } })
      .toArray()) as unknown as LoggedEntry[];
    for (const { entryId, bytes } of found) hashes.set(entryId, leafHashOf(bytes));
    return hashes.size === entryIds.length;
  });
  return hashes;
}

const isSignedWithin = (p: Platform, size: number, graceMs: number): Promise<boolean> =>
  untilWithin(graceMs, async () => ((await latestHead(p))?._id ?? 0) >= size);

const POLL_MS = 200;

/** Asks again until it is so, or the time is over. */
async function untilWithin(forMs: number, isSo: () => Promise<boolean>): Promise<boolean> {
  for (const until = performance.now() + forMs; ;) {
    if (await isSo()) return true;
    if (performance.now() >= until) return false;
    await wait(POLL_MS);
  }
}
