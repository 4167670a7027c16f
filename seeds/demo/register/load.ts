import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import { findUnitsByCodes, importUnits } from '../../../backend/modules/register/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { legalDayOf } from '../../../backend/platform/time.ts';
import { generateRegister } from './generate.ts';

const BATCH = 500;

export interface DemoRegisterFigures {
  unitsAdded: number;
  certificatesAdded: number;
}

/** Loads the demo register and signs its certificates; what is already there is left as it is. About three seconds. */
export async function loadDemoRegister(p: Platform): Promise<DemoRegisterFigures> {
  if (p.config.production) throw new Error('demo data is refused in production');
  const units = generateRegister(legalDayOf(p.time.now()));
  const unitsAdded = await importUnits(p, units);
  let certificatesAdded = 0;
  for (let start = 0; start < units.length; start += BATCH) {
    const codes = units.slice(start, start + BATCH).map(({ _id }) => _id);
    // From the register as it is stored, so that a second load signs what the first one wrote.
    certificatesAdded += await importCertificates(p, await findUnitsByCodes(p, codes));
  }
  return { unitsAdded, certificatesAdded };
}
