import type { Platform } from '../../platform/platform.ts';
import { nameKey } from '../accounts/index.ts';

const PURPOSE = 'certificate-key';

/** The key under which a number and one holder's name are found; the name is compared loosely, the number exactly. */
export function nameKeyOf(p: Platform, number: string, holderName: string): string {
  return p.crypto.index.of(PURPOSE, `name|${number}|${nameKey(holderName)}`);
}

export function tokenKeyOf(p: Platform, token: string): string {
  return p.crypto.index.of(PURPOSE, `token|${token}`);
}

/** 24 hexadecimal digits from the number: no certificate can be issued twice under two ids. */
export function certificateIdOf(p: Platform, number: string): string {
  return Buffer.from(p.crypto.index.of('certificate-id', number), 'base64url')
    .subarray(0, 12)
    .toString('hex');
}

/** 128 bits that nobody can guess and that come out the same when issuing is run again. */
export function tokenOf(p: Platform, number: string): string {
  return Buffer.from(p.crypto.index.of('certificate-token', number), 'base64url')
    .subarray(0, 16)
    .toString('base64url');
}
