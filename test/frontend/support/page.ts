import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { vi } from 'vitest';
import { Session } from '../../../frontend/app/session.svelte.ts';
import { Toasts } from '../../../frontend/app/toasts.svelte.ts';
import { View } from '../../../frontend/app/view.svelte.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';
import type { Area } from '../../../frontend/i18n/areas.ts';
import Host from './Host.svelte';

export interface Sent {
  method: string;
  path: string;
  body: unknown;
}

export type Replies = Readonly<Record<string, (sent: Sent) => { status?: number; body?: unknown } | Error>>;

/** The server's part of a test: answers by `METHOD /path`; returns what was sent. An Error breaks the connection. */
export function server(replies: Replies): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.split('?')[0] ?? url;
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const sent = { method: init.method ?? 'GET', path, body };
    all.push(sent);
    const reply = replies[`${sent.method} ${path}`]?.(sent);
    if (reply instanceof Error) throw reply;
    const status = reply ? (reply.status ?? 200) : 404;
    const answer = reply?.body ?? {
      error: { code: 'platform.not_found', message: '没有找到，或您不能查看' },
    };
    return new Response(status === 204 ? null : JSON.stringify(answer), { status });
  });
  return all;
}

export const refusal = (
  status: number,
  message: string,
  details?: { pointer: string; code: string; message: string }[],
) => ({
  status,
  body: { error: { code: 'test.refused', message, requestId: '7f3k29qd', ...(details ? { details } : {}) } },
});

/** Draws a page as App.svelte would, with its messages there. */
export async function open(
  page: Component<never>,
  { messages = [], props = {} }: { messages?: readonly Area[]; props?: Record<string, unknown> } = {},
) {
  await i18n.load(messages);
  const session = new Session();
  const toasts = new Toasts();
  const view = new View();
  const given = { params: {}, query: new URLSearchParams(), ...props };
  const shown = render(Host, {
    props: {
      page: page as unknown as Component<Record<string, unknown>>,
      props: given,
      session,
      toasts,
      view,
    },
  });
  return { ...shown, session, toasts, view };
}
