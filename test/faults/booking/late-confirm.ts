/**
 * T23: one API process that confirms a hold when told to on standard input. Whoever started it stops it (SIGSTOP) before and lets it
 * go on after the hold has run out.
 */
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { confirmSeat } from '../../../backend/modules/appointments/confirm.ts';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { makeKeys } from '../../support/keys.ts';

const log = pino({ level: 'silent' });
const database = await connectDatabase({ uri: process.env.BOOKING_URI ?? '', log });
const { p } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database,
  crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
});
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { slotId, id } = JSON.parse(line) as { slotId: string; id: string };
  const confirmed = (await confirmSeat(p, slotId, { b: id, actorId: null })) === 'confirmed';
  process.stdout.write(`${JSON.stringify({ confirmed })}\n`);
}
