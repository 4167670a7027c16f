import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { findTotpStep, totpCodeAt, totpUri } from '../../../backend/modules/accounts/totp.ts';

/** RFC 6238 appendix B: the SHA-1 rows, of which the last six digits are what an authenticator shows. */
const SECRET = Secret.fromLatin1('12345678901234567890').base32;

describe('TOTP', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('gives the vector of RFC 6238 at %d s', (seconds, eight) => {
    expect(totpCodeAt(SECRET, new Date(seconds * 1000))).toBe(eight.slice(2));
  });

  it('accepts one step to either side and names the step', () => {
    const at = new Date(1111111109_000);
    const code = totpCodeAt(SECRET, at);
    const step = Math.floor(1111111109 / 30);
    for (const shift of [-30, 0, 30]) {
      expect(findTotpStep(SECRET, code, new Date(at.getTime() + shift * 1000))).toBe(step);
    }
    for (const shift of [-61, 61]) {
      expect(findTotpStep(SECRET, code, new Date(at.getTime() + shift * 1000))).toBeNull();
    }
  });

  it('folds spaces and full-width digits', () => {
    const at = new Date(59_000);
    expect(findTotpStep(SECRET, '２８７ 082', at)).toBe(1);
  });

  it.each(['', '28708', '2870820', 'abcdef', '287082x'])('refuses "%s"', (code) => {
    expect(findTotpStep(SECRET, code, new Date(59_000))).toBeNull();
  });

  it('names office and account in the address for authenticators', () => {
    const uri = new URL(totpUri(SECRET, 'zhoumin'));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('issuer')).toBe('聊城市不动产登记');
    expect(uri.searchParams.get('secret')).toBe(SECRET);
  });
});
