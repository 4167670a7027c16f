import { LRUCache } from 'lru-cache';
import { Binary } from 'mongodb';
import { perPlatform } from '../../platform/database/gather.ts';
import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Platform } from '../../platform/platform.ts';
import { hasher } from './hash.ts';
import { loggedEntries, storedTiles, type LoggedEntry, type StoredTile } from './ledger.model.ts';
import type { Hash } from './merkle.ts';
import type { ReadNode } from './prove.ts';
import { TILE_HEIGHT, TILE_WIDTH, widthOfLevel } from './tiles.ts';

/** The tree of the log as it is stored: full tiles, and at the right edge what follows from the entries. */

const HASH_BYTES = 32;

/** Hashes side by side, 32 bytes each. */
type Row = Uint8Array;
/** A full tile with the nodes above its hashes: level by level, itself first, its root last. */
type Levels = readonly Row[];

/** Full tiles of hashes of entries, as they were last read. They never change; some 16 KB each. */
const entryTilesOf = perPlatform(() => new LRUCache<string, Promise<Levels>>({ max: 1_024 }));

/** Full tiles of the levels above: one for 65,536 entries, and every proof passes through one. */
const upperTilesOf = perPlatform(() => new LRUCache<string, Promise<Levels>>({ max: 256 }));

/** The widest partial tile of each level that was read so far. What is in the log already does not change. */
const edgesOf = perPlatform(() => new Map<number, { index: number; row: Promise<Row> }>());

/** Nodes right of the full tiles, folded once: every proof of one head asks for the same few. A node of a log that only grows never changes. */
const edgeNodesOf = perPlatform(() => new LRUCache<string, Promise<Hash>>({ max: 1_024 }));

/** Key of a stored tile; the tiles of a level lie by index. */
export const tileId = (level: number, index: number): string => `${level}/${String(index).padStart(12, '0')}`;

export const bytesOf = (value: Binary | Uint8Array): Uint8Array =>
  new Uint8Array(value instanceof Binary ? value.buffer : value);

const widthOf = (row: Row): number => row.length / HASH_BYTES;
const hashAt = (row: Row, place: number): Hash => row.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
const cut = (row: Row, from: number, to: number): Row => row.subarray(from * HASH_BYTES, to * HASH_BYTES);

/** The nodes one level up; the row has an even width. */
function rowAbove(row: Row): Row {
  const above = new Uint8Array(row.length / 2);
  for (let at = 0; at < above.length; at += HASH_BYTES)
    above.set(
      hasher.node(
        row.subarray(2 * at, 2 * at + HASH_BYTES),
        row.subarray(2 * at + HASH_BYTES, 2 * (at + HASH_BYTES)),
      ),
      at,
    );
  return above;
}

function levelsOf(row: Row): Levels {
  const levels = [row];
  for (let top = row; widthOf(top) > 1; levels.push(top)) top = rowAbove(top);
  return levels;
}

/** The root of 2^n hashes. */
function fold(row: Row): Hash {
  let top = row;
  while (widthOf(top) > 1) top = rowAbove(top);
  return top;
}

/** Stored hashes of the entries from `begin` up to `end`, in order. @throws where one is missing */
async function entryHashes(p: Platform, begin: number, end: number): Promise<Row> {
  const found = (await loggedEntries(p)
    .collection.find({ _id: { $gte: begin, $lt: end } as never }, { projection: { hash: 1 } })
    .sort({ _id: 1 })
    .toArray()) as unknown as Pick<LoggedEntry, '_id' | 'hash'>[];
  if (found.length !== end - begin || found.some(({ _id }, place) => _id !== begin + place))
    throw new Error(`the ledger lacks an entry between ${begin} and ${end}`);
  return Buffer.concat(found.map(({ hash }) => bytesOf(hash)));
}

/** Hashes of a level from `begin` up to `end`; of a higher level these are roots of full tiles below. */
async function hashesOf(p: Platform, level: number, begin: number, end: number): Promise<Row> {
  if (level === 0) return entryHashes(p, begin, end);
  const found = (await storedTiles(p)
    .collection.find(
      { _id: { $gte: tileId(level - 1, begin), $lt: tileId(level - 1, end) } as never },
      { projection: { root: 1 } },
    )
    .sort({ _id: 1 })
    .toArray()) as unknown as Pick<StoredTile, '_id' | 'root'>[];
  if (found.length === end - begin) return Buffer.concat(found.map(({ root }) => bytesOf(root)));
  // Tiles follow from the entries: one that is lost is made again.
  const tiles = Array.from({ length: end - begin }, (_, place) => tileLevels(p, level - 1, begin + place));
  return Buffer.concat((await Promise.all(tiles)).map((levels) => levels[TILE_HEIGHT]!));
}

