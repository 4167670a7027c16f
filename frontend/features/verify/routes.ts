import type { PageRoute } from '../../app/page-route.ts';

export const verifyRoutes: readonly PageRoute[] = [
  { path: 'verify', page: () => import('./VerifyPage.svelte'), messages: ['verify'], nav: 'verify' },
  {
    path: 'verifyToken',
    page: () => import('./VerifyTokenPage.svelte'),
    messages: ['verify'],
    nav: 'verify',
  },
  {
    path: 'certificates',
    page: () => import('./CertificatesPage.svelte'),
    messages: ['verify'],
    nav: 'me',
    access: 'signedIn',
  },
];
