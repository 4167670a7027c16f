/**
 * `build-public.mjs <root>`: builds the portal's pages as `frontend/vite.config.ts` says, into `.build/public` with
 * `.br` and `.gz` beside each text. Cut off in between, it is stale still and built again at the next start.
 */
import { join } from 'node:path';
import { build } from 'vite';

const root = process.argv[2];

try {
  await build({ configFile: join(root, 'frontend/vite.config.ts'), logLevel: 'error' });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
