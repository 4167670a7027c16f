import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, VARIABLES } from '../../../backend/platform/config.ts';
import { generateKeyMaterial, loadKeys, writeNewKeysFile } from '../../../backend/platform/crypto/keys.ts';

const SAFE = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://bdc.example.cn',
  KEYS_FILE: '/etc/registration/keys.json',
};

describe('the configuration', () => {
  it('needs nothing in development', () => {
    expect(loadConfig({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8080,
      publicOrigin: 'http://localhost:8080',
      mongodbUri: null,
      demo: true,
      demoCases: 63_000,
      processes: 1,
      trustProxy: false,
    });
  });

  it('takes an empty value for none, and reads numbers and flags', () => {
    const config = loadConfig({
      MONGODB_URI: '',
      PORT: '9001',
      DEMO: 'false',
      TRUST_PROXY: '1',
      WEB_CONCURRENCY: '4',
    });
    expect(config).toMatchObject({
      mongodbUri: null,
      port: 9001,
      demo: false,
      demoCases: 0,
      trustProxy: true,
      processes: 4,
    });
    expect(config.publicOrigin).toBe('http://localhost:9001');
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it.each([
    ['PORT', '80 80', /^PORT must be a port number/],
    ['PORT', '70000', /^PORT must be a port number/],
    ['PUBLIC_ORIGIN', 'https://bdc.example.cn/', /^PUBLIC_ORIGIN must be an origin such as/],
    ['PUBLIC_ORIGIN', 'https://user@bdc.example.cn', /^PUBLIC_ORIGIN must be an origin/],
    ['NODE_ENV', 'prod', /^NODE_ENV must be development, production or test/],
    ['DEMO', 'perhaps', /^DEMO must be 1 or 0/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be trace/],
    ['DEMO_CASES', '-1', /^DEMO_CASES must be a number from 0/],
    ['WEB_CONCURRENCY', '0', /^WEB_CONCURRENCY must be a number from 1 to 64/],
    ['SMTP_URL', 'mail.example.cn', /^SMTP_URL must be an address such as smtps:/],
    ['MAIL_FROM', 'nobody', /^MAIL_FROM must be an e-mail address/],
  ])('refuses %s=%s with a sentence', (name, value, sentence) => {
    expect(() => loadConfig({ [name]: value })).toThrow(sentence);
  });

  it('says everything that is wrong at once, without repeating the values', () => {
    const read = () => loadConfig({ PORT: 'x', SMTP_URL: 'user:s3cret@mail' });
    expect(read).toThrow(/^PORT .*\nSMTP_URL .*\.$/);
    expect(read).not.toThrow(/s3cret/);
  });

  it('explains every variable in both languages, and the README lists them all', () => {
    for (const { meaning } of Object.values(VARIABLES)) expect(meaning.zh && meaning.en).toBeTruthy();
    const readme = join(import.meta.dirname, '../../../README.md');
    expect(existsSync(readme), 'README.md').toBe(true);
    const text = readFileSync(readme, 'utf8');
    for (const name of Object.keys(VARIABLES)) expect(text).toContain(`\`${name}\``);
  });
});

describe('production refuses', () => {
  it('nothing of a safe configuration, in which there is no demo', () => {
    expect(loadConfig(SAFE)).toMatchObject({ production: true, demo: false });
  });

  it.each([
    ['demo accounts', { DEMO: '1' }, /^DEMO must be 0 in production/],
    ['a missing origin', { PUBLIC_ORIGIN: '' }, /^PUBLIC_ORIGIN must be set in production/],
    [
      'an origin without encryption',
      { PUBLIC_ORIGIN: 'http://bdc.example.cn' },
      /^PUBLIC_ORIGIN must begin with https/,
    ],
    ['missing keys', { KEYS_FILE: '' }, /^KEYS_FILE must be set in production/],
  ])('%s', (_, change, sentence) => {
    expect(() => loadConfig({ ...SAFE, ...change })).toThrow(sentence);
  });

  it('all of it at once', () => {
    expect(() => loadConfig({ NODE_ENV: 'production', DEMO: '1' })).toThrow(
      /^DEMO .*\nPUBLIC_ORIGIN .*\nKEYS_FILE /,
    );
  });
});

describe('keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  let file = '';
  beforeEach(() => {
    file = join(folder, `k${count++}`, 'keys.json');
  });
  const from = (keysFile: string | null, production = true, keysInline: string | null = null) =>
    loadKeys({ production, keysFile, keysInline, dataDirectory: join(file, '..') });

  it('are made once in development, for their owner alone', () => {
    const first = from(null, false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(from(null, false)).toEqual(first);
  });

  it('made for development are refused in production', () => {
    from(null, false);
    expect(() => from(file)).toThrow(/were made for development: make a file with/);
  });

  it('made by --new-keys are taken in production, and never overwritten', () => {
    writeNewKeysFile(file);
    expect(Object.keys(from(file).signing.keys)).toHaveLength(1);
    expect(() => writeNewKeysFile(file)).toThrow(/exists already: name a new file, and keep the old one/);
  });

  it('can be given in the environment', () => {
    expect(from(null, true, JSON.stringify(generateKeyMaterial())).fieldKeys.activeId).toMatch(/^f/);
  });

  it('of before there was SM2 are taken as they are', () => {
    const { sm2, ...before } = generateKeyMaterial();
    expect(sm2).toBeDefined();
    expect(from(null, true, JSON.stringify(before)).sm2).toBeUndefined();
  });

  it('missing in production', () => {
    expect(() => from(join(folder, 'none.json'))).toThrow(/cannot be read: correct KEYS_FILE/);
    expect(() => from(null)).toThrow(/^Keys are missing/);
  });

  it('that every user can read', () => {
    writeNewKeysFile(file);
    chmodSync(file, 0o644);
    expect(() => from(file)).toThrow(/can be read by every user of this machine: run chmod 600/);
  });

  const zeros = Buffer.alloc(32).toString('base64');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  it.each([
    ['no JSON', () => 'secret', /not usable \(it is not the JSON of a keys file\)/],
    ['an empty object', () => '{}', /it is not the JSON of a keys file/],
    ['a default secret', (keys) => ({ ...keys, indexKey: zeros }), /indexKey is not random/],
    ['a short secret', (keys) => ({ ...keys, macKey: 'c2hvcnQ=' }), /macKey is not 32 bytes in base64/],
    ['one secret for two uses', (keys) => ({ ...keys, macKey: keys.indexKey }), /two keys are the same/],
    [
      'an active key that is not there',
      (keys) => ({ ...keys, fieldKeys: { ...keys.fieldKeys, activeId: 'toString' } }),
      /fieldKeys\.activeId names no key/,
    ],
    [
      'another kind of signing key',
      (keys) => ({ ...keys, signing: { activeId: 's', keys: { s: rsa }, retiredPublic: {} } }),
      /signing\.s is not an Ed25519 key/,
    ],
    [
      'an SM2 key beyond the order of the curve',
      (keys) => ({
        ...keys,
        sm2: {
          activeId: 'm',
          keys: { m: `/////////////////////${'3ZXc7vLh0aQbM9kTgYwJ1A'.slice(0, 22)}=` },
          retiredPublic: {},
        },
      }),
      /sm2\.m is not an SM2 key/,
    ],
    [
      'a retired SM2 key off the curve',
      (keys) => ({ ...keys, sm2: { ...keys.sm2, retiredPublic: { old: zeros } } }),
      /sm2\.retiredPublic\.old is not a point of the SM2 curve/,
    ],
  ] as [string, (keys: ReturnType<typeof generateKeyMaterial>) => unknown, RegExp][])(
    'are refused: %s',
    (_, change, reason) => {
      const changed = change(generateKeyMaterial());
      const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
      expect(() => from(null, true, text)).toThrow(reason);
    },
  );
});
