import type { Platform } from '../../platform/platform.ts';
import { knownWitnesses, latestCosignature, linesUnder } from './ask-witnesses.ts';
import { findBreak } from './breaks.ts';
import type { LedgerView } from './contract.ts';
import { errors } from './errors.ts';
import { hasher } from './hash.ts';
import { originIn } from './checkpoint.ts';
import { verifierKeys } from './keys.ts';
import { loggedEntries, type LoggedEntry, type SignedHead } from './ledger.model.ts';
import { toBase64 } from './note.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import { isSigned, latestHead } from './sign-head.ts';
import { readTileIndex, TILE_WIDTH } from './tiles.ts';
import { nodeReader, readTile } from './tree.ts';

/** What is published of the log (C2SP tlog-tiles, tlog-checkpoint). Nothing leaves that is not under a signed head. */

async function demandHead(p: Platform): Promise<SignedHead> {
  return (await latestHead(p)) ?? errors.fail('ledger.nothing_signed');
}

export async function readLedger(p: Platform): Promise<LedgerView> {
  const [head, broken] = await Promise.all([demandHead(p), findBreak(p)]);
  const { _id: size, root, note, at } = head;
  const origin = originIn(note);
  const witnesses = knownWitnesses(p).map(async ({ name, key }) => {
    const last = await latestCosignature(p, name);
    return { name, key, size: last?.size ?? null, at: last?.at.toISOString() ?? null };
  });
  return {
    origin,
    size,
    root,
    signedAt: at.toISOString(),
    checkpoint: note + (await linesUnder(p, head)),
    witnesses: await Promise.all(witnesses),
    keys: verifierKeys(p, origin),
    brokenSince: broken?.at.toISOString() ?? null,
  };
}

/** For whoever watches over the servers. @throws ledger.broken */
export async function readHealth(p: Platform): Promise<{ status: 'ok'; size: number }> {
  const [head, broken] = await Promise.all([latestHead(p), findBreak(p)]);
  if (broken) return errors.fail('ledger.broken');
  return { status: 'ok', size: head?._id ?? 0 };
}

/** The newest signed note, with the lines of witnesses that are there. */
export async function readCheckpointNote(p: Platform): Promise<string> {
  const head = await demandHead(p);
  return head.note + (await linesUnder(p, head));
}

export interface Tile {
  bytes: Buffer;
  /** Full tiles never change. */
  full: boolean;
}

/**
 * A tile by its path: `<level|entries>` and `x001/067[.p/<width>]`. Of entries: each with its length before it, two bytes, big-endian.
 * @throws ledger.no_such_part
 */
export async function readPublishedTile(p: Platform, level: string, place: string): Promise<Tile> {
  const [path = '', partial] = place.split('.p/');
  const index = readTileIndex(path);
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const isWidth = partial === undefined || /^([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/.test(partial);
  if (index === null || !isWidth) return errors.fail('ledger.no_such_part');
  const height = level === 'entries' ? 0 : Number(level);
  await demandSize(p, (index * TILE_WIDTH + width) * TILE_WIDTH ** height);
  const full = width === TILE_WIDTH;
  if (level === 'entries') return { bytes: await readBundle(p, index * TILE_WIDTH, width), full };
  return { bytes: Buffer.from(await readTile(p, { level: height, index, width })), full };
}

async function readBundle(p: Platform, begin: number, width: number): Promise<Buffer> {
  const found = (await loggedEntries(p)
    .collection.find({ _id: { $gte: begin, $lt: begin + width } as never }, { projection: { bytes: 1 } })
    .sort({ _id: 1 })
    .toArray()) as unknown as Pick<LoggedEntry, 'bytes'>[];
  return Buffer.concat(
    found.flatMap(({ bytes }) => {
      const entry = Buffer.from(bytes);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** @throws ledger.no_such_part where a size is beyond the signed log */
async function demandSize(p: Platform, size: number): Promise<void> {
  if (!(await isSigned(p, size))) errors.fail('ledger.no_such_part');
}

/** That the log of `second` entries begins with that of `first`; hashes in base64. */
export async function readConsistency(
  p: Platform,
  { first, second }: { first: number; second: number },
): Promise<string[]> {
  if (first > second) return errors.fail('ledger.no_such_part');
  await demandSize(p, second);
  return (await proveConsistency(hasher, nodeReader(p, second), { first, second })).map(toBase64);
}

/** That the entry at a place is in the log of `size` entries; hashes in base64. */
export async function readInclusion(
  p: Platform,
  { index, size }: { index: number; size: number },
): Promise<string[]> {
  if (index >= size) return errors.fail('ledger.no_such_part');
  await demandSize(p, size);
  return (await proveInclusion(hasher, nodeReader(p, size), { index, size })).map(toBase64);
}
