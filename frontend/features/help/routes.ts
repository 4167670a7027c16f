import type { PageRoute } from '../../app/page-route.ts';

export const helpRoutes: readonly PageRoute[] = [
  { path: 'help', page: () => import('./HelpPage.svelte'), messages: ['help'] },
  { path: 'accessibility', page: () => import('./AccessibilityPage.svelte'), messages: ['help'] },
  { path: 'privacy', page: () => import('./PrivacyPage.svelte'), messages: ['help'] },
  { path: 'status', page: () => import('./StatusPage.svelte'), messages: ['help'] },
];
