import type { PageRoute } from '../../app/page-route.ts';

export const notificationsRoutes: readonly PageRoute[] = [
  {
    path: 'notifications',
    page: () => import('./NotificationsPage.svelte'),
    messages: ['notifications'],
    nav: 'me',
    access: 'signedIn',
  },
];
