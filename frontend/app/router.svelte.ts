import { compile, match, type Pattern } from './match.ts';
import type { PageRoute } from './page-route.ts';
import { paths } from './paths.ts';

interface Entry {
  route: PageRoute;
  pattern: Pattern;
}

export interface Found {
  route: PageRoute;
  params: Record<string, string>;
}

/** Finds the page of an address; the more fixed segments, the sooner. */
export class RouteTable {
  readonly #entries: readonly Entry[];

  constructor(routes: readonly PageRoute[]) {
    this.#entries = routes
      .map((route) => ({ route, pattern: compile(paths[route.path]) }))
      .sort((a, b) => (a.pattern.weight < b.pattern.weight ? 1 : -1));
  }

  find(pathname: string): Found | null {
    for (const { route, pattern } of this.#entries) {
      const params = match(pattern, pathname);
      if (params) return { route, params };
    }
    return null;
  }
}

/** Where the page was left, kept in the history entry so that Back returns to the same place. */
interface Place {
  scrollY?: number;
  /** What was typed to search by: it may be a person's number, which the address may not show. */
  typed?: string;
}

/**
 * The address of the document. One per document, as the browser's history is. Plain `<a href>` links are followed
 * without a reload; what a page does on arrival (focus, title, scrolling) is App.svelte's and PageTitle's part.
 */
class Router {
  url = $state.raw(typeof location === 'undefined' ? new URL('http://localhost/') : new URL(location.href));
  /** Counts arrivals, so that returning to the same address is an arrival too. */
  arrivals = $state(0);
  /** True from an arrival until a heading has taken the focus; the first page of a visit leaves it alone. */
  focusPending = false;
  /** Where to scroll once the page is drawn; null: its top. */
  restoreY: number | null = null;

  /** Starts listening. Returns how to stop, for tests. */
  listen(): () => void {
    history.scrollRestoration = 'manual';
    const onPop = () => {
      this.restoreY = (history.state as Place | null)?.scrollY ?? 0;
      this.#arrive();
    };
    const onClick = (event: MouseEvent) => this.#followed(event);
    window.addEventListener('popstate', onPop);
    document.addEventListener('click', onClick);
    window.addEventListener('pagehide', this.#remember);
    return () => {
      window.removeEventListener('popstate', onPop);
      document.removeEventListener('click', onClick);
      window.removeEventListener('pagehide', this.#remember);
    };
  }

  go(target: string, { replace = false }: { replace?: boolean } = {}): void {
    const url = new URL(target, location.href);
    if (url.origin !== location.origin) {
      location.assign(url);
      return;
    }
    this.#remember();
    if (replace) history.replaceState({}, '', url);
    else history.pushState({}, '', url);
    this.restoreY = null;
    this.#arrive();
  }

  /** Changes the address without an arrival: a filter or a step within the page. */
  adjust(target: string): void {
    history.replaceState(history.state, '', target);
    this.url = new URL(location.href);
  }

  /** What was typed on this page when it was left; empty on a first visit. */
  get typed(): string {
    return (history.state as Place | null)?.typed ?? '';
  }

  /** Keeps it with the history entry, so that Back and a reload bring it back and no address holds it. */
  keepTyped(typed: string): void {
    history.replaceState({ ...(history.state as Place | null), typed }, '');
  }

  #remember = () => {
    history.replaceState({ ...(history.state as Place | null), scrollY: window.scrollY }, '');
  };

  #arrive(): void {
    this.focusPending = true;
    this.url = new URL(location.href);
    this.arrivals += 1;
  }

  #followed(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (
      !link ||
      !link.href ||
      link.target ||
      link.hasAttribute('download') ||
      link.dataset.reload !== undefined
    )
      return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || /^\/(api(\/|$)|ledger\/)/.test(url.pathname)) return;
    event.preventDefault();
    const here = url.pathname === location.pathname && url.search === location.search;
    if (here && url.hash) {
      history.pushState({}, '', url);
      this.url = url;
      moveTo(url.hash.slice(1));
      return;
    }
    this.go(url.href);
  }
}

/** Scrolls to an element and gives it the focus, so that the keyboard goes on from there. */
export function moveTo(id: string): void {
  const element = document.getElementById(decodeURIComponent(id));
  if (!element) return;
  element.scrollIntoView({ block: 'start' });
  if (!element.matches('a[href], button, input, select, textarea, [tabindex]')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

export const router = new Router();

/** `navigate(to('case', { no }))`. */
export function navigate(target: string, options?: { replace?: boolean }): void {
  router.go(target, options);
}
