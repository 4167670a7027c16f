import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getIdentity } from '../../../backend/modules/accounts/index.ts';
import { reencryptAccounts } from '../../../backend/modules/accounts/jobs.ts';
import { acceptTotp, totpCodeAt } from '../../../backend/modules/accounts/totp.ts';
import { getAccount } from '../../../backend/modules/accounts/reads.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { makeKeys } from '../../support/keys.ts';
import { createCitizen, createStaff, TEST_TOTP_SECRET } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('rotating the field key', () => {
  it('moves every value under the new key while it stays readable, and then the old key may go', async () => {
    const keys = makeKeys();
    const at = (activeId: string, ring: Record<string, string>): Platform => ({
      ...api.p,
      crypto: createCryptoSuite({ ...keys, fieldKeys: { activeId, keys: ring } }, systemRandom, TEST_COST),
    });
    const f1 = keys.fieldKeys.keys.f1!;
    const f2 = randomBytes(32).toString('base64');
    const before = at('f1', { f1 });
    const during = at('f2', { f1, f2 });
    const after = at('f2', { f2 });

    const citizen = await createCitizen({ url: api.url, p: before });
    const clerk = await createStaff({ url: api.url, p: before }, { roles: ['acceptance'] });
    const shown = async (p: Platform) => (await getIdentity(p, citizen.account.id)).idNumber;
    expect(await shown(during)).toBe(citizen.account.idNumber);
    await expect(shown(after)).rejects.toThrow('unknown key');

    expect(await reencryptAccounts.run(during, api.p.time.now())).toEqual({ reencrypted: 2, failed: 0 });
    expect(await reencryptAccounts.run(during, api.p.time.now())).toEqual({ reencrypted: 0, failed: 0 });
    expect(await shown(after)).toBe(citizen.account.idNumber);
    const account = await getAccount(after, clerk.account.id);
    expect(await acceptTotp(after, account, totpCodeAt(TEST_TOTP_SECRET, api.p.time.now()))).toBe(true);
  });
});
