import { cleanup, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../../backend/modules/accounts/contract.ts';
import ElderHome from '../../../frontend/features/home/ElderHome.svelte';
import SignInPage from '../../../frontend/features/accounts/SignInPage.svelte';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('长辈版', () => {
  it('has a door to sign in, and once signed in one to messages, certificates and signing out', async () => {
    const { session } = await open(ElderHome as never, { messages: ['home'], props: { own: null } });
    expect(screen.getByRole('link', { name: /^登录/ }).getAttribute('href')).toBe('/sign-in');
    session.me = { kind: 'citizen', name: '赵明远' } as Me;
    await tick();
    const door = screen.getByRole('link', { name: /我的.*通知、证书、退出登录/ });
    expect(door.getAttribute('href')).toBe('/me');
    expect(screen.queryByRole('link', { name: /^登录/ })).toBeNull();
  });

  it.each([
    ['needsYou', 1, 1, '有一件等您处理：', null],
    ['needsYou', 2, 7, '有 2 件等您处理，先看这一件：', '另有 6 件在办，全部看'],
    ['running', 3, 3, '最近有进展的一件：', '另有 2 件在办，全部看'],
    ['running', 1, 1, '您有一件事在办：', null],
  ])('says of %s, %i of %i open cases: %s', async (group, count, all, heading, more) => {
    const card = {
      id: 'c',
      no: '1',
      group,
      businessType: { plainName: { zh: '二手房过户', en: '' } },
      unit: null,
      clocks: null,
      todo: null,
      status: 'reviewing',
      statusWord: { zh: '正在审核', en: '' },
      sentence: { zh: '', en: '' },
    };
    const own = { card, count, open: all, deadline: null };
    await open(ElderHome as never, { messages: ['home'], props: { own } });
    expect(document.getElementById('elder-case')?.textContent.trim()).toBe(`${heading}二手房过户`);
    const link = screen.queryByRole('link', { name: /全部看/ });
    expect(link?.textContent ?? null).toBe(more);
    if (link) expect(link.getAttribute('href')).toBe('/cases');
  });

  it('leads from signing in back to the front page', async () => {
    server({});
    const { view } = await open(SignInPage as never, { messages: ['accounts'] });
    expect(screen.queryByRole('link', { name: '返回首页' })).toBeNull();
    view.set({ mode: 'elder' });
    await tick();
    expect(screen.getByRole('link', { name: '返回首页' }).getAttribute('href')).toBe('/');
  });
});
