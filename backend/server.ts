/**
 * The program: configuration → database → structures and data → app → listen; and the same way back on Ctrl-C. With
 * WEB_CONCURRENCY above 1 this process keeps the database and the rest serve; see server/workers.ts.
 */
import cluster from 'node:cluster';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { loadConfig, type Config } from './platform/config.ts';
import { writeNewKeysFile } from './platform/crypto/keys.ts';
import { createLog, type Log } from './platform/log.ts';
import { StartupError } from './platform/startup-error.ts';
import { announce } from './server/announce.ts';
import { demoCode } from './server/demo-code.ts';
import { makeFirstAdministrator } from './server/first-administrator.ts';
import { helpText } from './server/help.ts';
import { openDatabase } from './server/open-database.ts';
import { assemblePlatform } from './server/assemble-platform.ts';
import { prepareDatabase } from './server/prepare-database.ts';
import { refuseMalformed } from './server/refuse-malformed.ts';
import { closeServer } from './server/close-server.ts';
import { onStopRequest, withDeadline } from './server/stop-requests.ts';
import { verifyLedger } from './server/verify-ledger.ts';
import { startWorkers } from './server/workers.ts';
import { fillDemoYear } from '../seeds/demo/year/load.ts';

const PUBLIC_DIRECTORY = fileURLToPath(new URL('../.build/public', import.meta.url));

/** How long events on their way may hold up a stop; what is left is delivered at the next start. */
const DRAIN_MS = 5_000;

type Stop = () => Promise<void>;

/** Serves requests in this process until stopped. */
async function serve(config: Config, log: Log, mongodbUri: string): Promise<Stop> {
  const { p, relay, close } = await assemblePlatform(config, log, mongodbUri);
  const jobs = config.demoCases > 0 ? [fillDemoYear] : [];
  const app = await createApp({ p, relay, publicDirectory: PUBLIC_DIRECTORY, timers: true, jobs });
  const server = createServer(app.koa.callback());
  // Longer than a balancer keeps its connections idle, so that it is never the server that closes under a request.
  server.keepAliveTimeout = 65_000;
  // Whoever sends a header byte by byte does not keep a connection for a minute; uploads have their own time.
  server.headersTimeout = 10_000;
  refuseMalformed(server);
  await listen(server, config);
  return async () => {
    const appStopped = app.stop();
    await closeServer(server);
    await withDeadline(appStopped, DRAIN_MS);
    await withDeadline(relay.drain(), DRAIN_MS);
    await close();
  };
}

/** The first process: owns the database engine, brings the data up to date, then serves or starts those who do. */
async function run(config: Config, log: Log): Promise<Stop> {
  await checkPort(config);
  const database = await openDatabase(config, log);
  try {
    await prepareDatabase(config, log, database.uri);
    const many = config.processes > 1;
    const stopServing = many
      ? await startWorkers(config.processes, database.uri, log)
      : await serve(config, log, database.uri);
    announce(config);
    return async () => {
      await stopServing();
      await database.close();
      log.info('stopped');
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, () => resolve());
  });
}

/** A first start takes a while: a busy port is said at once, not at its end. */
async function checkPort(config: Config): Promise<void> {
  const probe = createServer();
  await listen(probe, config);
  await new Promise((resolve) => probe.close(resolve));
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program: stop that one, or choose another port with PORT.`,
    EACCES: `This user may not listen on port ${port}: choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: correct HOST, or leave it out.`,
    ENOTFOUND: `${host} is not an address of this machine: correct HOST, or leave it out.`,
  };
  const sentence = sentences[error.code ?? ''];
  return sentence ? new StartupError(sentence, { cause: error }) : error;
}

/** A command other than serving. True if it was one. */
async function runCommand(args: readonly string[]): Promise<boolean> {
  const [command, value] = args;
  if (command === '--help') {
    process.stdout.write(helpText());
  } else if (command === '--new-keys') {
    if (!value) throw new StartupError('Name the file to make: npm start -- --new-keys <file>.');
    writeNewKeysFile(value);
    process.stdout.write(
      `Made ${value}. Keep a copy in a safe place: nothing encrypted can be read without it.\n`,
    );
  } else if (command === '--first-administrator') {
    await makeFirstAdministrator(loadConfig(), createLog('warn'));
  } else if (command === '--demo-code') {
    process.stdout.write(`${demoCode(loadConfig(), value)}\n`);
  } else if (command === '--ledger') {
    // Its other commands are a program of their own: ledger-command.ts.
    const isWhole = await verifyLedger(loadConfig(), createLog('warn'), args[2]);
    process.exitCode = isWhole ? 0 : 1;
  } else if (command) {
    throw new StartupError(`${command} is not a command of this program: see npm start -- --help.`);
  } else {
    return false;
  }
  return true;
}

async function main(): Promise<void> {
  if (await runCommand(process.argv.slice(2))) return;
  const config = loadConfig();
  const log = createLog(config.logLevel);
  if (cluster.isWorker) {
    onStopRequest(log, await serve(config, log, config.mongodbUri ?? ''));
    return;
  }
  // Asked to stop while still starting: the engine closes by itself when this process ends.
  const early = () => process.exit(130);
  process.once('SIGINT', early).once('SIGTERM', early);
  const stop = await run(config, log);
  process.off('SIGINT', early).off('SIGTERM', early);
  onStopRequest(log, stop);
}

main().catch((error: unknown) => {
  const text =
    error instanceof StartupError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`, () => process.exit(1));
});
