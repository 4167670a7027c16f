import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What each part is built from. Content decides, not the time of change: a checkout or a copy makes nothing stale.
 * `uses` is matched against the path below the root; of the backend, the pages take contracts and what runs anywhere.
 * @type {Record<'server' | 'public', { sources: string[], product: string, uses: RegExp }>}
 */
export const PARTS = {
  server: {
    sources: ['backend', 'seeds', 'package-lock.json', 'tsconfig.json'],
    product: '.build/server.mjs',
    uses: /\.(ts|mjs|json)$/,
  },
  public: {
    sources: [
      'frontend',
      'backend/modules',
      'backend/start',
      'seeds/reference/catalogue',
      'package-lock.json',
      'tsconfig.json',
    ],
    product: '.build/public/index.html',
    uses: /^\/(frontend\/|seeds\/|backend\/start\/|backend\/modules\/.*(contract\.ts$|\/offline\/|ledger\/(merkle|note|checkpoint|tiles)\.ts$)|[^/]+$)/,
  },
};

/** @param {string} root @param {keyof typeof PARTS} part */
export function hashSources(root, part) {
  const hash = createHash('sha256').update(process.versions.modules);
  const { sources, uses } = PARTS[part];
  for (const source of sources) {
    for (const file of filesIn(join(root, source)).sort()) {
      const name = file.slice(root.length);
      if (uses.test(name)) hash.update(`\0${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (/\.(json|ts)$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(child);
    return entry.isFile() ? [child] : [];
  });
}

/** @param {string} root @returns {Record<string, string>} */
export function readStamp(root) {
  try {
    return JSON.parse(readFileSync(join(root, '.build/stamp.json'), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} root @param {Record<string, string>} changes */
export function writeStamp(root, changes) {
  const stamp = { ...readStamp(root), ...changes };
  writeFileSync(join(root, '.build/stamp.json'), `${JSON.stringify(stamp, null, 2)}\n`);
}