/** The same tile is asked for by several steps of one proof at once: it is read once. @throws where the log is shorter, or lacks an entry */
function tileLevels(p: Platform, level: number, index: number): Promise<Levels> {
  const shelf = level === 0 ? entryTilesOf(p) : upperTilesOf(p);
  const id = tileId(level, index);
  const known = shelf.get(id);
  if (known) return known;
  const reading = readLevels(p, level, index);
  shelf.set(id, reading);
  reading.catch(() => shelf.delete(id));
  return reading;
}

async function readLevels(p: Platform, level: number, index: number): Promise<Levels> {
  const stored = (await storedTiles(p).collection.findOne(
    { _id: tileId(level, index) as never },
    { projection: { hashes: 1 } },
  )) as unknown as Pick<StoredTile, 'hashes'> | null;
  const row = stored
    ? bytesOf(stored.hashes)
    : await hashesOf(p, level, index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
  return levelsOf(row);
}

/** The hashes of a tile side by side, of a partial one as far as it is wide. */
export async function readTile(
  p: Platform,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Uint8Array> {
  return width === TILE_WIDTH ? (await tileLevels(p, level, index))[0]! : edgeOf(p, level, index, width);
}

/** Of the right edge: what an earlier reader has of it is taken, and only the rest is read. */
async function edgeOf(p: Platform, level: number, index: number, width: number): Promise<Row> {
  const edges = edgesOf(p);
  const known = edges.get(level);
  const before = known?.index === index ? await known.row : new Uint8Array();
  if (widthOf(before) >= width) return cut(before, 0, width);
  const begin = index * TILE_WIDTH;
  const row = hashesOf(p, level, begin + widthOf(before), begin + width).then((rest) =>
    Buffer.concat([before, rest]),
  );
  // An older tree is asked for now and then; the newest is what is kept.
  if (!known || known.index <= index) {
    edges.set(level, { index, row });
    row.catch(() => edges.delete(level));
  }
  return row;
}

/** Where a node lies in no full tile: the tile that is to be, how wide it is so far, and the node's hashes in it. */
interface EdgePlace {
  level: number;
  index: number;
  width: number;
  from: number;
  to: number;
}
type ReadEdgeNode = (place: EdgePlace) => Promise<Hash>;

/** Nodes of the tree of the first `size` entries. */
export function nodeReader(p: Platform, size: number): ReadNode {
  const shelf = edgeNodesOf(p);
  return readerBy(p, size, ({ level, index, width, from, to }) => {
    const id = `${level}/${index}/${from}-${to}`;
    const known = shelf.get(id);
    if (known) return known;
    const folding = edgeOf(p, level, index, width).then((row) => fold(cut(row, from, to)));
    shelf.set(id, folding);
    folding.catch(() => shelf.delete(id));
    return folding;
  });
}

/** The same for who signs: what lies in no full tile is read from the database, once for as long as the reader lives. */
export function freshReader(p: Platform, size: number): ReadNode {
  const edges = new Map<number, Promise<Row>>();
  return readerBy(p, size, async ({ level, index, width, from, to }) => {
    const row = edges.get(level) ?? hashesOf(p, level, index * TILE_WIDTH, index * TILE_WIDTH + width);
    edges.set(level, row);
    return fold(cut(await row, from, to));
  });
}

function readerBy(p: Platform, size: number, edgeNode: ReadEdgeNode): ReadNode {
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const within = level % TILE_HEIGHT;
    const count = 2 ** within;
    const first = index * count;
    const tile = Math.floor(first / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, widthOfLevel(size, tileLevel) - tile * TILE_WIDTH);
    const at = first - tile * TILE_WIDTH;
    if (width === TILE_WIDTH) return hashAt((await tileLevels(p, tileLevel, tile))[within]!, at / count);
    return edgeNode({ level: tileLevel, index: tile, width, from: at, to: at + count });
  };
}

/** Tiles written with one command. */
const TOGETHER = 64;

/** Writes the tiles that became full between two sizes. Run twice it writes nothing new. */
export async function storeTiles(p: Platform, from: number, to: number): Promise<void> {
  for (let level = 0; widthOfLevel(to, level) >= TILE_WIDTH; level += 1) {
    const end = Math.floor(widthOfLevel(to, level) / TILE_WIDTH);
    for (let index = Math.floor(widthOfLevel(from, level) / TILE_WIDTH); index < end; index += TOGETHER) {
      const last = Math.min(end, index + TOGETHER);
      const row = await hashesOf(p, level, index * TILE_WIDTH, last * TILE_WIDTH);
      const tiles = Array.from({ length: last - index }, (_, place): StoredTile => {
        const own = cut(row, place * TILE_WIDTH, (place + 1) * TILE_WIDTH);
        return {
          _id: tileId(level, index + place),
          hashes: new Binary(own),
          root: new Binary(fold(own)),
        };
      });
      await insertAbsent(storedTiles(p).collection as never, tiles);
    }
  }
}
