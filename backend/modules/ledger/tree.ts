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

/**
 * Full tiles as they were last read, with the nodes above their hashes, level by level up to their root: a proof takes one of them
 * for each of its steps. They never change. Some thirty kilobytes each.
 */
const tilesOf = perPlatform(() => new LRUCache<string, Promise<Hash[][]>>({ max: 512 }));

/** Partial tiles of the newest heads, which every proof needs. */
const edgesOf = perPlatform(() => new LRUCache<string, Promise<Hash[]>>({ max: 16 }));

/** Key of a stored tile; the tiles of a level lie by index. */
export const tileId = (level: number, index: number): string => `${level}/${String(index).padStart(12, '0')}`;

export const bytesOf = (value: Binary | Uint8Array): Uint8Array =>
  new Uint8Array(value instanceof Binary ? value.buffer : value);

function split(bytes: Uint8Array): Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  );
}

/** The nodes above 2^n hashes, level by level: themselves first, the root last. */
function levelsOf(hashes: Hash[]): Hash[][] {
  const levels = [hashes];
  for (let row = hashes; row.length > 1; levels.push(row))
    row = Array.from({ length: row.length / 2 }, (_, place) =>
      hasher.node(row[place * 2]!, row[place * 2 + 1]!),
    );
  return levels;
}

/** The root of 2^n hashes. */
export function foldHashes(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, place) =>
      hasher.node(row[place * 2]!, row[place * 2 + 1]!),
    );
  return row[0]!;
}

/** Stored hashes of the entries from `begin` up to `end`, in order. @throws where one is missing */
async function entryHashes(p: Platform, begin: number, end: number): Promise<Hash[]> {
  const found = (await loggedEntries(p)
    .collection.find({ _id: { $gte: begin, $lt: end } as never }, { projection: { hash: 1 } })
    .sort({ _id: 1 })
    .toArray()) as unknown as Pick<LoggedEntry, '_id' | 'hash'>[];
  if (found.length !== end - begin || found.some(({ _id }, place) => _id !== begin + place))
    throw new Error(`the ledger lacks an entry between ${begin} and ${end}`);
  return found.map(({ hash }) => bytesOf(hash));
}

/** Hashes of a level from `begin` up to `end`; of a higher level these are roots of full tiles below. */
async function hashesOf(p: Platform, level: number, begin: number, end: number): Promise<Hash[]> {
  if (level === 0) return entryHashes(p, begin, end);
  const found = (await storedTiles(p)
    .collection.find(
      { _id: { $gte: tileId(level - 1, begin), $lt: tileId(level - 1, end) } as never },
      { projection: { root: 1 } },
    )
    .sort({ _id: 1 })
    .toArray()) as unknown as Pick<StoredTile, '_id' | 'root'>[];
  if (found.length === end - begin) return found.map(({ root }) => bytesOf(root));
  // Tiles follow from the entries: one that is lost is made again.
  const tiles = Array.from({ length: end - begin }, (_, place) => tileHashes(p, level - 1, begin + place));
  return (await Promise.all(tiles)).map(foldHashes);
}

/** The 256 hashes of a full tile. @throws where the log is shorter, or an entry is missing */
const tileHashes = async (p: Platform, level: number, index: number): Promise<Hash[]> =>
  (await tileLevels(p, level, index))[0]!;

/** The same tile is asked for by several steps of one proof at once: it is read once. */
function onShelf<V extends object>(
  shelf: LRUCache<string, Promise<V>>,
  id: string,
  read: () => Promise<V>,
): Promise<V> {
  const known = shelf.get(id);
  if (known) return known;
  const reading = read();
  shelf.set(id, reading);
  reading.catch(() => shelf.delete(id));
  return reading;
}

function tileLevels(p: Platform, level: number, index: number): Promise<Hash[][]> {
  const id = tileId(level, index);
  return onShelf(tilesOf(p), id, async () => {
    const found = await storedTiles(p).collection.findOne({ _id: id as never });
    const stored = found as unknown as StoredTile | null;
    const hashes = stored
      ? split(bytesOf(stored.hashes))
      : await hashesOf(p, level, index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
    return levelsOf(hashes);
  });
}

/** The hashes of a tile, of a partial one as far as it is wide. */
export function readTile(
  p: Platform,
  tile: { level: number; index: number; width: number },
): Promise<Hash[]> {
  const { level, index, width } = tile;
  return width === TILE_WIDTH ? tileHashes(p, level, index) : edgeHashes(p, { level, index, width });
}

/** Of the right edge, by its width: what is in the log already does not change. */
function edgeHashes(
  p: Platform,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Hash[]> {
  const begin = index * TILE_WIDTH;
  const read = () => hashesOf(p, level, begin, begin + width);
  return onShelf(edgesOf(p), `${tileId(level, index)}.p/${width}`, read);
}

/** Nodes of the tree of the first `size` entries. What lies in no full tile is read once for as long as the reader lives. */
export function nodeReader(p: Platform, size: number): ReadNode {
  const edges = new Map<number, Promise<Hash[]>>();
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const first = index * count;
    const tile = Math.floor(first / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, widthOfLevel(size, tileLevel) - tile * TILE_WIDTH);
    const partial = () => {
      const known = edges.get(tileLevel) ?? readTile(p, { level: tileLevel, index: tile, width });
      edges.set(tileLevel, known);
      return known;
    };
    const at = first - tile * TILE_WIDTH;
    if (width === TILE_WIDTH)
      return (await tileLevels(p, tileLevel, tile))[level % TILE_HEIGHT]![at / count]!;
    return foldHashes((await partial()).slice(at, at + count));
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
      const hashes = await hashesOf(p, level, index * TILE_WIDTH, last * TILE_WIDTH);
      const tiles = Array.from({ length: last - index }, (_, place): StoredTile => {
        const own = hashes.slice(place * TILE_WIDTH, (place + 1) * TILE_WIDTH);
        return {
          _id: tileId(level, index + place),
          hashes: new Binary(Buffer.concat(own)),
          root: new Binary(foldHashes(own)),
        };
      });
      await insertAbsent(storedTiles(p).collection as never, tiles);
    }
  }
}
