import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../../backend/app.ts';
import type { ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { modules } from '../../../backend/modules.ts';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { loadReference } from '../../../seeds/load.ts';
import {
  accepted,
  attach,
  claimed,
  renameAnswers,
  type Office,
} from '../../backend/applications/scenario.ts';
import { codeOf, unitImport } from '../../backend/register/units.ts';
import { importUnits } from '../../../backend/modules/register/index.ts';
import { makeKeys } from '../../support/keys.ts';
import { storedCase } from '../../support/open-cases.ts';
import { createCitizen, createStaff, signInAs } from '../../support/people.ts';

/** The app on an engine of its own, with one case that was accepted over HTTP as the pattern of all others. */
export interface DeadlineStage {
  p: Platform;
  uri: string;
  url: string;
  /** Of a supervisor, signed in at the moment the clock stands at. */
  cookie: string;
  now: Date;
  template: ApplicationDocument;
  dueAt: Date;
  travel(now: Date): Promise<void>;
  close(): Promise<void>;
}

const NOW = new Date('2026-10-09T10:30:00+08:00');

export async function openDeadlineStage(): Promise<DeadlineStage> {
  const folder = mkdtempSync(join(tmpdir(), 'registration-deadlines-'));
  const log = pino({ level: 'silent' });
  const engine = await startEngine({ dataDirectory: folder, log });
  const uri = engine.uri('deadlines');
  const database = await connectDatabase({ uri, log });
  let now = NOW;
  const config = { production: false, publicOrigin: 'http://localhost:8080', processes: 1 };
  const { p, relay } = createPlatform({
    config: config as Platform['config'],
    log,
    database,
    crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
    outside: { mail: null, textMessage: null, scanner: null },
    time: { now: () => new Date(now) },
  });
  await migrate(p, modules, platformModels);
  await loadReference(p);
  const app = await createApp({ p, relay, publicDirectory: null, timers: false });
  const server = createServer(app.koa.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { url, p };
  const template = await acceptOne(target);
  const supervisor = await createStaff(target, { name: '方静', roles: ['supervisor'] });
  const cookieOf = async () =>
    [...(await signInAs(target, supervisor.account)).cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  const stage: DeadlineStage = {
    p,
    uri,
    url,
    cookie: await cookieOf(),
    now,
    template,
    dueAt: template.work.dueAt!,
    async travel(next) {
      now = next;
      stage.now = next;
      stage.cookie = await cookieOf();
    },
    async close() {
      await app.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.connection.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

async function acceptOne(target: { url: string; p: Platform }): Promise<ApplicationDocument> {
  const seller = await createCitizen(target, { name: '赵明远' });
  const clerk = (name: string, role: 'acceptance' | 'firstReview') =>
    createStaff(target, { name, roles: [role] });
  const clerks = {
    acceptance: await clerk('周敏', 'acceptance'),
    firstReview: await clerk('郭立新', 'firstReview'),
  };
  const office = { seller, clerks } as unknown as Office;
  const code = codeOf(1);
  const certificateNo = '鲁(2021)聊城市不动产权第0000001号';
  const { name, idNumber } = seller.account;
  const share = { numerator: 1, denominator: 1 };
  const made = unitImport(code, [{ name, partyKind: 'person', idKind: 'residentId', idNumber, share }]);
  await importUnits(target.p, [
    { ...made, rights: made.rights.map((right) => ({ ...right, certificateNo })) },
  ]);
  const answers = renameAnswers(office, { code, certificateNo });
  const { body: draft } = await seller.client.post('/api/applications', { businessType: 'BG01', answers });
  const { body: attached } = await attach(seller.client, draft.id, 'M21');
  await seller.client.post(`/api/applications/${draft.id}/submit`, { revision: attached.revision });
  await accepted(office, draft.id);
  await claimed(clerks.firstReview, draft.id);
  const stored = await storedCase(target.p, draft.id);
  return { ...stored, outbox: [] };
}
