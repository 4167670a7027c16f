import type { TSchema } from 'typebox';
import type { Platform } from '../../platform/platform.ts';
import { shapeOf } from '../../platform/reference-shape.ts';
import { Dictionary, District, Office, SharingSource } from './contract.ts';
import { offices } from './office.model.ts';
import { readReferenceFolder, type ReferenceFile } from './reference-files.ts';

function parse<T>(folder: string, file: ReferenceFile, schema: TSchema): T {
  const validate = shapeOf(schema);
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    throw new Error(`${folder}/${file.name} is not JSON: ${(error as Error).message}`);
  }
  if (validate(value)) return value as T;
  const problems = (validate.errors ?? [])
    .map(({ instancePath, message }) => `${instancePath} ${message}`)
    .join('; ');
  throw new Error(`${folder}/${file.name}: ${problems}`);
}

/** The halls of the reference data; one that the administrator has changed since stays as it is. */
export async function loadOffices(p: Platform, root?: string): Promise<void> {
  const files = await readReferenceFolder('offices', root);
  const writes = files.map((file) => {
    const { id, ...rest } = parse<Office>('offices', file, Office);
    return { updateOne: { filter: { _id: id as never }, update: { $setOnInsert: rest }, upsert: true } };
  });
  if (writes.length > 0) await offices(p).collection.bulkWrite(writes as never, { ordered: false });
}

const cached = new Map<string, Promise<unknown>>();

/** Read once per process: a deployment's dictionaries change with its release. */
function once<T>(name: string, read: () => Promise<T>): Promise<T> {
  const known = cached.get(name) as Promise<T> | undefined;
  if (known) return known;
  const reading = read();
  cached.set(name, reading);
  reading.catch(() => cached.delete(name));
  return reading;
}

const DISTRICTS = 'districts.json';
const SHARING = 'sharing.json';

async function dictionaryFile<T>(name: string, schema: TSchema): Promise<T[]> {
  const file = (await readReferenceFolder('dictionaries')).find((candidate) => candidate.name === name);
  if (!file) throw new Error(`dictionaries/${name} is missing`);
  return parse<T[]>('dictionaries', file, {
    type: 'array',
    minItems: 1,
    items: schema,
  } as unknown as TSchema);
}

/** Closed sets of codes with labels (domain.md §4.4). */
export function listDictionaries(): Promise<Dictionary[]> {
  return once('dictionaries', async () => {
    const files = (await readReferenceFolder('dictionaries')).filter(
      ({ name }) => name !== DISTRICTS && name !== SHARING,
    );
    return files.map((file) => parse<Dictionary>('dictionaries', file, Dictionary));
  });
}

/** Districts and counties of the city (domain.md §4.6). */
export function listDistricts(): Promise<District[]> {
  return once('districts', () => dictionaryFile<District>(DISTRICTS, District));
}

/** Where data comes from without the applicant, and whether this deployment is connected to it. */
export function listSharingSources(): Promise<SharingSource[]> {
  return once('sharing', () => dictionaryFile<SharingSource>(SHARING, SharingSource));
}
