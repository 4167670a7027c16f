import type { Platform } from '../../platform/platform.ts';
import { leafHashOf } from './append.ts';
import { originIn, readCheckpoint } from './checkpoint.ts';
import { hasher } from './hash.ts';
import { ledgerVerifiers } from './keys.ts';
import {
  loggedEntries,
  signedHeads,
  storedTiles,
  type LoggedEntry,
  type SignedHead,
  type StoredTile,
} from './ledger.model.ts';
import { isSameHash, type Hash } from './merkle.ts';
import { openNote, toBase64 } from './note.ts';
import { TILE_WIDTH } from './tiles.ts';
import { bytesOf, foldHashes, tileId } from './tree.ts';

/**
 * What the register says it handed over, in any order. `holds`: whether the leaf commits to what the unit says now; null where a later
 * change stands on it, or its salt was erased.
 */
export type RegisterLeaves = AsyncIterable<{ entryId: string; bytes: string; holds: boolean | null }>;

export interface LogReport {
  entries: number;
  heads: number;
  tiles: number;
  /** Root of all entries, base64. */
  root: string;
  /** What is wrong, the first of each kind; empty where the log is what was signed and what the register says. */
  wrong: string[];
}

/**
 * The complete subtrees that make up the first n entries, from the left: 2^level entries each, as the bits of n (a compact range). An
 * algorithm of its own: nothing of `prove.ts` is used to check what that made.
 */
class Frontier {
  readonly #peaks: { level: number; hash: Hash }[] = [];

  add(leaf: Hash): void {
    let top = { level: 0, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.level === top.level; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      top = { level: top.level + 1, hash: hasher.node(last.hash, top.hash) };
    }
    this.#peaks.push(top);
  }

