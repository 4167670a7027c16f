import type { DeliveredEvent, Subscriber } from '../../../platform/database/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { certificates, type CertificateDocument } from '../certificate.model.ts';
import { electronicCollection, isInForceNow } from './lookup.ts';

/**
 * Brings the electronic form of a certificate into line with the register: ended where that which it certifies has ended, and standing again where
 * an objection that had lapsed turns out to stand (民法典220). What an administrator cancelled stays cancelled. It looks at the register
 * and not at what called it, so repetition and order do not matter. Emits `certificates.electronicCancelled` or
 * `certificates.electronicReinstated {certificateId, number}` once each.
 */
export async function followRegister(p: Platform, certificateId: string): Promise<void> {
  const electronic = await electronicCollection(p).findOne({ _id: certificateId });
  if (!electronic || electronic.cancelled?.by === 'administrator') return;
  const certificate = await certificates(p)
    .findOne({ _id: certificateId }, { outbox: 0 })
    .lean<CertificateDocument>();
  const inForce = certificate !== null && (await isInForceNow(p, certificate));
  const { version, status, number, issuedAt } = electronic;
  if (inForce === (status !== 'cancelled')) return;
  const change = inForce
    ? { status: issuedAt ? ('issued' as const) : ('made' as const), cancelled: null }
    : {
        status: 'cancelled' as const,
        cancelled: { at: p.time.now(), by: 'register' as const, reason: null },
      };
  const type = inForce ? 'certificates.electronicReinstated' : 'certificates.electronicCancelled';
  const event = p.outbox.event(type, null, { certificateId, number });
  // Over the version that was judged: of two that follow at once one writes and tells.
  await electronicCollection(p).updateOne(
    { _id: certificateId, version },
    { $set: { ...change, version: version + 1 }, $push: { outbox: event } as never },
  );
  p.outbox.notify('electronic-certificates');
}

/** What happens to a certificate happens to its electronic form. */
export const followCertificates: Subscriber = {
  name: 'certificates.electronic',
  types: ['certificates.superseded', 'certificates.cancelled', 'certificates.reinstated'],
  async handle(p: Platform, events: readonly DeliveredEvent[]) {
    const ids = new Set(events.map(({ data }) => String(data.certificateId)));
    for (const id of ids) await followRegister(p, id);
  },
};
