import type { EncryptedField } from '../../platform/crypto/suite.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { contextOf } from './new-account.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import { sessions } from './session.model.ts';
import { sweepThrottles } from './throttle.ts';

const HOUR_MS = 3_600_000;

/** The embedded engine deletes nothing by itself: what has ended is swept here. */
export const sweepSessions: Job = {
  name: 'accounts.sweep-sessions',
  everyMs: HOUR_MS,
  async run(p, now) {
    const { deletedCount } = await sessions(p).deleteMany({
      endsAt: { $lt: new Date(now.getTime() - 24 * HOUR_MS) },
      // An event that was not delivered yet keeps its session.
      'outbox.0': { $exists: false },
    });
    return { sessions: deletedCount, throttles: await sweepThrottles(p, now) };
  },
};

/** A sign-up of an organisation that was cut off between its two writes (see sign-up-organisation.ts). */
export const sweepHalfSignUps: Job = {
  name: 'accounts.sweep-half-sign-ups',
  everyMs: HOUR_MS,
  async run(p, now) {
    const candidates = await accounts(p)
      .find({
        kind: 'organisation',
        organisationAdministrator: true,
        lastSignedInAt: null,
        createdBy: null,
        createdAt: { $lt: new Date(now.getTime() - HOUR_MS) },
      })
      .lean<AccountDocument[]>();
    let deleted = 0;
    for (const { _id, organisationId } of candidates) {
      if (await organisationExists(p, organisationId)) continue;
      const { deletedCount } = await accounts(p).deleteOne({ _id, lastSignedInAt: null });
      deleted += deletedCount;
    }
    return { deleted };
  },
};

/** Documents taken at one run: a rotation proceeds in the background, and readers never notice. */
const REENCRYPT_BATCH = 1000;

/**
 * After a rotation of the field key: re-encrypts what is still under an older one, so that it can be destroyed (three days
 * later at the earliest: invitations on their way hold a secret too). Each update is guarded by the ciphertext that
 * was read, so a value changed meanwhile is left to the next run.
 */
export const reencryptAccounts: Job = {
  name: 'accounts.re-encrypt',
  everyMs: HOUR_MS,
  async run(p) {
    const { activeKeyId } = p.crypto.fields;
    const outdated = await accounts(p)
      .find({
        $or: [
          { 'idNumber.k': { $ne: activeKeyId } },
          { 'phone.k': { $ne: activeKeyId } },
          { 'factor.secret.k': { $exists: true, $ne: activeKeyId } },
        ],
      })
      .limit(REENCRYPT_BATCH)
      .lean<AccountDocument[]>();
    let failed = 0;
    for (const account of outdated) {
      try {
        await reencrypt(p, account);
      } catch (error) {
        // One damaged value must not hold up the others; the figure and the log say that it is there.
        p.log.error({ err: error, accountId: account._id }, 'account could not be re-encrypted');
        failed += 1;
      }
    }
    return { reencrypted: outdated.length - failed, failed };
  },
};

async function reencrypt(p: Platform, account: AccountDocument): Promise<void> {
  const { _id, idNumber, phone, factor } = account;
  const again = (field: EncryptedField, name: 'idNumber' | 'phone' | 'factor'): EncryptedField => {
    const context = contextOf(_id, name);
    return p.crypto.fields.encrypt(p.crypto.fields.decrypt(field, context), context);
  };
  await accounts(p).updateOne(
    {
      _id,
      'idNumber.c': idNumber.c,
      'phone.c': phone.c,
      ...(factor ? { 'factor.secret.c': factor.secret.c } : { factor: null }),
    },
    {
      $set: {
        idNumber: again(idNumber, 'idNumber'),
        phone: again(phone, 'phone'),
        ...(factor ? { 'factor.secret': again(factor.secret, 'factor') } : {}),
      },
    },
  );
}

async function organisationExists(p: Platform, id: string | null): Promise<boolean> {
  if (id === null) return false;
  const found = await organisations(p).findById(id, { _id: 1 }).lean<Pick<OrganisationDocument, '_id'>>();
  return found !== null;
}
