import type { PageRoute } from '../../app/page-route.ts';

const own = { messages: ['property', 'query'], nav: 'me', access: 'signedIn' } as const;
const desk = { messages: ['property', 'query', 'desk'], shell: 'desk', access: 'staff' } as const;

export const propertyRoutes: readonly PageRoute[] = [
  { path: 'properties', page: () => import('./pages/PropertiesPage.svelte'), parent: 'me', ...own },
  { path: 'property', page: () => import('./pages/PropertyPage.svelte'), parent: 'properties', ...own },
  { path: 'accessLog', page: () => import('./pages/AccessLogPage.svelte'), parent: 'me', ...own },
  {
    path: 'authorisedLook',
    page: () => import('./pages/AuthorisedLookPage.svelte'),
    messages: ['property', 'query'],
    nav: 'me',
  },
  { path: 'lookComplaints', page: () => import('./pages/ComplaintsPage.svelte'), ...desk },
  { path: 'lookDelays', page: () => import('./pages/DelaysPage.svelte'), ...desk },
];
