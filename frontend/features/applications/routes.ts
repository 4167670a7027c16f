import type { PageRoute } from '../../app/page-route.ts';

export const applicationsRoutes: readonly PageRoute[] = [
  {
    path: 'newApplication',
    page: () => import('./pages/NewApplicationPage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'services',
    access: 'signedIn',
    parent: 'services',
  },
  {
    path: 'application',
    page: () => import('./pages/TaskListPage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
  {
    path: 'applicationStep',
    page: () => import('./pages/StepPage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
  {
    path: 'applicationCheck',
    page: () => import('./pages/CheckPage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
  {
    path: 'applicationDone',
    page: () => import('./pages/DonePage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
  {
    path: 'consent',
    page: () => import('./pages/ConsentPage.svelte'),
    messages: ['applications', 'cases'],
    nav: 'cases',
    access: 'signedIn',
    parent: 'cases',
  },
];
