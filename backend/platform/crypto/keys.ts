import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { StartupError } from '../startup-error.ts';
import type { KeyMaterial } from './key-material.ts';
import { isSm2Public, sm2PublicOf } from './sm2.ts';

/** A keys file. The mark tells keys that a first start made by itself from keys that somebody takes care of. */
type KeysFile = KeyMaterial & { readonly madeForDevelopment?: true };

const HOW_TO_MAKE = 'make a file with `npm start -- --new-keys <file>` and name it in KEYS_FILE';

/**
 * The deployment's keys: from `KEYS`, from `KEYS_FILE`, or in development from `<data>/keys.json`, made on first use.
 * @throws StartupError when they are missing, malformed, weak, or (in production) development keys or readable by others
 */
export function loadKeys(
  config: Pick<Config, 'production' | 'keysFile' | 'keysInline' | 'dataDirectory'>,
): KeyMaterial {
  if (config.keysInline) return parseKeys(config.keysInline, 'KEYS', config.production);
  if (config.keysFile) return readKeys(config.keysFile, config.production);
  if (config.production) throw new StartupError(`Keys are missing: ${HOW_TO_MAKE}.`);
  const file = join(config.dataDirectory, 'keys.json');
  if (!existsSync(file)) writeKeys(file, { ...generateKeyMaterial(), madeForDevelopment: true });
  return readKeys(file, false);
}

/** Makes a keys file for a deployment, 0600. Never overwrites: losing keys means losing what they encrypted. */
export function writeNewKeysFile(file: string): void {
  if (existsSync(file))
    throw new StartupError(`${file} exists already: name a new file, and keep the old one.`);
  writeKeys(file, generateKeyMaterial());
}

/** Fresh random keys, one of each kind. */
export function generateKeyMaterial(): KeyMaterial {
  const fieldId = newKeyId('f');
  const signingId = newKeyId('s');
  const sm2Id = newKeyId('m');
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    fieldKeys: { activeId: fieldId, keys: { [fieldId]: randomKey() } },
    indexKey: randomKey(),
    macKey: randomKey(),
    signing: {
      activeId: signingId,
      keys: { [signingId]: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      retiredPublic: {},
    },
    sm2: { activeId: sm2Id, keys: { [sm2Id]: sm2Key() }, retiredPublic: {} },
  };
}

/** 32 random bytes of which the first is halved are below the order of the curve, and not 0 in any life of the universe. */
function sm2Key(): string {
  const bytes = randomBytes(32);
  bytes[0]! >>= 1;
  return bytes.toString('base64');
}

function newKeyId(prefix: string): string {
  return prefix + randomBytes(4).toString('hex');
}

function randomKey(): string {
  return randomBytes(32).toString('base64');
}

function writeKeys(file: string, keys: KeysFile): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    // A link appears whole or not at all, and never over a file that another first start has just made.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(file)) return;
    throw new StartupError(
      `The keys file ${file} could not be written: give this user the right to write there.`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

function readKeys(file: string, production: boolean): KeyMaterial {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
    if (production && (statSync(file).mode & 0o007) !== 0) {
      throw new StartupError(
        `The keys file ${file} can be read by every user of this machine: run chmod 600 on it.`,
      );
    }
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`The keys file ${file} cannot be read: correct KEYS_FILE, or ${HOW_TO_MAKE}.`, {
      cause: error,
    });
  }
  return parseKeys(text, file, production);
}

function parseKeys(text: string, where: string, production: boolean): KeyMaterial {
  let keys: KeysFile;
  try {
    keys = JSON.parse(text) as KeysFile;
    checkKeys(keys);
  } catch (error) {
    const reason = error instanceof BadKeys ? error.message : 'it is not the JSON of a keys file';
    throw new StartupError(
      `The keys in ${where} are not usable (${reason}): restore them, or ${HOW_TO_MAKE}.`,
    );
  }
  if (production && keys.madeForDevelopment) {
    throw new StartupError(`The keys in ${where} were made for development: ${HOW_TO_MAKE}.`);
  }
  return Object.freeze({
    fieldKeys: keys.fieldKeys,
    indexKey: keys.indexKey,
    macKey: keys.macKey,
    signing: { ...keys.signing, retiredPublic: keys.signing.retiredPublic ?? {} },
    ...(keys.sm2 ? { sm2: { ...keys.sm2, retiredPublic: keys.sm2.retiredPublic ?? {} } } : {}),
  });
}

class BadKeys extends Error {}

function checkKeys({ fieldKeys, indexKey, macKey, signing, sm2 }: KeysFile): void {
  for (const [id, key] of Object.entries(fieldKeys.keys)) checkSecret(`fieldKeys.${id}`, key);
  checkSecret('indexKey', indexKey);
  checkSecret('macKey', macKey);
  if (!Object.hasOwn(fieldKeys.keys, fieldKeys.activeId))
    throw new BadKeys('fieldKeys.activeId names no key');
  if (!Object.hasOwn(signing.keys, signing.activeId)) throw new BadKeys('signing.activeId names no key');
  for (const [id, pem] of Object.entries(signing.keys)) {
    checkEd25519(`signing.${id}`, () => createPrivateKey(pem).asymmetricKeyType);
  }
  for (const [id, pem] of Object.entries(signing.retiredPublic ?? {})) {
    checkEd25519(`signing.retiredPublic.${id}`, () => createPublicKey(pem).asymmetricKeyType);
  }
  if (sm2) checkSm2(sm2);
  if (
    new Set([indexKey, macKey, ...Object.values(fieldKeys.keys)]).size <
    2 + Object.keys(fieldKeys.keys).length
  ) {
    throw new BadKeys('two keys are the same');
  }
}

function checkSm2({ activeId, keys, retiredPublic }: NonNullable<KeyMaterial['sm2']>): void {
  if (!Object.hasOwn(keys, activeId)) throw new BadKeys('sm2.activeId names no key');
  for (const [id, key] of Object.entries(keys)) {
    checkSecret(`sm2.${id}`, key);
    let isKey: boolean;
    try {
      isKey = isSm2Public(sm2PublicOf(key));
    } catch {
      isKey = false;
    }
    if (!isKey) throw new BadKeys(`sm2.${id} is not an SM2 key`);
  }
  for (const [id, key] of Object.entries(retiredPublic ?? {}))
    if (!isSm2Public(key)) throw new BadKeys(`sm2.retiredPublic.${id} is not a point of the SM2 curve`);
}

function checkSecret(name: string, key: unknown): void {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.alloc(0);
  if (bytes.length !== 32) throw new BadKeys(`${name} is not 32 bytes in base64`);
  // 32 random bytes practically never hold fewer than 16 different values: this is a pattern, not a key.
  if (new Set(bytes).size < 16) throw new BadKeys(`${name} is not random`);
}

function checkEd25519(name: string, typeOf: () => string | undefined): void {
  let type: string | undefined;
  try {
    type = typeOf();
  } catch {
    type = undefined;
  }
  if (type !== 'ed25519') throw new BadKeys(`${name} is not an Ed25519 key in PEM`);
}
