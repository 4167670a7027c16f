const REFRESH_MS = 30_000;

/**
 * Reads again while the page is looked at: every half minute, and at once when it comes back into view. Nothing is asked
 * for a page that nobody sees. Returns how to stop.
 */
export function keepFresh(again: () => unknown, everyMs: number = REFRESH_MS): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') void again();
  };
  const clock = setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(clock);
    document.removeEventListener('visibilitychange', look);
  };
}
