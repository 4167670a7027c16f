/**
 * One API process's part under load, alone: BOOKING_URI, BOOKING_WINDOWS and the people on standard input. Prints what each person
 * knows before and after every act; is killed by whoever started it.
 */
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { makeKeys } from '../../support/keys.ts';
import { patchDriver } from '../sabotage/preload.mjs';
import { createDice } from '../support/random.ts';
import { BOOKING_SABOTAGES, type BookingSabotage } from './sabotages.ts';
import { noFigures, runLoad, type Known } from './load.ts';

const sabotage = process.env.BOOKING_SABOTAGE as BookingSabotage | undefined;
if (sabotage) patchDriver(BOOKING_SABOTAGES[sabotage]);

const log = pino({ level: 'silent' });
const { people, windows, seed, now, lanes } = JSON.parse(process.env.BOOKING_LOAD ?? '{}') as {
  people: Known[];
  windows: string[];
  seed: number;
  now: string;
  lanes: number;
};
const connected = await connectDatabase({ uri: process.env.BOOKING_URI ?? '', log });
const { p } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database: connected,
  crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
  time: { now: () => new Date(now) },
});
process.stdout.write('ready\n');
await runLoad(
  {
    p,
    people,
    windows,
    dice: createDice(seed),
    figures: noFigures(),
    // Synchronous on a pipe: a line is out before the act is sent.
    note: (known) => process.stdout.write(`${JSON.stringify(known)}\n`),
    isOver: () => false,
  },
  lanes,
);
