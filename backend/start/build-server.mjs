/** `build-server.mjs <root>`: bundles our own programs into `.build/<name>.mjs`; packages stay outside. */
import { readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

const root = process.argv[2];
const folder = join(root, '.build');
/** The last is the one whose presence says that all are there. */
const PROGRAMS = ['ledger-command', 'witness', 'verify-command', 'server'];

/**
 * A bundled file keeps its own address: data beside a source file is found by `new URL('./x.json', import.meta.url)` in
 * the bundle as in the source.
 * @type {import('esbuild').Plugin}
 */
const ownAddress = {
  name: 'own-address',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (path.includes(`${sep}node_modules${sep}`) || !text.includes('import.meta.url')) return undefined;
      const address = JSON.stringify(relative(folder, path).split(sep).join('/'));
      return {
        contents: text.replaceAll('import.meta.url', `new URL(${address}, import.meta.url).href`),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};

/** @param {string} name */
async function bundle(name) {
  const draft = join(folder, `${name}.${process.pid}.mjs`);
  try {
    await build({
      entryPoints: [join(root, `backend/${name}.ts`)],
      outfile: draft,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: 'inline',
      sourcesContent: false,
      legalComments: 'none',
      logLevel: 'warning',
      plugins: [ownAddress],
    });
    await rename(draft, join(folder, `${name}.mjs`));
  } finally {
    await rm(draft, { force: true });
  }
}

try {
  for (const name of PROGRAMS) await bundle(name);
} catch {
  // esbuild has printed what is wrong.
  process.exitCode = 1;
}
