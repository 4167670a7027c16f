import type { PageRoute } from '../../app/page-route.ts';

const shared = { messages: ['supervision', 'desk', 'cases'], shell: 'desk', access: 'staff' } as const;

export const supervisionRoutes: readonly PageRoute[] = [
  { path: 'supervision', page: () => import('./pages/DashboardPage.svelte'), ...shared },
  { path: 'supervisionCases', page: () => import('./pages/CasesPage.svelte'), ...shared },
  { path: 'supervisionCase', page: () => import('./pages/CausePage.svelte'), ...shared },
  { path: 'supervisionOrders', page: () => import('./pages/OrdersPage.svelte'), ...shared },
  { path: 'supervisionOrder', page: () => import('./pages/OrderPage.svelte'), ...shared },
  { path: 'supervisionForecast', page: () => import('./pages/ForecastPage.svelte'), ...shared },
  { path: 'supervisionWhatIf', page: () => import('./pages/WhatIfPage.svelte'), ...shared },
  { path: 'supervisionAlarms', page: () => import('./pages/AlarmsPage.svelte'), ...shared },
  { path: 'supervisionFindings', page: () => import('./pages/FindingsPage.svelte'), ...shared },
];
