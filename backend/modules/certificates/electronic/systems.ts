import type { Collection } from 'mongodb';
import { newId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { requireFreshFactor, type StaffActor } from '../../accounts/index.ts';
import { errors } from './errors.ts';
import { OWN_OPERATIONS, type CreateSystem, type ElectronicOperation, type SystemView } from './contract.ts';
import { certificateSystems, type CertificateSystemDocument } from './system.model.ts';

/** Long enough for a city's; who has more should end some. */
const MOST_SHOWN = 200;
const DAY_MS = 24 * 3_600_000;
/** Told apart from other secrets where one lies about (secret scanners look for such beginnings). */
const KEY = /^ecert_[\w-]{43}$/;

const collectionOf = (p: Platform) =>
  certificateSystems(p).collection as unknown as Collection<CertificateSystemDocument>;
const digestOf = (p: Platform, key: string): string => p.crypto.index.of('certificate-system-key', key);

/** Lets a system in. The key is given once, here; kept is a keyed digest. @throws accounts.fresh_factor_needed, certificates.notOfRegistry */
export async function createSystem(
  p: Platform,
  actor: StaffActor,
  { name, operations, validDays, ofRegistry = false }: CreateSystem,
): Promise<{ system: SystemView; key: string }> {
  await requireFreshFactor(p, actor);
  if (!ofRegistry && operations.some((one) => OWN_OPERATIONS.includes(one)))
    return errors.fail('certificates.notOfRegistry');
  const now = p.time.now();
  const key = `ecert_${p.random.bytes(32).toString('base64url')}`;
  const system: CertificateSystemDocument = {
    _id: `system:${newId()}`,
    name: name.trim(),
    ofRegistry,
    operations: [...operations],
    keyDigest: digestOf(p, key),
    validUntil: new Date(now.getTime() + validDays * DAY_MS),
    createdBy: actor.accountId,
    createdAt: now,
    revokedAt: null,
    revokedBy: null,
    outbox: [
      p.outbox.event('certificates.system_created', actor.accountId, {
        ...{ name, operations, validDays, ofRegistry },
      }),
    ],
  };
  await collectionOf(p).insertOne(system);
  p.outbox.notify('certificate-systems');
  return { system: viewSystem(system), key };
}

/** Ends a system's key at once; a second time changes nothing. Asks for no factor: who has been broken into must be quick. */
export async function revokeSystem(p: Platform, actor: StaffActor, id: string): Promise<SystemView> {
  const now = p.time.now();
  const event = p.outbox.event('certificates.system_revoked', actor.accountId, {});
  await collectionOf(p).updateOne(
    { _id: id, revokedAt: null },
    { $set: { revokedAt: now, revokedBy: actor.accountId }, $push: { outbox: event } as never },
  );
  p.outbox.notify('certificate-systems');
  const system = await collectionOf(p).findOne({ _id: id });
  return system ? viewSystem(system) : errors.fail('certificates.systemNotFound');
}

/** Newest first. */
export async function listSystems(p: Platform): Promise<SystemView[]> {
  const found = await collectionOf(p)
    .find({}, { projection: { outbox: 0 }, hint: 'certificate_systems_newest' })
    .sort({ createdAt: -1, _id: -1 })
    .limit(MOST_SHOWN)
    .toArray();
  return found.map(viewSystem);
}

/** Names by id, for who is told that a system saw something of theirs. */
export async function findSystemNames(p: Platform, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await collectionOf(p)
    .find({ _id: { $in: [...ids] } }, { projection: { name: 1 } })
    .toArray();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

/**
 * The system behind `Authorization: Bearer <key>`. Read anew at every request: a key that was revoked is good for nothing at once.
 * @throws certificates.systemKey for no key, an unknown, ended or revoked one, all alike; certificates.systemOperation, certificates.notOfRegistry
 */
export async function systemOf(
  p: Platform,
  authorization: string,
  operation: ElectronicOperation,
): Promise<CertificateSystemDocument> {
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
  const system = KEY.test(key)
    ? await collectionOf(p).findOne({ keyDigest: digestOf(p, key) }, { projection: { outbox: 0 } })
    : null;
  if (!system || system.revokedAt || system.validUntil <= p.time.now()) {
    return errors.fail('certificates.systemKey');
  }
  if (!system.operations.includes(operation)) return errors.fail('certificates.systemOperation');
  if (OWN_OPERATIONS.includes(operation) && !system.ofRegistry)
    return errors.fail('certificates.notOfRegistry');
  return system;
}

function viewSystem(system: CertificateSystemDocument): SystemView {
  const { _id: id, name, operations, validUntil, createdAt, revokedAt } = system;
  return {
    id,
    name,
    ofRegistry: system.ofRegistry ?? false,
    operations,
    validUntil: validUntil.toISOString(),
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
