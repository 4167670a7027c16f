import type { PageRoute } from '../../app/page-route.ts';

export const accountsRoutes: readonly PageRoute[] = [
  { path: 'signIn', page: () => import('./SignInPage.svelte'), messages: ['accounts'], nav: 'me' },
  {
    path: 'secondFactor',
    page: () => import('./SecondFactorPage.svelte'),
    messages: ['accounts'],
    nav: 'me',
  },
  { path: 'signUp', page: () => import('./SignUpPage.svelte'), messages: ['accounts'], nav: 'me' },
  {
    path: 'signUpOrganisation',
    page: () => import('./OrganisationSignUpPage.svelte'),
    messages: ['accounts'],
    nav: 'me',
  },
  { path: 'enrol', page: () => import('./EnrolPage.svelte'), messages: ['accounts'], nav: 'me' },
  {
    path: 'me',
    page: () => import('./MePage.svelte'),
    messages: ['accounts'],
    nav: 'me',
    access: 'signedIn',
  },
  {
    path: 'members',
    page: () => import('./MembersPage.svelte'),
    messages: ['accounts'],
    nav: 'me',
    access: 'signedIn',
  },
];
