/**
 * Keeps this page and what it needs on the device, so that a certificate can be checked where there is no network: loads what would be
 * loaded later, then hands the addresses of everything that came to the worker (public/verify-sw.js). True once all is kept.
 */
export async function keepOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return false;
  try {
    await Promise.all([
      import('./offline/judge.ts'),
      import('./offline/ed25519.ts').then(({ loadEd25519 }) => loadEd25519()),
      import('qr/decode.js'),
      import('./ScanDialog.svelte'),
    ]);
    await navigator.serviceWorker.register('/verify-sw.js', { scope: '/verify' });
    const { active } = await navigator.serviceWorker.ready;
    if (!active) return false;
    return await new Promise<boolean>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data === true);
      active.postMessage(loadedHere(), [port2]);
    });
  } catch {
    // Private windows and old phones have no such store; the page works as long as it stays open.
    return false;
  }
}

/** Scripts and styles of this portal that this page has loaded so far, and the page itself. */
function loadedHere(): string[] {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const own = entries
    .map(({ name }) => new URL(name))
    .filter(
      ({ origin, pathname }) =>
        origin === location.origin && /^\/(assets\/|boot\.js$|favicon)/.test(pathname),
    )
    .map(({ pathname }) => pathname);
  return [...new Set(['/verify', ...own])];
}
