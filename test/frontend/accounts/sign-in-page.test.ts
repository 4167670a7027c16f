import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import SecondFactorPage from '../../../frontend/features/accounts/SecondFactorPage.svelte';
import SignInPage from '../../../frontend/features/accounts/SignInPage.svelte';
import SignUpPage from '../../../frontend/features/accounts/SignUpPage.svelte';
import { open, refusal, server } from '../support/page.ts';

const CITIZEN = { kind: 'citizen', name: '孙晓岚', roles: [], needs: [] };
const STAFF = { kind: 'staff', name: '周敏', roles: ['acceptance'], needs: [] };
const signedInAs = (me: object) => ({
  'GET /api/sessions/current': () => ({ body: { signIn: 'complete' } }),
  'GET /api/me': () => ({ body: me }),
});
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const here = () => location.pathname + location.search;

beforeEach(() => {
  localStorage.clear();
  history.replaceState({}, '', '/sign-in');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('signing in', () => {
  it('leads back to where the visitor came from', async () => {
    const sent = server({
      'POST /api/sessions': () => ({ status: 201, body: { next: 'complete' } }),
      ...signedInAs(CITIZEN),
    });
    await open(SignInPage, {
      messages: ['accounts'],
      props: { query: new URLSearchParams({ next: '/cases' }) },
    });
    await type('手机号、身份证号或登录名', '13800000102');
    await type('密码', ' 有 空格 的密码 ');
    await fireEvent.click(screen.getByRole('button', { name: '登录' }));
    await waitFor(() => expect(here()).toBe('/cases'));
    expect(sent[0]?.body).toEqual({ login: '13800000102', password: ' 有 空格 的密码 ' });
  });

  it('of staff goes on with the code and keeps where to', async () => {
    server({ 'POST /api/sessions': () => ({ status: 201, body: { next: 'secondFactor' } }) });
    await open(SignInPage, {
      messages: ['accounts'],
      props: { query: new URLSearchParams({ next: '/desk/cases/1' }) },
    });
    await type('手机号、身份证号或登录名', 'zhoumin');
    await type('密码', 'x');
    await fireEvent.click(screen.getByRole('button', { name: '登录' }));
    await waitFor(() => expect(here()).toBe('/sign-in/second-factor?next=%2Fdesk%2Fcases%2F1'));
  });

  it('refused says so in one sentence and keeps what was typed', async () => {
    server({ 'POST /api/sessions': () => refusal(401, '登录名或密码不对') });
    await open(SignInPage, { messages: ['accounts'] });
    await type('手机号、身份证号或登录名', '13800000102');
    await type('密码', 'x');
    await fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect((await screen.findByRole('alert')).textContent).toContain('登录名或密码不对');
    expect((screen.getByLabelText('手机号、身份证号或登录名') as HTMLInputElement).value).toBe('13800000102');
  });
});

describe('the second factor', () => {
  it('takes a code with spaces and opens the desk', async () => {
    const sent = server({
      'POST /api/sessions/second-factor': () => ({ status: 201, body: { next: 'complete' } }),
      ...signedInAs(STAFF),
    });
    await open(SecondFactorPage, { messages: ['accounts'] });
    await type('验证码', '１２3 456');
    await fireEvent.click(screen.getByRole('button', { name: '验证' }));
    await waitFor(() => expect(here()).toBe('/desk'));
    expect(sent[0]?.body).toEqual({ code: '123456' });
  });
});

describe('signing up', () => {
  const fill = async () => {
    await type('姓名', '𬱖晓岚');
    await type('身份证号', '371502 19900307 0018');
    await type('手机号', '138 0635 0123');
    await type('设置密码', '湖边的一句很长的话');
    await fireEvent.click(screen.getByRole('checkbox'));
    await fireEvent.click(screen.getByRole('button', { name: '注册' }));
  };

  it('tells everything that is missing at once', async () => {
    const sent = server({});
    await open(SignUpPage, { messages: ['accounts'] });
    await fireEvent.click(screen.getByRole('button', { name: '注册' }));
    expect(screen.getByRole('alert').textContent).toContain('请改正 5 处后再继续');
    expect(sent).toEqual([]);
  });

  it('sends exact characters, signs in and says what comes next', async () => {
    const sent = server({
      'POST /api/accounts': () => ({ status: 201, body: { id: 'a'.repeat(24), name: '𬱖晓岚' } }),
      'POST /api/sessions': () => ({ status: 201, body: { next: 'complete' } }),
      ...signedInAs(CITIZEN),
    });
    await open(SignUpPage, { messages: ['accounts'] });
    await fill();
    expect(await screen.findByRole('heading', { name: '注册好了' })).toBeTruthy();
    expect(sent[0]?.body).toMatchObject({
      name: '𬱖晓岚',
      idNumber: '371502 19900307 0018',
      acceptsPrivacyNotice: true,
    });
    expect(screen.getByText('提交前还要做一件事：实名核验')).toBeTruthy();
  });

  it('shows each refusal beside its field', async () => {
    const details = [
      { pointer: '/idNumber', code: 'accounts.id_check_digit', message: '身份证号最后一位对不上' },
    ];
    server({ 'POST /api/accounts': () => refusal(422, '有几项需要改', details) });
    await open(SignUpPage, { messages: ['accounts'] });
    await fill();
    expect(await screen.findByRole('link', { name: '身份证号最后一位对不上' })).toBeTruthy();
    expect(screen.getByLabelText('身份证号').getAttribute('aria-invalid')).toBe('true');
  });
});
