import { sm2, sm3 as sm3OfLibrary } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../../frontend/features/verify/offline/ed25519.ts';
import { sha256 } from '../../../frontend/features/verify/offline/sha256.ts';
import { verifySm2 } from '../../../frontend/features/verify/offline/sm2.ts';
import { sm3 } from '../../../frontend/features/verify/offline/sm3.ts';
import { makeKey, sha256 as sha256OfNode } from '../../support/proofs.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const OPTIONS = { hash: true, der: false, userId: '1234567812345678' } as const;

describe('SM3 of the page', () => {
  it('gives the values of GB/T 32905, appendix A', () => {
    expect(hex(sm3(Buffer.from('abc')))).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(hex(sm3(Buffer.from('abcd'.repeat(16))))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });
  it('agrees with the library for every length up to three blocks, however it is cut', () => {
    for (let length = 0; length < 200; length += 1) {
      const text = new Uint8Array(length).map((_, at) => (at * 31 + length) % 256);
      expect(hex(sm3(text.slice(0, 7), text.slice(7)))).toBe(sm3OfLibrary(text));
    }
  });
});

describe('SM2 of the page', () => {
  const { privateKey, publicKey } = sm2.generateKeyPairHex();
  const sign = (text: Uint8Array) => bytes(sm2.doSignature(text, privateKey, { ...OPTIONS, publicKey }));
  const texts = Array.from({ length: 20 }, (_, n) => new Uint8Array(Buffer.from(`检查点 ${n}\n`)));

  it('takes what the library signs, and nothing with one bit changed', () => {
    for (const [n, text] of texts.entries()) {
      const signature = sign(text);
      expect(verifySm2(bytes(publicKey), text, signature)).toBe(true);
      const flipped = signature.map((byte, at) => (at === n * 3 ? byte ^ 1 : byte));
      expect(verifySm2(bytes(publicKey), text, flipped)).toBe(false);
      expect(verifySm2(bytes(publicKey), texts[(n + 1) % 20]!, signature)).toBe(false);
    }
  });

  it('takes the example of GM/T 0003.5-2012 A.2', () => {
    const key = bytes(
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    );
    const signature = bytes(
      'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
    );
    expect(verifySm2(key, Buffer.from('message digest'), signature)).toBe(true);
    expect(verifySm2(key, Buffer.from('message digests'), signature)).toBe(false);
  });

  it('takes the signature of the standard’s own id only, and no empty or over-long number', () => {
    const foreign = bytes(sm2.doSignature(texts[0]!, privateKey, { ...OPTIONS, userId: '', publicKey }));
    expect(verifySm2(bytes(publicKey), texts[0]!, foreign)).toBe(false);
    const signature = sign(texts[0]!);
    for (const wrong of [
      new Uint8Array(64),
      new Uint8Array(64).fill(255),
      signature.slice(1),
      new Uint8Array(),
    ])
      expect(verifySm2(bytes(publicKey), texts[0]!, wrong)).toBe(false);
    expect(() => verifySm2(bytes(publicKey).fill(7, 1), texts[0]!, signature)).toThrow();
  });
});

describe('Ed25519 and SHA-256 of the page', () => {
  it('agree with those of Node', async () => {
    const { signer } = makeKey();
    const key = makeKey();
    const publicKey = new Uint8Array(Buffer.from(key.word.split('+').slice(2).join('+'), 'base64')).slice(1);
    const text = new Uint8Array(Buffer.from('检查点\n'));
    expect(await verifyEd25519(publicKey, text, key.signer.sign(text))).toBe(true);
    expect(await verifyEd25519(publicKey, text, signer.sign(text))).toBe(false);
    expect(hex(sha256(text, text))).toBe(hex(sha256OfNode(text, text)));
  });
});
