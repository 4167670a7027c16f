/**
 * The bytes of a file, in GridFS under the file's own id. Nothing of the person is stored there: no name, no
 * type. Writes carry the connection's concern, so a chunk is in the journal before the next one is taken.
 */
import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import mongoose from 'mongoose';
import type { Platform } from '../../platform/platform.ts';
import { storedChunks, storedFiles } from './file.model.ts';
import { CHUNK_BYTES } from './limits.ts';

type Bucket = InstanceType<typeof mongoose.mongo.GridFSBucket>;

/** One bucket for a connection: each new one would look the indexes up again. */
const buckets = new WeakMap<object, Bucket>();

function bucketOf(p: Platform): Bucket {
  const { connection } = p.database;
  let bucket = buckets.get(connection);
  if (!bucket) {
    bucket = new mongoose.mongo.GridFSBucket(connection.db!, {
      bucketName: 'file-content',
      chunkSizeBytes: CHUNK_BYTES,
    });
    buckets.set(connection, bucket);
  }
  return bucket;
}

// GridFS takes any value as an id; its types know ObjectId only.
const asGridId = (id: string) => id as unknown as InstanceType<typeof mongoose.mongo.ObjectId>;

/**
 * Closes, also when it is broken off, only once the database has answered what was sent to it: a chunk that lands after its
 * content was erased would lie there for good.
 */
export function openContentForWriting(p: Platform, id: string): Writable {
  const stream: Writable = bucketOf(p).openUploadStreamWithId(asGridId(id), id);
  let writing = Promise.resolve();
  const write = stream._write.bind(stream);
  stream._write = (chunk, encoding, done) => {
    writing = new Promise((resolve) => {
      write(chunk, encoding, (error) => {
        resolve();
        done(error);
      });
    });
  };
  stream._destroy = (error, done) => void writing.then(() => done(error));
  return stream;
}

/** Errors of a missing or incomplete content come as the stream's `error`. */
export function openContent(p: Platform, id: string): Readable {
  return bucketOf(p).openDownloadStream(asGridId(id));
}

/** Reads a whole content into memory: 20 MB at most, one at a time per inspection. */
export async function readContent(p: Platform, id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of openContent(p, id)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/**
 * Erases a content, complete or not. Safe to repeat. The head goes first: without it no reader can begin, and the
 * chunks that a kill leaves behind are found again by the file's document.
 */
export async function eraseContent(p: Platform, id: string): Promise<void> {
  await storedFiles(p).collection.deleteOne({ _id: id as never });
  await storedChunks(p).collection.deleteMany({ files_id: id });
}

/** SHA-256 of what is stored now, or null where the content is missing or has a hole. */
export async function findContentHash(p: Platform, id: string): Promise<string | null> {
  const head = await storedFiles(p).findOne({ _id: id }).lean();
  if (!head) return null;
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const part of openContent(p, id)) {
      hash.update(part as Buffer);
      length += (part as Buffer).length;
    }
  } catch (error) {
    // The driver's words for a missing, short or surplus chunk; anything else is the database being away.
    if ((error as Error).name === 'MongoGridFSChunkError' || (error as Error).name === 'MongoRuntimeError')
      return null;
    throw error;
  }
  // Where every chunk is gone, the driver ends the stream as if the content were empty.
  return length === head.length ? hash.digest('hex') : null;
}
