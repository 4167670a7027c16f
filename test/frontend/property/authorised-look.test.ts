import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import AuthorisedLookPage from '../../../frontend/features/property/pages/AuthorisedLookPage.svelte';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  location.hash = '';
});

it.each(['#%E0%A4%A', '#', '#short', `#${'x'.repeat(30)}%`])(
  'an address that was cut off (%s) is called incomplete, and asks nothing',
  async (hash) => {
    const sent = server({});
    location.hash = hash;
    await open(AuthorisedLookPage, { messages: ['property'] });
    expect(screen.getByText(/链接不完整/)).toBeTruthy();
    expect(sent).toEqual([]);
  },
);
