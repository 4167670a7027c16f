import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type App } from '../../backend/app.ts';
import { modules } from '../../backend/modules.ts';
import { migrate } from '../../backend/platform/database/migrations.ts';
import { platformModels } from '../../backend/platform/models.ts';
import { loadReference } from '../../seeds/load.ts';
import { startPlatform, type TestPlatform, type TestPlatformOptions } from './platform.ts';

export { TEST_NOW } from './platform.ts';

export interface TestApiOptions extends TestPlatformOptions {
  /** Jobs run by themselves; default false, tests run them by name. */
  timers?: boolean;
  publicDirectory?: string | null;
}

export interface TestApi extends TestPlatform {
  readonly url: string;
  readonly app: App;
  /** Every address that the server was asked for, as it came in the request line. */
  readonly requestUrls: readonly string[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Delivers all embedded events. */
  settle(): Promise<void>;
}

/** The real app, on a database of its own on the shared engine, listening on a free port. */
export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const platform = await startPlatform(options);
  const { p, relay } = platform;
  await migrate(p, modules, platformModels);
  await loadReference(p);
  const app = await createApp({
    p,
    relay,
    publicDirectory: options.publicDirectory ?? null,
    timers: options.timers ?? false,
  });
  const requestUrls: string[] = [];
  const answer = app.koa.callback();
  const server: Server = createServer((request, response) => {
    requestUrls.push(request.url ?? '');
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...platform,
    url,
    app,
    requestUrls,
    fetch: (path, init) => fetch(url + path, init),
    settle: () => relay.drain(),
    async close() {
      await app.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await platform.close();
    },
  };
}
