import type { Platform } from '../../platform/platform.ts';
import { businessTypes, type BusinessTypeDocument } from './business-type.model.ts';
import { checkType } from './check-type.ts';
import type { BusinessType } from './contract.ts';
import { forgetTypes } from './get-business-type.ts';
import { loadOffices } from './load-offices.ts';
import { readReferenceFolder, type ReferenceFile } from './reference-files.ts';

/** Texts that were found right once: a process that starts many databases (the tests) checks each file once. */
const checked = new Map<string, BusinessType>();

/** One file as a business type. Throws an Error with every problem and its place. */
export function parseType(file: ReferenceFile): BusinessType {
  const known = checked.get(file.text);
  if (known) return known;
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    throw new Error(`catalogue/${file.name} is not JSON: ${(error as Error).message}`);
  }
  const problems = checkType(value);
  const type = value as BusinessType;
  if (problems.length === 0 && !file.name.startsWith(type.code))
    problems.push(`/code: the file of ${type.code} must be named after it`);
  if (problems.length > 0) {
    throw new Error(
      `catalogue/${file.name} cannot be loaded:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  }
  checked.set(file.text, type);
  return type;
}

function documentOf(type: BusinessType): BusinessTypeDocument {
  const { code, version, validFrom } = type;
  return { _id: `${code}@${version}`, code, version, validFrom, content: JSON.stringify(type) };
}

/**
 * Brings the business types and halls of the reference data into the database. Idempotent. Versions are never changed: cases
 * keep the one they were accepted under. In production a file that differs from its loaded version stops the start.
 */
export async function loadCatalogue(p: Platform, root?: string): Promise<void> {
  const types = (await readReferenceFolder('catalogue', root)).map(parseType);
  const documents = types.map(documentOf);
  const twice = documents.find(
    ({ _id }, index) => documents.findIndex((other) => other._id === _id) !== index,
  );
  if (twice) throw new Error(`catalogue: ${twice._id} is described by two files`);
  const stored = new Map(
    (await businessTypes(p).find().lean()).map((document) => [document._id, document.content]),
  );
  const changed = documents.filter(({ _id, content }) => stored.get(_id) !== content);
  for (const { _id } of changed.filter(({ _id }) => stored.has(_id))) {
    if (p.config.production) {
      throw new Error(`catalogue: ${_id} was changed after it was loaded: raise its version instead`);
    }
    p.log.warn({ businessType: _id }, 'business type replaced in place; production would refuse');
  }
  for (const { _id, ...rest } of changed) {
    await businessTypes(p).collection.updateOne({ _id: _id as never }, { $set: rest }, { upsert: true });
  }
  await loadOffices(p, root);
  forgetTypes(p);
}
