import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import SecondFactorPage from '../../../frontend/features/accounts/SecondFactorPage.svelte';
import { open } from '../support/page.ts';

afterEach(cleanup);

it('takes the code at once, without a press on the field', async () => {
  await open(SecondFactorPage as never, { messages: ['accounts'] });
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
});
