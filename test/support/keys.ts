import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyMaterial } from '../../backend/platform/crypto/key-material.ts';

const key = () => randomBytes(32).toString('base64');

export function signingKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Fresh secrets of a deployment. */
export function makeKeys(): KeyMaterial {
  return {
    fieldKeys: { activeId: 'f1', keys: { f1: key() } },
    indexKey: key(),
    macKey: key(),
    signing: { activeId: 's1', keys: { s1: signingKeyPem() }, retiredPublic: {} },
    sm2: {
      activeId: 'm1',
      keys: { m1: Buffer.concat([Buffer.of(1), randomBytes(31)]).toString('base64') },
      retiredPublic: {},
    },
  };
}
