import { describe, expect, it } from 'vitest';
import { createSm2, isSm2Public, sm2PublicOf } from '../../../backend/platform/crypto/sm2.ts';

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

/** The example of GM/T 0003.5-2012 A.2, on the recommended curve, under the id 1234567812345678. */
const EXAMPLE = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: Buffer.from('message digest'),
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
const sm2 = createSm2({
  activeId: 'm1',
  keys: { m1: base64(EXAMPLE.privateKey) },
  retiredPublic: {},
})!;

describe('SM2', () => {
  it('makes and checks what the standard’s example says', () => {
    expect(sm2PublicOf(base64(EXAMPLE.privateKey))).toBe(base64(EXAMPLE.publicKey));
    expect(sm2.verify('m1', EXAMPLE.message, bytes(EXAMPLE.signature))).toBe(true);
    const own = sm2.sign(EXAMPLE.message);
    expect(own).toHaveLength(64);
    expect(sm2.verify('m1', EXAMPLE.message, own)).toBe(true);
  });

  it('checks by a key whose private half was destroyed, and by none that it does not know', () => {
    const later = createSm2({
      activeId: 'm2',
      keys: { m2: base64(`01${EXAMPLE.privateKey.slice(2)}`) },
      retiredPublic: { m1: base64(EXAMPLE.publicKey) },
    })!;
    expect(later.verify('m1', EXAMPLE.message, bytes(EXAMPLE.signature))).toBe(true);
    expect(later.verify('m2', EXAMPLE.message, bytes(EXAMPLE.signature))).toBe(false);
    expect(later.verify('m3', EXAMPLE.message, bytes(EXAMPLE.signature))).toBe(false);
  });

  it('refuses every signature with one bit changed, and numbers that are none', () => {
    for (let bit = 0; bit < 512; bit += 7) {
      const changed = bytes(EXAMPLE.signature);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(sm2.verify('m1', EXAMPLE.message, changed), `bit ${bit}`).toBe(false);
    }
    expect(sm2.verify('m1', Buffer.from('message digesT'), bytes(EXAMPLE.signature))).toBe(false);
    for (const number of ['00', 'ff'])
      expect(sm2.verify('m1', EXAMPLE.message, bytes(number.repeat(64)))).toBe(false);
    expect(sm2.verify('m1', EXAMPLE.message, bytes(EXAMPLE.signature).slice(1))).toBe(false);
  });

  it('takes points of the curve for keys, and nothing else', () => {
    expect(isSm2Public(base64(EXAMPLE.publicKey))).toBe(true);
    expect(isSm2Public(base64(EXAMPLE.publicKey.replace('ad13', 'ad14')))).toBe(false);
    expect(isSm2Public(base64(EXAMPLE.publicKey.slice(2)))).toBe(false);
    expect(isSm2Public('')).toBe(false);
  });

  it('is not there where the keys have none', () => {
    expect(createSm2(undefined)).toBeNull();
  });
});
