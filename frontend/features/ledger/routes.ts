import type { PageRoute } from '../../app/page-route.ts';

export const ledgerRoutes: readonly PageRoute[] = [
  { path: 'ledger', page: () => import('./LedgerPage.svelte'), messages: ['ledger'] },
];
