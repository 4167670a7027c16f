import { createPublicKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import type { KeyMaterial } from '../../../backend/platform/crypto/key-material.ts';
import { DEPLOYED_COST, TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import type { EncryptedField } from '../../../backend/platform/crypto/suite.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { makeKeys, signingKeyPem } from '../../support/keys.ts';

const suiteOf = (keys: KeyMaterial) => createCryptoSuite(keys, systemRandom, TEST_COST);
const PARTS = ['n', 'c', 't'] as const;

function flipBit(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64');
  const position = Math.floor(bit / 8) % bytes.length;
  bytes[position] = bytes[position]! ^ (1 << (bit % 8));
  return bytes.toString('base64');
}

describe('encrypted fields', () => {
  const suite = suiteOf(makeKeys());
  const context = 'accounts|65f000000000000000000001|idNumber';

  it('gives back exactly what went in, rare ideographs and lone values included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.string(), (plain, where) => {
        expect(suite.fields.decrypt(suite.fields.encrypt(plain, where), where)).toBe(plain);
      }),
    );
  });

  it('refuses 1,000 single-bit changes of nonce, content and tag', () => {
    const field = suite.fields.encrypt('371502199003070019', context);
    fc.assert(
      fc.property(fc.constantFrom(...PARTS), fc.nat(10_000), (part, bit) => {
        const changed: EncryptedField = { ...field, [part]: flipBit(field[part], bit) };
        expect(() => suite.fields.decrypt(changed, context)).toThrow('content, key or context differs');
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses any other spelling of the same bytes', () => {
    const field = suite.fields.encrypt('13800001234', context);
    for (const spoiled of [`${field.c}=`, `${field.c} `, `!${field.c}`, field.c.replace(/.$/, '')]) {
      expect(() => suite.fields.decrypt({ ...field, c: spoiled }, context)).toThrow();
    }
  });

  it('refuses a shortened tag', () => {
    const field = suite.fields.encrypt('x', context);
    const short = Buffer.from(field.t, 'base64').subarray(0, 4).toString('base64');
    expect(() => suite.fields.decrypt({ ...field, t: short }, context)).toThrow('malformed');
  });

  it.each([
    ['another document', 'accounts|65f000000000000000000002|idNumber'],
    ['another field', 'accounts|65f000000000000000000001|phone'],
    ['another collection', 'units|65f000000000000000000001|idNumber'],
  ])('refuses a value moved to %s', (_where, elsewhere) => {
    const field = suite.fields.encrypt('371502199003070019', context);
    expect(() => suite.fields.decrypt(field, elsewhere)).toThrow('content, key or context differs');
  });

  it('decrypts under the old key id after rotation, and encrypts under the new one', () => {
    const before = makeKeys();
    const field = suiteOf(before).fields.encrypt('赵明远', context);
    const keys = { ...before.fieldKeys.keys, f2: randomBytes(32).toString('base64') };
    const after = suiteOf({ ...before, fieldKeys: { activeId: 'f2', keys } });
    expect(after.fields.decrypt(field, context)).toBe('赵明远');
    expect(after.fields.encrypt('赵明远', context).k).toBe('f2');
  });

  it('refuses a value relabelled with another key id, and one whose key was destroyed', () => {
    const before = makeKeys();
    const field = suiteOf(before).fields.encrypt('x', context);
    const twin = suiteOf({
      ...before,
      fieldKeys: { activeId: 'f2', keys: { ...before.fieldKeys.keys, f2: before.fieldKeys.keys.f1! } },
    });
    expect(() => twin.fields.decrypt({ ...field, k: 'f2' }, context)).toThrow(
      'content, key or context differs',
    );
    expect(() => twin.fields.decrypt({ ...field, k: 'gone' }, context)).toThrow('unknown key');
  });

  it('never repeats a nonce in 200,000 encryptions', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 200_000; i += 1) seen.add(suite.fields.encrypt('', context).n);
    expect(seen.size).toBe(200_000);
  });

  it('never shows the value in the error', () => {
    const field = suite.fields.encrypt('371502199003070019', context);
    try {
      suite.fields.decrypt({ ...field, t: flipBit(field.t, 3) }, context);
      expect.unreachable();
    } catch (error) {
      expect(String((error as Error).stack)).not.toContain('371502199003070019');
    }
  });
});

