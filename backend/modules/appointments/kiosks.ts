import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from '../accounts/index.ts';
import { requireOwnHall } from './booker.ts';
import type { KioskMachine, KioskPairing } from './contract.ts';
import { errors } from './errors.ts';
import { getSchedules } from './get-schedule.ts';
import { kiosks, type KioskDocument } from './kiosk.model.ts';

/**
 * Machines of a hall: a clerk asks for a code at the own desk and types it at the machine, so nobody signs in on a device
 * that stands among the public. The code holds for ten minutes and once; what the machine gets for it holds until revoked.
 */

const PAIRING_MS = 10 * 60_000;
const MOST_SHOWN = 50;

const kioskCollection = (p: Platform) => kiosks(p).collection as unknown as Collection<KioskDocument>;
const hashOf = (p: Platform, kind: 'token' | 'pairing', value: string): string =>
  p.crypto.index.of(`kiosk-${kind}`, value);

/** @throws appointments.other_hall, appointments.hall_unknown */
export async function enableKiosk(
  p: Platform,
  actor: StaffActor,
  { hall, name }: { hall: string; name: string },
): Promise<KioskPairing> {
  requireOwnHall(actor, hall);
  if (!(await getSchedules(p)).byHall.has(hall)) return errors.fail('appointments.hall_unknown');
  const now = p.time.now();
  const code = String(p.random.bytes(6).readUIntBE(0, 6) % 100_000_000).padStart(8, '0');
  const kiosk: KioskDocument = {
    _id: p.random.bytes(12).toString('hex'),
    hall,
    name,
    pairing: hashOf(p, 'pairing', code),
    pairingUntil: new Date(now.getTime() + PAIRING_MS),
    enabledBy: actor.accountId,
    enabledAt: now,
    pairedAt: null,
    revokedAt: null,
    outbox: [p.outbox.event('appointments.kiosk_enabled', actor.accountId, { hall })],
  };
  await kioskCollection(p).insertOne(kiosk);
  p.outbox.notify('kiosks');
  return { id: kiosk._id, code, until: kiosk.pairingUntil.toISOString() };
}

/** Gives the machine its token, once. @throws appointments.pairing_wrong */
export async function pairKiosk(p: Platform, code: string): Promise<{ kiosk: KioskDocument; token: string }> {
  const now = p.time.now();
  const token = p.random.bytes(32).toString('base64url');
  const kiosk = await kioskCollection(p).findOneAndUpdate(
    { pairing: hashOf(p, 'pairing', code), pairingUntil: { $gt: now }, revokedAt: null },
    { $set: { token: hashOf(p, 'token', token), pairedAt: now }, $unset: { pairing: '' } },
    { returnDocument: 'after', projection: { outbox: 0 } },
  );
  return kiosk ? { kiosk, token } : errors.fail('appointments.pairing_wrong');
}

/** The machine that has this token; null: none, or none any more. */
export async function findKiosk(p: Platform, token: string): Promise<KioskDocument | null> {
  if (!token) return null;
  return kioskCollection(p).findOne({ token: hashOf(p, 'token', token) }, { projection: { outbox: 0 } });
}

export async function listKiosks(p: Platform, actor: StaffActor, hall: string): Promise<KioskMachine[]> {
  requireOwnHall(actor, hall);
  const now = p.time.now();
  const found = await kioskCollection(p)
    .find({ hall, revokedAt: null }, { projection: { outbox: 0 }, hint: 'hall' })
    .sort({ enabledAt: -1 })
    .limit(MOST_SHOWN)
    .toArray();
  return found
    .filter(({ pairedAt, pairingUntil }) => pairedAt !== null || pairingUntil > now)
    .map(({ _id, name, enabledAt, pairedAt }) => ({
      id: _id,
      name,
      enabledAt: enabledAt.toISOString(),
      pairedAt: pairedAt?.toISOString() ?? null,
    }));
}

/** The machine stops with its next request; twice is as good as once. @throws appointments.kiosk_unknown */
export async function revokeKiosk(p: Platform, actor: StaffActor, id: string): Promise<void> {
  const kiosk = await kioskCollection(p).findOne({ _id: id }, { projection: { hall: 1 } });
  if (!kiosk) return errors.fail('appointments.kiosk_unknown');
  requireOwnHall(actor, kiosk.hall);
  const { modifiedCount } = await kioskCollection(p).updateOne({ _id: id, revokedAt: null }, {
    $set: { revokedAt: p.time.now() },
    $unset: { token: '', pairing: '' },
    $push: { outbox: p.outbox.event('appointments.kiosk_revoked', actor.accountId, { hall: kiosk.hall }) },
  } as never);
  if (modifiedCount > 0) p.outbox.notify('kiosks');
}
