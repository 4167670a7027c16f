import type { PageRoute } from '../../app/page-route.ts';

export const casesRoutes: readonly PageRoute[] = [
  {
    path: 'cases',
    page: () => import('./pages/CasesPage.svelte'),
    messages: ['cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'home',
  },
  {
    path: 'case',
    page: () => import('./pages/CasePage.svelte'),
    messages: ['cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
  {
    path: 'caseDeadline',
    page: () => import('./pages/DeadlinePage.svelte'),
    messages: ['cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
];
