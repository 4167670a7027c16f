import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { MongoClient } from 'mongodb';
import { afterEach, expect, it } from 'vitest';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

/** Where the driver keeps its connections; private, but nothing else reaches a socket between `destroy` and `close`. */
interface DriverServer {
  monitor: { connection: { socket: Socket } | null };
  pool: { connections?: Iterable<{ socket: Socket }> } & Record<symbol, unknown>;
}

let platform: TestPlatform;
afterEach(() => platform.close());

async function open(): Promise<{ client: MongoClient; server: DriverServer }> {
  platform = await startPlatform();
  const client = platform.p.database.connection.getClient() as unknown as MongoClient & {
    topology: { s: { servers: Map<string, DriverServer> } };
  };
  const [server] = [...client.topology.s.servers.values()];
  if (!server) throw new Error('the driver keeps its servers elsewhere now');
  return { client, server };
}

function pooledSockets({ pool }: DriverServer): Socket[] {
  const symbol = Object.getOwnPropertySymbols(pool).find(({ description }) => description === 'connections');
  const held = (symbol ? pool[symbol] : pool.connections) as Iterable<{ socket: Socket }>;
  return [...held].map(({ socket }) => socket);
}

it('goes on looking for the database when it looked between the death of a socket and its end', async () => {
  const { client, server } = await open();
  const failed = once(client, 'serverHeartbeatFailed');
  const die = () => {
    const connection = server.monitor.connection;
    // The first look opens the connection; only a later one is made on it.
    if (!connection) return;
    connection.socket.destroy();
    client.off('serverHeartbeatStarted', die);
  };
  client.on('serverHeartbeatStarted', die);
  await failed;
  await once(client, 'serverHeartbeatSucceeded');
});

it('ends a command that met a socket between its death and its end, and takes the next', async () => {
  const { server } = await open();
  const things = platform.p.database.connection.collection('things');
  await things.insertOne({});
  const sockets = pooledSockets(server);
  expect(sockets.length).toBeGreaterThan(0);
  for (const socket of sockets) socket.destroy();
  await expect(things.insertOne({})).rejects.toMatchObject({ name: 'MongoNetworkError' });
  await expect.poll(() => things.insertOne({}).then(() => 'done', String)).toBe('done');
});
