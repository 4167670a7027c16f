import { svelte } from '@sveltejs/vite-plugin-svelte';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import type { BusinessType, BusinessTypeDetail } from '../backend/modules/catalogue/contract.ts';
import type { WrittenPage } from './app/prerender.ts';

/** The page components behind the addresses that are written, by their place below frontend/. */
const COMPONENTS: Readonly<Record<string, string>> = {
  home: 'features/home/HomePage.svelte',
  services: 'features/services/ServicesPage.svelte',
  service: 'features/services/GuidePage.svelte',
  promises: 'features/services/PromisesPage.svelte',
  verify: 'features/verify/VerifyPage.svelte',
  help: 'features/help/HelpPage.svelte',
  accessibility: 'features/help/AccessibilityPage.svelte',
  privacy: 'features/help/PrivacyPage.svelte',
};
/** Messages that come with a page, fetched early together with its code. */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  home: ['home', 'services'],
  services: ['services'],
  service: ['services'],
  promises: ['services'],
  verify: ['verify'],
  help: ['help'],
  accessibility: ['help'],
  privacy: ['help'],
};

type Chunk = Rolldown.OutputChunk;

/** The reference catalogue as it is in force on the day of the build: the newest version of each code. */
function typesInForce(folder: string): readonly BusinessType[] {
  const today = new Date().toISOString().slice(0, 10);
  const newest = new Map<string, BusinessType>();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const read = JSON.parse(readFileSync(join(folder, name), 'utf8')) as BusinessType | BusinessType[];
    for (const type of [read].flat()) {
      const known = newest.get(type.code);
      if (type.validFrom <= today && (!known || known.version < type.version)) newest.set(type.code, type);
    }
  }
  return [...newest.values()];
}

/** As the API answers them: with the services that this deployment is connected to. */
function typesAsAnswered(folder: string): readonly BusinessTypeDetail[] {
  const file = join(folder, '..', 'dictionaries', 'sharing.json');
  const sources = JSON.parse(readFileSync(file, 'utf8')) as {
    service: BusinessTypeDetail['connectedServices'][number];
    connected: boolean;
  }[];
  const connectedServices = sources.filter(({ connected }) => connected).map(({ service }) => service);
  return typesInForce(folder).map((type) => ({ ...type, connectedServices }));
}

/** Bundles app/prerender.ts for Node, runs it, and returns what it wrote. */
async function writtenPages(root: string, catalogue: string): Promise<readonly WrittenPage[]> {
  const folder = mkdtempSync(join(tmpdir(), 'prerender-'));
  try {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      plugins: [svelte({ configFile: join(root, 'svelte.config.js') })],
      ssr: { noExternal: true },
      build: { ssr: 'app/prerender.ts', outDir: folder, emptyOutDir: false, copyPublicDir: false },
    });
    const entry = readdirSync(folder).find((file) => /^prerender\.m?js$/.test(file));
    if (!entry) throw new Error('the prerender bundle was not built');
    const run = (await import(pathToFileURL(join(folder, entry)).href)) as {
      writePages(types: readonly BusinessTypeDetail[]): Promise<readonly WrittenPage[]>;
    };
    return await run.writePages(typesAsAnswered(catalogue));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Styles and scripts of a page's chunk and of what it imports, as tags for the head. */
function tagsOf(chunks: readonly Chunk[], wanted: readonly string[], present: string): string {
  const seen = new Set<Chunk>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || seen.has(chunk)) return;
    seen.add(chunk);
    for (const name of chunk.imports) visit(chunks.find((other) => other.fileName === name));
  };
  for (const path of wanted) visit(chunks.find((chunk) => chunk.facadeModuleId?.endsWith(path)));
  const styles = [...seen].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
  const tags = [
    ...[...new Set(styles)].map((file) => `<link rel="stylesheet" href="/${file}">`),
    ...[...seen].map((chunk) => `<link rel="modulepreload" href="/${chunk.fileName}">`),
  ];
  return tags.filter((tag) => !present.includes(/href="([^"]+)"/.exec(tag)?.[1] ?? '')).join('\n    ');
}

/** Data, not a script: the content policy does not concern it. `<` is written so that it cannot end the element. */
function dataBlock(data: WrittenPage['data']): string {
  if (Object.keys(data).length === 0) return '';
  return `<script type="application/json" id="preloaded">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

/**
 * Readable HTML for the public pages, beside the plain shell (`shell.html`) that every other address gets. The server
 * looks for `<address>.html` first.
 */
export function prerender(catalogue: string): Plugin {
  let root = '';
  let outDir = '';
  let chunks: readonly Chunk[] = [];
  return {
    name: 'prerender',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk');
    },
    closeBundle: {
      sequential: true,
      order: 'pre',
      async handler() {
        if (chunks.length === 0) return;
        const shell = readFileSync(join(outDir, 'index.html'), 'utf8');
        writeFileSync(join(outDir, 'shell.html'), shell);
        for (const page of await writtenPages(root, catalogue)) {
          const messages = (MESSAGES[page.path] ?? []).map((area) => `i18n/zh-CN/${area}.ts`);
          const tags = tagsOf(chunks, [COMPONENTS[page.path] ?? '', ...messages], shell);
          const html = shell
            .replace(/<title>.*?<\/title>/s, () => page.head)
            .replace('</head>', () => `  ${tags}\n  </head>`)
            .replace('<!--page-->', () => page.body)
            .replace('</body>', () => `${dataBlock(page.data)}</body>`)
            // The page can be read as soon as its styles are there, so scripts wait for them on a slow line.
            .replace(/<(script type="module"|link rel="modulepreload")/g, '<$1 fetchpriority="low"');
          const file = join(outDir, page.address === '/' ? 'index.html' : `${page.address.slice(1)}.html`);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, html);
        }
      },
    },
  };
}
