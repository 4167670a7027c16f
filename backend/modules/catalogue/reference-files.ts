import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where a deployment's reference data lies: `seeds/reference`, looked for upwards from this file, so that it is found
 * both from the source tree and from a bundle in a folder of its own.
 */
export function referenceDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'seeds', 'reference');
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('the folder seeds/reference is missing: it holds the catalogue and the calendars');
    folder = parent;
  }
}

export interface ReferenceFile {
  /** File name without folder. */
  name: string;
  text: string;
}

/** The JSON files of one folder of the reference data, in order of their names. */
export async function readReferenceFolder(
  folder: string,
  root = referenceDirectory(),
): Promise<ReferenceFile[]> {
  const directory = join(root, folder);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })),
  );
}
