/**
 * `npm run witness`: a witness of logs (C2SP tlog-witness) for whoever watches over the registration from outside: a province, a notary, a newspaper. It
 * cosigns what follows on the last that it saw and nothing else, so that no city can show one log to one and another to others. Needs no
 * database and nothing of the portal.
 */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rawPublicKey } from './platform/crypto/ed25519.ts';
import { isKeyName } from './modules/ledger/offline/log.ts';
import { systemTime } from './platform/time.ts';
import { readLogKeys, witnessKey, type Witness } from './witness/add-checkpoint.ts';
import { createWitnessServer } from './witness/serve.ts';
import { WitnessState } from './witness/state.ts';

const USAGE = `npm run witness -- new-key <name> <file>    make a key, and print its verifier key
npm run witness -- <settings.json>          serve
Settings: {"name", "keyFile", "stateFolder", "logs": ["name+hash+key", …], "host", "port"}; paths from the folder of the settings.
`;

interface Settings {
  name: string;
  keyFile: string;
  stateFolder: string;
  logs: string[];
  host?: string;
  port?: number;
}

class WrongSettings extends Error {}

function readSettings(file: string): Settings {
  let given: Partial<Settings>;
  try {
    given = JSON.parse(readFileSync(file, 'utf8')) as Partial<Settings>;
  } catch (error) {
    throw new WrongSettings(`${file} is no JSON that can be read.`, { cause: error });
  }
  const { name, keyFile, stateFolder, logs } = given;
  if (typeof name !== 'string' || !isKeyName(name))
    throw new WrongSettings('"name" must be a name without blanks or +.');
  if (typeof keyFile !== 'string') throw new WrongSettings('"keyFile" must name the file that new-key made.');
  if (typeof stateFolder !== 'string') throw new WrongSettings('"stateFolder" must name a folder.');
  if (!Array.isArray(logs) || logs.length === 0)
    throw new WrongSettings('"logs" must list verifier keys of logs: a portal prints its own on /ledger.');
  return { ...given, name, keyFile, stateFolder, logs };
}

function openWitness(file: string, settings: Settings): Witness {
  const from = (path: string) => resolve(dirname(file), path);
  const key = createPrivateKey(readFileSync(from(settings.keyFile)));
  const folder = from(settings.stateFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let logs: Witness['logs'];
  try {
    logs = readLogKeys(settings.logs);
  } catch (error) {
    throw new WrongSettings('one of "logs" is no verifier key: it must be name+hash+key, in one piece.', {
      cause: error,
    });
  }
  return {
    name: settings.name,
    publicKey: rawPublicKey(key),
    sign: (bytes) => sign(null, bytes, key),
    state: new WitnessState(folder),
    logs,
    seconds: () => Math.floor(systemTime.now().getTime() / 1_000),
  };
}

function makeKey(name: string, file: string): void {
  if (!isKeyName(name)) throw new WrongSettings('The name may have no blanks and no +.');
  const { privateKey } = generateKeyPairSync('ed25519');
  // Never over a key that is there: what it cosigned could be cosigned by nobody again.
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${witnessKey({ name, publicKey: rawPublicKey(privateKey) })}\n`);
}

function main([command, name, file]: readonly string[]): void {
  if (command === 'new-key' && name !== undefined && file !== undefined) return makeKey(name, file);
  if (command === undefined || command === 'new-key' || command.startsWith('-')) {
    process.stdout.write(USAGE);
    return;
  }
  const settings = readSettings(command);
  const witness = openWitness(command, settings);
  const server = createWitnessServer(witness);
  server.listen(settings.port ?? 8_090, settings.host ?? '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : settings.port;
    process.stdout.write(
      `witness ${witnessKey(witness)} at http://${settings.host ?? '127.0.0.1'}:${port}\n`,
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
}

try {
  main(process.argv.slice(3));
} catch (error) {
  if (!(error instanceof WrongSettings) && (error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
