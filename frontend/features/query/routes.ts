import type { PageRoute } from '../../app/page-route.ts';

export const queryRoutes: readonly PageRoute[] = [
  { path: 'query', page: () => import('./pages/QueryPage.svelte'), messages: ['query'], nav: 'query' },
  {
    path: 'newQuery',
    page: () => import('./pages/AskPage.svelte'),
    messages: ['query', 'applications', 'addresses'],
    nav: 'query',
    access: 'signedIn',
    parent: 'query',
  },
  {
    path: 'queryResult',
    page: () => import('./pages/ResultPage.svelte'),
    messages: ['query'],
    nav: 'query',
    access: 'signedIn',
    parent: 'query',
  },
  {
    path: 'myQueries',
    page: () => import('./pages/MyQueriesPage.svelte'),
    messages: ['query'],
    nav: 'query',
    access: 'signedIn',
    parent: 'query',
  },
  {
    path: 'verifyResult',
    page: () => import('./pages/VerifyResultPage.svelte'),
    messages: ['query', 'verify'],
    nav: 'verify',
  },
  {
    path: 'deskQueries',
    page: () => import('./pages/DeskQueriesPage.svelte'),
    messages: ['query', 'desk'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'deskQuery',
    page: () => import('./pages/DeskQueryPage.svelte'),
    messages: ['query', 'desk', 'cases'],
    shell: 'desk',
    access: 'staff',
  },
];