  root(): Hash {
    const [smallest, ...rest] = [...this.#peaks].reverse();
    if (!smallest) return hasher.empty;
    return rest.reduce((right, { hash }) => hasher.node(hash, right), smallest.hash);
  }
}

/** Notes the first of each kind only: a log with one entry missing is wrong at every entry after it. */
class Findings {
  readonly wrong: string[] = [];
  readonly #kinds = new Set<string>();
  note(kind: string, words: string): void {
    if (this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    this.wrong.push(words);
  }
}

/**
 * Checks the whole log: every leaf from its bytes, no place empty, every signed head against the entries and by the keys, every
 * stored tile, and entry by entry against the register, which must say exactly the same. Reads only.
 * @param outside a head that somebody else kept: what was cut off together with its heads shows by it
 */
export async function verifyLog(
  p: Platform,
  register: RegisterLeaves,
  outside: { size: number; root: string } | null = null,
): Promise<LogReport> {
  const findings = new Findings();
  const heads = (await signedHeads(p)
    .collection.find({})
    .sort({ _id: 1 })
    .toArray()) as unknown as SignedHead[];
  // All heads are of one log: that which the first names.
  const origin = originIn(heads[0]?.note ?? '');
  for (const [place, head] of heads.entries()) {
    if (head.previous !== (heads[place - 1]?._id ?? 0))
      findings.note('chain', `a head before that of ${head._id} entries is missing`);
    await checkNote(p, origin, head, findings);
  }
  const awaited = new Map(heads.map(({ _id, root }) => [_id, root]));
  const kept = outside === null ? null : { ...outside };
  const frontier = new Frontier();
  /** Leaf hashes by id, not the leaves: a million of those would not fit. */
  const logged = new Map<string, Hash>();
  const last = heads.at(-1)?._id ?? 0;
  const tiles = new TileCheck(await tilesById(p), last, findings);
  let entries = 0;
  const reach = () => {
    const root = awaited.get(entries);
    if (root !== undefined && toBase64(frontier.root()) !== root)
      findings.note('head', `the first ${entries} entries are not those that were signed`);
    if (kept?.size === entries && toBase64(frontier.root()) !== kept.root)
      findings.note(
        'outside',
        `the first ${entries} entries are not those of the head that was kept elsewhere`,
      );
  };
  const cursor = loggedEntries(p).collection.find({}).sort({ _id: 1 });
  for await (const { _id, entryId, bytes, hash } of cursor as unknown as AsyncIterable<LoggedEntry>) {
    if (_id !== entries)
      findings.note('gap', `place ${entries} of the log is empty or doubled (found ${_id})`);
    const leaf = leafHashOf(bytes);
    if (!isSameHash(leaf, bytesOf(hash)))
      findings.note('leaf', `entry ${_id}: its hash is not that of its bytes`);
    if (idIn(bytes) !== entryId) findings.note('entry-id', `entry ${_id}: it is filed under another id`);
    if (logged.has(entryId)) findings.note('twice', `entry ${_id}: ${entryId} is logged twice`);
    logged.set(entryId, leaf);
    frontier.add(leaf);
    tiles.add(leaf);
    entries += 1;
    reach();
  }
  if (last > entries) findings.note('short', `${last} entries were signed, ${entries} are there`);
  if (entries > last) findings.note('unsigned', `${entries - last} entries are not signed yet`);
  if (kept && kept.size > entries)
    findings.note('outside-short', `a head of ${kept.size} entries was kept elsewhere, ${entries} are there`);
  tiles.end();
  for await (const { entryId, bytes, holds } of register) {
    const found = logged.get(entryId);
    if (found === undefined) findings.note('missing', `${entryId} is in the register and not in the log`);
    else if (!isSameHash(found, leafHashOf(bytes)))
      findings.note('differs', `${entryId} says another thing in the register`);
    if (holds === false) findings.note('state', `${entryId} commits to another state than the register has`);
    logged.delete(entryId);
  }
  const [left] = logged.keys();
  if (left !== undefined) findings.note('extra', `${left} is in the log and not in the register`);
  return {
    entries,
    heads: heads.length,
    tiles: tiles.count,
    root: toBase64(frontier.root()),
    wrong: findings.wrong,
  };
}

function idIn(bytes: string): string | null {
  try {
    return String((JSON.parse(bytes) as { entryId?: unknown }).entryId);
  } catch {
    return null;
  }
}

async function checkNote(p: Platform, origin: string, head: SignedHead, findings: Findings): Promise<void> {
  const opened = await openNote(head.note, ledgerVerifiers(p, origin));
  const checkpoint = opened && readCheckpoint(opened.text);
  if (checkpoint?.origin !== origin)
    return findings.note('note', `the head of ${head._id} entries is not signed by this log`);
  if (checkpoint.size !== head._id || toBase64(checkpoint.root) !== head.root)
    findings.note('note-says', `the head of ${head._id} entries says another thing than what is filed`);
}

async function tilesById(p: Platform): Promise<Map<string, StoredTile>> {
  const found = (await storedTiles(p).collection.find({}).toArray()) as unknown as StoredTile[];
  return new Map(found.map((tile) => [tile._id, tile]));
}

/** Makes the tiles from the leaves as they come, and sets each beside the stored one. */
class TileCheck {
  readonly #stored: Map<string, StoredTile>;
  readonly #signed: number;
  readonly #findings: Findings;
  readonly #levels: { index: number; hashes: Hash[] }[] = [];
  count = 0;

  /** @param signed entries that were signed: their tiles were written before */
  constructor(stored: Map<string, StoredTile>, signed: number, findings: Findings) {
    this.#stored = stored;
    this.#signed = signed;
    this.#findings = findings;
  }

  add(hash: Hash, level = 0): void {
    const row = (this.#levels[level] ??= { index: 0, hashes: [] });
    row.hashes.push(hash);
    if (row.hashes.length < TILE_WIDTH) return;
    const id = tileId(level, row.index);
    const root = foldHashes(row.hashes);
    const stored = this.#stored.get(id);
    if (stored) this.#compare(stored, row.hashes, root);
    else if ((row.index + 1) * TILE_WIDTH ** (level + 1) <= this.#signed)
      this.#findings.note('tile-missing', `tile ${id} is missing`);
    this.#stored.delete(id);
    this.#levels[level] = { index: row.index + 1, hashes: [] };
    this.count += 1;
    this.add(root, level + 1);
  }

  #compare({ _id, hashes, root }: StoredTile, expected: readonly Hash[], own: Hash): void {
    const isSame = Buffer.concat(expected).equals(bytesOf(hashes)) && isSameHash(own, bytesOf(root));
    if (!isSame) this.#findings.note('tile', `tile ${_id} is not that of the entries`);
  }

  end(): void {
    const [left] = this.#stored.keys();
    if (left !== undefined) this.#findings.note('tile-extra', `tile ${left} belongs to no entries`);
  }
}
