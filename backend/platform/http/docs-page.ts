import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { send } from '@koa/send';
import type { Middleware } from 'koa';

const ASSETS = new Set(['swagger-ui.css', 'swagger-ui-bundle.js']);

/** Inline script would need a hole in the policy, so the page's one line of script is a file of its own. */
const START = `window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#ui', docExpansion: 'none', validatorUrl: null });`;

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口文档 · 聊城市不动产登记</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><main id="ui"><p>接口文档需要 JavaScript；原文在 <a href="/api/openapi.json">/api/openapi.json</a>。</p></main>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`;

/** `/api/openapi.json` and a page to browse it, from files of this server alone. */
export function docsPage(document: () => object): Middleware {
  const directory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  let text: string | null = null;
  return async (ctx, next) => {
    if (ctx.method !== 'GET' || !ctx.path.startsWith('/api/')) return next();
    ctx.state.route ??= null;
    if (ctx.path === '/api/openapi.json') {
      text ??= JSON.stringify(document());
      ctx.type = 'application/json';
      ctx.set('Cache-Control', 'public, max-age=60');
      ctx.body = text;
      return;
    }
    if (ctx.path === '/api/docs') {
      ctx.type = 'text/html';
      ctx.body = PAGE;
      return;
    }
    if (ctx.path === '/api/docs/start.js') {
      ctx.type = 'text/javascript';
      ctx.body = START;
      return;
    }
    const asset = ctx.path.slice('/api/docs/'.length);
    if (ctx.path.startsWith('/api/docs/') && ASSETS.has(asset)) {
      await send(ctx, asset, { root: directory, maxAge: 86_400_000 });
      return;
    }
    return next();
  };
}
