import { MongoClient, type MongoClientOptions } from 'mongodb';
import { createConnection, type Connection } from 'mongoose';
import type { Log } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import { fixDriver } from './driver-fix.ts';

export interface WriteConcernChoice {
  w: 1 | 'majority';
  j: true;
}

export interface Database {
  readonly connection: Connection;
  /** Chosen once from `hello`; set on the connection, so that no call names a concern of its own. */
  readonly writeConcern: WriteConcernChoice;
  readonly embedded: boolean;
}

export type Topology = 'standalone' | 'replicaSet' | 'sharded';

export interface ConnectOptions {
  uri: string;
  log: Log;
  /** Connections kept to the database by this process. */
  maxPoolSize?: number;
}

/**
 * A request answers 503 within 2 s when the database is gone, also on a busy machine, so the driver gives up looking for
 * one well before that; a killed engine is back in a third of a second.
 * The socket limit is for a server that hangs half-open: longer than any single command of ours, index builds included.
 */
const LIMITS = {
  serverSelectionTimeoutMS: 1_000,
  connectTimeoutMS: 1_000,
  waitQueueTimeoutMS: 1_000,
  socketTimeoutMS: 120_000,
  heartbeatFrequencyMS: 2_000,
} as const;

/**
 * Connects to the database of `uri` and chooses how writes are acknowledged. Operations fail at once, instead of
 * waiting in a queue, while the database is away; they work again when it is back, without a restart.
 * @throws StartupError when the URI is wrong or nothing answers there
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const { uri, log } = options;
  fixDriver();
  const { topology, embedded } = await inspectServer(uri);
  const writeConcern = chooseWriteConcern(topology);
  const connection = createConnection(uri, {
    ...LIMITS,
    maxPoolSize: options.maxPoolSize ?? 50,
    writeConcern,
    // A standalone server has no retryable writes; asking for them would fail every write.
    retryWrites: topology !== 'standalone',
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  });
  let closing = false;
  connection.on('error', (error: Error) => log.warn({ reason: error.message }, 'database connection error'));
  connection.on('disconnected', () => {
    if (!closing) log.warn('database connection lost');
  });
  connection.on('disconnecting', () => {
    closing = true;
  });
  connection.on('connected', () => log.info({ topology, embedded, writeConcern }, 'database connected'));
  try {
    await connection.asPromise();
  } catch (error) {
    throw new StartupError(sentenceFor(uri, error), { cause: error });
  }
  return { connection, writeConcern, embedded };
}

/**
 * The one place where the concern is chosen. A standalone server and the embedded engine acknowledge `majority`
 * before the journal is on disk: acknowledged writes were lost on a kill. `w:1` with `j:true` lost none.
 */
export function chooseWriteConcern(topology: Topology): WriteConcernChoice {
  return { w: topology === 'standalone' ? 1 : 'majority', j: true };
}

/** Reads the kind of deployment from the server's answer to `hello`. */
export function topologyOf(hello: Readonly<Record<string, unknown>>): Topology {
  if (hello.msg === 'isdbgrid') return 'sharded';
  return typeof hello.setName === 'string' ? 'replicaSet' : 'standalone';
}

async function inspectServer(uri: string): Promise<{ topology: Topology; embedded: boolean }> {
  const settings: MongoClientOptions = { ...LIMITS, maxPoolSize: 1, monitorCommands: false };
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(uri, settings);
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    // `ping` needs no rights and `hello` neither: only a real command shows that signing in worked.
    const build = await admin.command({ buildInfo: 1 });
    const modules: unknown = build.modules;
    return {
      topology: topologyOf(hello),
      embedded: Array.isArray(modules) && modules.includes('embedded'),
    };
  } catch (error) {
    throw new StartupError(sentenceFor(uri, error), { cause: error });
  } finally {
    await client?.close().catch(() => undefined);
  }
}

/** One sentence for the operator. Never shows the URI itself: it may hold a password. */
function sentenceFor(uri: string, error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  const advice = 'or unset it to use the embedded database';
  const where = addressOf(uri);
  if (
    name === 'MongoParseError' ||
    name === 'MongoInvalidArgumentError' ||
    name === 'MongoMissingDependencyError'
  ) {
    return `MONGODB_URI is not a usable MongoDB address (${message ?? 'unknown reason'}): correct it, ${advice}.`;
  }
  if (code === 18 || code === 13 || code === 8000) {
    return `The MongoDB server at ${where} refused the name or password in MONGODB_URI: correct them, ${advice}.`;
  }
  return (
    `No MongoDB server answered at ${where} within ${LIMITS.serverSelectionTimeoutMS / 1000} s ` +
    `(${shortReason(message)}): start that server or correct MONGODB_URI, ${advice}.`
  );
}

function shortReason(message: string | undefined): string {
  return (message ?? 'no answer').split('\n')[0]?.slice(0, 160).replace(/\.$/, '') ?? 'no answer';
}

/** Host part of a URI, without credentials and query. */
function addressOf(uri: string): string {
  const rest = uri.replace(/^[a-z+]+:\/\//i, '').replace(/^[^/?]*@/, '');
  return decodeURIComponentOr(rest.split(/[/?]/)[0] ?? '') || 'the address in MONGODB_URI';
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
