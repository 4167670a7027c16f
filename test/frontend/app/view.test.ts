import { beforeEach, describe, expect, it } from 'vitest';
import { View, type ViewChoice } from '../../../frontend/app/view.svelte.ts';

beforeEach(() => {
  localStorage.clear();
  for (const name of ['mode', 'size', 'theme']) delete document.documentElement.dataset[name];
});

describe('the view', () => {
  it('sets 长辈版 on the document and keeps it on the device', () => {
    new View().set({ mode: 'elder', size: 'largest' });
    expect(document.documentElement.dataset).toMatchObject({ mode: 'elder', size: 'largest' });
    expect(new View()).toMatchObject({ mode: 'elder', size: 'largest' });
  });

  it('takes sizes back with the mode they belong to', () => {
    const view = new View();
    view.set({ mode: 'elder', size: 'largest' });
    view.set({ mode: 'standard' });
    expect(document.documentElement.dataset.mode).toBeUndefined();
    expect(document.documentElement.dataset.size).toBeUndefined();
  });

  it('leaves the theme to the system unless chosen', () => {
    const view = new View();
    view.set({ theme: 'dark' });
    expect(document.documentElement.dataset.theme).toBe('dark');
    view.set({ theme: 'system' });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  it('ignores what is not a choice', () => {
    localStorage.setItem('view', JSON.stringify({ mode: 'huge', size: 7, theme: 'pink' }));
    expect(new View().choice).toEqual<ViewChoice>({ mode: 'standard', size: 'large', theme: 'system' });
    localStorage.setItem('view', '{');
    expect(new View().choice.mode).toBe('standard');
  });
});
