import type { Component } from 'svelte';
import type { Area } from '../i18n/areas.ts';
import type { PathName } from './paths.ts';

/** The item of the main navigation that a page belongs to. */
export type NavKey = 'home' | 'services' | 'appointments' | 'offices' | 'query' | 'verify' | 'cases' | 'me';

/** What every page component receives. A page may declare the names it needs: `params: { code: string }`. */
export interface PageProps<P extends Record<string, string> = Record<string, string>> {
  params: P;
  query: URLSearchParams;
}

export interface PageRoute {
  readonly path: PathName;
  /** Loaded on first visit; a page's code and styles are its own chunk. */
  readonly page: () => Promise<{ default: Component<never> }>;
  /** Message areas that must be there before the page is drawn. */
  readonly messages: readonly Area[];
  readonly nav?: NavKey;
  /** `desk` pages bring their own rail and header and their own `<main id="main">`. */
  readonly shell?: 'citizen' | 'desk';
  /** Who may open it. The server decides in any case; this only saves a visitor a refusal. */
  readonly access?: 'anyone' | 'signedIn' | 'staff';
  /** What a phone's “‹ back” link leads to; from level 2 on. */
  readonly parent?: PathName;
}
