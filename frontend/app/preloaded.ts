/**
 * Answers of the API that came with the page: the build writes public pages as HTML (`prerender.ts`) together with
 * what they were drawn from, so that the first drawing by script shows the same and nothing moves. Each is asked for
 * again at once.
 */
export const preloaded = new Map<string, unknown>(carried());

function carried(): [string, unknown][] {
  const text = typeof document === 'undefined' ? null : document.getElementById('preloaded')?.textContent;
  return text ? Object.entries(JSON.parse(text) as Record<string, unknown>) : [];
}
