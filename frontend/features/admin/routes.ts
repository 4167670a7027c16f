import type { PageRoute } from '../../app/page-route.ts';

export const adminRoutes: readonly PageRoute[] = [
  {
    path: 'adminStaff',
    page: () => import('./pages/StaffPage.svelte'),
    messages: ['admin', 'desk', 'applications'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'adminOrganisations',
    page: () => import('./pages/OrganisationsPage.svelte'),
    messages: ['admin', 'desk', 'applications'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'adminOffices',
    page: () => import('./pages/OfficesPage.svelte'),
    messages: ['admin', 'desk'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'adminCalendars',
    page: () => import('./pages/CalendarsPage.svelte'),
    messages: ['admin', 'desk'],
    shell: 'desk',
    access: 'staff',
  },
  {
    path: 'adminLimits',
    page: () => import('./pages/LimitsPage.svelte'),
    messages: ['admin', 'desk'],
    shell: 'desk',
    access: 'staff',
  },
];
