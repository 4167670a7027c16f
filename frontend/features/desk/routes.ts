import type { PageRoute } from '../../app/page-route.ts';

export const deskRoutes: readonly PageRoute[] = [
  {
    path: 'desk',
    page: () => import('./pages/WorkListPage.svelte'),
    messages: ['desk', 'cases'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'deskCase',
    page: () => import('./pages/WorkspacePage.svelte'),
    messages: ['desk', 'cases', 'applications'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'deskUnit',
    page: () => import('./pages/UnitPage.svelte'),
    messages: ['desk', 'cases', 'applications'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'deskPeople',
    page: () => import('./pages/PeoplePage.svelte'),
    messages: ['desk', 'applications'],
    shell: 'desk',
    access: 'staff',
  },
];
