// Keeps the verify page on the device (frontend/features/verify/keep-offline.ts). It answers for that page only, and only where the network
// does not: what is kept is never older than the last visit with a network. Answers of the API are never kept.
const KEPT = 'verify-page';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function keep(paths) {
  const cache = await caches.open(KEPT);
  const wanted = new Set(paths);
  for (const request of await cache.keys())
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  await Promise.all(
    paths.map(async (path) => {
      // Built files have their content in their name; the rest is fetched anew.
      if (path.startsWith('/assets/') && (await cache.match(path))) return;
      const answer = await fetch(path, { credentials: 'omit' });
      if (!answer.ok) throw new Error(path);
      await cache.put(path, answer);
    }),
  );
}

self.addEventListener('message', (event) => {
  const [port] = event.ports;
  event.waitUntil(
    keep(event.data).then(
      () => port.postMessage(true),
      () => port.postMessage(false),
    ),
  );
});

async function fromNetworkFirst(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(path);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(api|ledger)\//.test(pathname)) return;
  if (pathname.startsWith('/assets/'))
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  else event.respondWith(fromNetworkFirst(request, pathname.replace(/\/$/, '')));
});
