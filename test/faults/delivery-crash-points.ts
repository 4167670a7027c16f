import { allModels } from '../../backend/app.ts';
import { applications, record } from '../../backend/modules/applications/index.ts';
import { auditEntries } from '../../backend/modules/audit/audit.model.ts';
import {
  certificateKeys,
  certificates,
  type CertificateDocument,
} from '../../backend/modules/certificates/certificate.model.ts';
import { holdsRecord } from '../../backend/modules/certificates/leaf.ts';
import { deliveries, notifications } from '../../backend/modules/notifications/notification.model.ts';
import { setContactSource } from '../../backend/modules/notifications/index.ts';
import { units } from '../../backend/modules/register/unit.model.ts';
import { numbers } from '../../backend/platform/database/numbers.ts';
import { createPlatform } from '../../backend/platform/create-platform.ts';
import type { DeclaredModel } from '../../backend/platform/database/model.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { findContactOf, subscribers } from '../../backend/subscriptions.ts';
import { restore, type CrashPoints, type Scene } from './recording-crash-points.ts';

/**
 * What comes after the register was written: audit, certificates, issue, timeline, inbox. The process dies after each
 * database command of the delivery, a fresh one picks it up and dies after each of its commands too; a third one ends
 * it. The certificates, the case, the numbers and what people were told must be as without any crash.
 */
export interface DeliveryFindings {
  figures: { commandsOfDelivery: number; commandsOfRecovery: number; runs: number };
  different: string[];
}

/** Everything that a delivery writes. */
const WRITTEN = [
  applications,
  units,
  numbers,
  certificates,
  certificateKeys,
  auditEntries,
  notifications,
  deliveries,
] as unknown as DeclaredModel[];

type Contents = Map<DeclaredModel, Record<string, unknown>[]>;

async function read(p: Platform): Promise<Contents> {
  const contents: Contents = new Map();
  for (const model of WRITTEN) contents.set(model, (await model(p).collection.find({}).toArray()) as never);
  return contents;
}

async function write(p: Platform, contents: Contents): Promise<void> {
  for (const [model, documents] of contents) {
    const { collection } = model(p);
    await collection.deleteMany({});
    if (documents.length > 0) await collection.insertMany(documents as never[]);
  }
}

/** A certificate's leaf is salted by chance; the same in every run is that it commits to what the certificate says. */
const withoutSalt = (document: Record<string, unknown>): Record<string, unknown> =>
  'leaf' in document
    ? { ...document, leaf: holdsRecord(document as unknown as CertificateDocument) }
    : document;

/** Without what differs in every run by chance: ids of events that the delivery itself makes. */
async function stateOf(p: Platform, known: ReadonlySet<string>): Promise<string> {
  const contents = await read(p);
  const parts = [...contents].map(([model, documents]) => {
    const lines = documents.map((document) =>
      JSON.stringify(withoutSalt(document)).replace(/\b[0-9a-f]{24}\b/g, (id) =>
        known.has(id) ? id : 'new',
      ),
    );
    return `${model.declaration.collection}\n${lines.sort().join('\n')}`;
  });
  return parts.join('\n\n');
}

/** A process of its own as far as memory goes: a fresh relay that finds what the last one left. */
async function deliverAll(p: Platform): Promise<void> {
  const { config, log, database, crypto, outside, time, random } = p;
  const fresh = createPlatform({ config, log, database, crypto, outside, time, random });
  setContactSource(findContactOf);
  fresh.relay.start(fresh.p, allModels, subscribers);
  await fresh.relay.drain();
}

/** Runs `act`, which may die. A relay survives the failures of its batches, so death shows in the count alone. */
async function quietly(act: () => Promise<unknown>): Promise<void> {
  await act().catch(() => undefined);
}

export async function enumerateDeliveryCrashes(
  scene: Scene,
  points: CrashPoints,
  { pairs }: { pairs: boolean },
): Promise<DeliveryFindings> {
  const { p, people, snapshot } = scene;
  points.arm(null);
  // What was on its way from before is delivered first: only what the recording says is looked at.
  await restore(scene);
  await deliverAll(p);
  await record(p, people.registrar.viewerAt(p), snapshot.doc._id);
  const before = await read(p);
  const known = new Set(JSON.stringify([...before.values()]).match(/\b[0-9a-f]{24}\b/g) ?? []);
  points.arm(null);
  await deliverAll(p);
  const commandsOfDelivery = points.count();
  const expected = await stateOf(p, known);
  const figures = { commandsOfDelivery, commandsOfRecovery: 0, runs: 0 };
  const different: string[] = [];

  const tryOnce = async (first: number, second: number): Promise<boolean> => {
    points.arm(null);
    await write(p, before);
    points.arm(first);
    await quietly(() => deliverAll(p));
    let ended = true;
    if (second > 0) {
      points.arm(second);
      await quietly(() => deliverAll(p));
      ended = points.count() < second;
      figures.commandsOfRecovery = Math.max(figures.commandsOfRecovery, points.count());
    }
    points.arm(null);
    await deliverAll(p);
    figures.runs += 1;
    const state = await stateOf(p, known);
    if (state !== expected)
      different.push(
        `crash after ${first}, in recovery after ${second}: ${firstDifference(expected, state)}`,
      );
    return ended;
  };
  for (let first = 1; first <= commandsOfDelivery; first += 1) {
    await tryOnce(first, 0);
    for (let second = 1; pairs; second += 1) if (await tryOnce(first, second)) break;
  }
  points.arm(null);
  await write(p, before);
  return { figures, different };
}

function firstDifference(expected: string, got: string): string {
  const wanted = new Set(expected.split('\n'));
  const had = new Set(got.split('\n'));
  const missing = [...wanted].filter((line) => !had.has(line));
  const extra = [...had].filter((line) => !wanted.has(line));
  return `missing ${missing.length} (${missing[0]?.slice(0, 300) ?? ''}), extra ${extra.length} (${extra[0]?.slice(0, 300) ?? ''})`;
}
