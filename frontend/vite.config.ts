import { svelte } from '@sveltejs/vite-plugin-svelte';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { prerender } from './prerender-plugin.ts';
import { verifierFile } from './verifier-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** tokens.css states the dark palette once, for the system's preference; the visitor's own choice repeats it. */
function darkByChoice(): Plugin {
  return {
    name: 'dark-by-choice',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('styles/tokens.css')) return null;
      const start = code.indexOf('@media (prefers-color-scheme: dark)');
      const open = code.indexOf(':root:not([data-theme="light"]) {', start);
      const end = code.indexOf('} }', open);
      if (start < 0 || open < 0 || end < 0) throw new Error('tokens.css: the dark block was not found');
      const block = code
        .slice(open, end + 1)
        .replace(':root:not([data-theme="light"])', ':root[data-theme="dark"]');
      return { code: `${code}\n${block}\n`, map: null };
    },
  };
}

function compressAll(outDir: string): void {
  // A build that failed says so itself; an error here would hide its reason.
  if (!existsSync(outDir)) return;
  for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|txt|json)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    if (bytes.length < 512) continue;
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
}

/** `.br` and `.gz` beside every text file, so that serving costs no processor time. */
function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler: () => compressAll(outDir),
    },
  };
}

/**
 * What is fetched together. Left alone, the bundler makes a file of every few lines that two pages share: twenty
 * requests for the front page, each a round trip on a slow network.
 */
const GROUPS = [
  {
    name: 'app',
    priority: 3,
    test: /node_modules\/(svelte|esm-env|clsx)|frontend\/styles\/|frontend\/(app\/(?!upload|form-errors|prerender|Prerendered|reader|shell\/(SessionEnded|ElderTools))|i18n\/[a-z0-9.]+\.ts|i18n\/zh-CN\/app\.ts)|ui\/(Icon|icons|Mark|Button|PageTitle|Crumbs|ToastList|Skeleton|FailureNotice|Notice|LimitGlyph)\b|features\/[a-z]+\/routes\.ts|features\/services\/(ServiceRow|limits|life-events|office-hours)\b/,
  },
  {
    name: 'form',
    priority: 2,
    test: /ui\/(Field|TextField|TextArea|Select|RadioGroup|Checkbox|ErrorSummary|BackLink|plain-text)\b|app\/form-errors/,
  },
  { name: 'home', priority: 1, test: /features\/home\/|features\/cases\/(trace|days)\.ts/ },
  { name: 'words-zh', priority: 1, test: /i18n\/zh-CN\/(home|services)\.ts/ },
  { name: 'words-en', priority: 1, test: /i18n\/en\/(app|home|services)\.ts/ },
];

const outDir = join(root, '../.build/public');
const catalogue = join(root, '../seeds/reference/catalogue');

export default defineConfig({
  root,
  plugins: [
    svelte({ configFile: join(root, 'svelte.config.js') }),
    darkByChoice(),
    prerender(catalogue),
    verifierFile(),
    precompress(),
  ],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/ledger': 'http://127.0.0.1:3000' } },
});
