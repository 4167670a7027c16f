import type { PageRoute } from '../../app/page-route.ts';

export const homeRoutes: readonly PageRoute[] = [
  { path: 'home', page: () => import('./HomePage.svelte'), messages: ['home', 'services'], nav: 'home' },
];
