import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { View } from './view.svelte.ts';

/** State that pages share, handed down by App.svelte, so that a test gives its own. */
export const [getSession, provideSession] = createContext<Session>();
export const [getToasts, provideToasts] = createContext<Toasts>();
export const [getView, provideView] = createContext<View>();
