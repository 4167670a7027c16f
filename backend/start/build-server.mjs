/** `build-server.mjs <root>`: bundles our own server code into `.build/server.mjs`; packages stay outside. */
import { readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

const root = process.argv[2];
const folder = join(root, '.build');
const draft = join(folder, `server.${process.pid}.mjs`);

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

try {
  await build({
    entryPoints: [join(root, 'backend/server.ts')],
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
  await rename(draft, join(folder, 'server.mjs'));
} catch {
  // esbuild has printed what is wrong.
  process.exitCode = 1;
} finally {
  await rm(draft, { force: true });
}
