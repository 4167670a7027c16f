import type { PageRoute } from '../../app/page-route.ts';

export const servicesRoutes: readonly PageRoute[] = [
  { path: 'services', page: () => import('./ServicesPage.svelte'), messages: ['services'], nav: 'services' },
  { path: 'service', page: () => import('./GuidePage.svelte'), messages: ['services'], nav: 'services' },
  { path: 'serviceCheck', page: () => import('./CheckPage.svelte'), messages: ['services'], nav: 'services' },
  { path: 'promises', page: () => import('./PromisesPage.svelte'), messages: ['services'], nav: 'services' },
  {
    path: 'offices',
    page: () => import('./OfficesPage.svelte'),
    messages: ['services', 'home'],
    nav: 'offices',
  },
];
