import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files that put another module in the place of one of ours; they share it with nobody. */
const REPLACING = ['test/backend/appointments/guards.test.ts'];

const backend = {
  globalSetup: 'test/support/global-setup.ts',
  testTimeout: 60_000,
  hookTimeout: 240_000,
  pool: 'forks',
  maxWorkers: 2,
  // One group after the other: a browser measured beside two busy workers proves nothing.
  sequence: { groupOrder: 0 },
} as const;

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          ...backend,
          name: 'backend',
          include: ['test/backend/**/*.test.ts', 'test/rules/**/*.test.ts', 'test/conventions/**/*.test.ts'],
          exclude: REPLACING,
          // Files share what they import: to load the portal anew for each takes longer than most of them. Nothing of it may
          // be kept outside a platform.
          isolate: false,
        },
      },
      { root, test: { ...backend, name: 'backend-alone', include: REPLACING } },
      {
        root,
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'frontend',
          include: ['test/frontend/**/*.test.ts'],
          environment: 'happy-dom',
          sequence: { groupOrder: 1 },
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
