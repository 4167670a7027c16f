import type { TSchema } from 'typebox';
import { createAjv } from '../../platform/http/ajv.ts';
import type { Platform } from '../../platform/platform.ts';
import { readReferenceFolder } from '../catalogue/index.ts';
import { HallSchedule, HallService } from './contract.ts';
import { forgetSchedules } from './get-schedule.ts';
import { checkSchedule } from './plan-day.ts';
import { schedules, services } from './schedule.model.ts';

const SERVICES = 'services.json';

const SERVICE_LIST = { type: 'array', minItems: 1, items: HallService } as unknown as TSchema;

/** One for the process: it keeps what it compiled. */
const ajv = createAjv('body');

function parse<T>(name: string, text: string, schema: TSchema): T {
  const validate = ajv.compile(schema);
  const value: unknown = JSON.parse(text);
  if (validate(value)) return value as T;
  const problems = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new Error(`appointments/${name}: ${problems.join('; ')}`);
}

/**
 * Services, and the first schedule of each hall, of the reference data. What an administrator published since stays in
 * force: it has a higher version. Idempotent.
 */
export async function loadSchedules(p: Platform, root?: string): Promise<void> {
  const files = await readReferenceFolder('appointments', root);
  const source = files.find(({ name }) => name === SERVICES);
  if (!source) throw new Error(`appointments/${SERVICES} is missing`);
  const known = parse<HallService[]>(SERVICES, source.text, SERVICE_LIST);
  const codes = new Set(known.map(({ code }) => code));
  await services(p).collection.bulkWrite(
    known.map(({ code, ...rest }) => ({
      replaceOne: { filter: { _id: code as never }, replacement: rest, upsert: true },
    })) as never,
    { ordered: false },
  );
  for (const { name, text } of files.filter((file) => file.name !== SERVICES)) {
    const content = parse<HallSchedule>(name, text, HallSchedule);
    const problem = checkSchedule(content, codes);
    if (problem) throw new Error(`appointments/${name}: ${problem.en}`);
    const { hall, version } = content;
    await schedules(p).collection.updateOne(
      { _id: `${hall}|${version}` as never },
      { $setOnInsert: { hall, version, content, publishedAt: p.time.now(), publishedBy: null } as never },
      { upsert: true },
    );
  }
  forgetSchedules(p);
}
