import { build as bundle } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/**
 * The verifier that is one file (verifier/): its program inlined into its page, written as `verifier.txt`. As text, so that nobody opens it on
 * this site, where the content policy would leave it without its script; features/verify/save-verifier.ts hands it out with the keys in it.
 */
export function verifierFile(): Plugin {
  let [root, outDir] = ['', ''];
  return {
    name: 'verifier-file',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: 'pre',
      async handler() {
        const { outputFiles } = await bundle({
          entryPoints: [join(root, 'verifier/main.ts')],
          bundle: true,
          minify: true,
          format: 'iife',
          target: 'es2022',
          charset: 'utf8',
          legalComments: 'none',
          write: false,
        });
        const program = outputFiles[0]!.text.replaceAll('</script', '<\\/script');
        const page = readFileSync(join(root, 'verifier/verifier.html'), 'utf8');
        writeFileSync(
          join(outDir, 'verifier.txt'),
          page.replace('/*program*/', () => program),
        );
      },
    },
  };
}