describe('blind index', () => {
  const keys = makeKeys();
  const { index, mac } = suiteOf(keys);

  it('is the same for equal values and 43 characters of base64url', () => {
    expect(index.of('id-number', '371502199003070019')).toBe(index.of('id-number', '371502199003070019'));
    expect(index.of('id-number', '371502199003070019')).toMatch(/^[\w-]{43}$/);
  });

  it('cannot be joined across purposes, domains or deployments', () => {
    const value = '13800001234';
    const all = [
      index.of('id-number', value),
      index.of('phone', value),
      mac('phone', value),
      suiteOf(makeKeys()).index.of('phone', value),
    ];
    expect(new Set(all).size).toBe(4);
  });
});

describe('signatures', () => {
  const keys = makeKeys();
  const bytes = Buffer.from('{"certificateNo":"鲁（2026）聊城市不动产权第0000001号"}');

  it('verify under their key id only, and fail on any changed bit', () => {
    const { signer, signatures } = suiteOf(keys);
    const signature = signer.sign(bytes);
    expect(signatures.verify('s1', bytes, signature)).toBe(true);
    expect(signatures.verify('s0', bytes, signature)).toBe(false);
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        const changed = Buffer.from(signature, 'base64url');
        changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
        return !signatures.verify('s1', bytes, changed.toString('base64url'));
      }),
    );
  });

  it.each(['', 'AA', '='.repeat(86)])(
    'answer false, never throw, for the malformed signature "%s"',
    (signature) => {
      expect(suiteOf(keys).signatures.verify('s1', bytes, signature)).toBe(false);
    },
  );

  it('still verify when the key was retired and its private half destroyed', () => {
    const signature = suiteOf(keys).signer.sign(bytes);
    const publicPem = createPublicKey(keys.signing.keys.s1!)
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const later = suiteOf({
      ...keys,
      signing: { activeId: 's2', keys: { s2: signingKeyPem() }, retiredPublic: { s1: publicPem } },
    });
    expect(later.signer.keyId).toBe('s2');
    expect(later.signatures.verify('s1', bytes, signature)).toBe(true);
    expect([...later.signatures.publicKeys.keys()].sort()).toEqual(['s1', 's2']);
  });
});

describe('passwords', () => {
  it('are argon2id at 64 MiB, 3 passes, with the parameters kept in the hash', async () => {
    const { passwords } = createCryptoSuite(makeKeys(), systemRandom, DEPLOYED_COST);
    const stored = await passwords.hash('湖水明朗 8 月');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(await passwords.verify(stored, '湖水明朗 8 月')).toBe(true);
    expect(await passwords.verify(stored, '湖水明朗 8 月 ')).toBe(false);
    expect(passwords.isCurrent(stored)).toBe(true);
  });

  it('ask for a rehash when they were made with other parameters', async () => {
    const keys = makeKeys();
    const cheap = await suiteOf(keys).passwords.hash('correct horse');
    const { passwords } = createCryptoSuite(keys, systemRandom, { memoryKiB: 128, passes: 1, lanes: 1 });
    expect(await passwords.verify(cheap, 'correct horse')).toBe(true);
    expect(passwords.isCurrent(cheap)).toBe(false);
  });
});

describe('key material', () => {
  it.each([
    [
      'a short field key',
      (k: KeyMaterial) => ({ ...k, fieldKeys: { activeId: 'f1', keys: { f1: 'c2hvcnQ=' } } }),
    ],
    [
      'an active field key that is missing',
      (k: KeyMaterial) => ({ ...k, fieldKeys: { ...k.fieldKeys, activeId: 'f9' } }),
    ],
    ['a short index key', (k: KeyMaterial) => ({ ...k, indexKey: '' })],
    [
      'an active signing key that is missing',
      (k: KeyMaterial) => ({ ...k, signing: { ...k.signing, activeId: 's9' } }),
    ],
  ])('with %s is refused at once', (_case, spoil) => {
    expect(() => suiteOf(spoil(makeKeys()))).toThrow(/key/);
  });
});
