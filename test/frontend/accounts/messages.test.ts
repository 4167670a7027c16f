import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NotificationSettings } from '../../../backend/modules/notifications/contract.ts';
import Messages from '../../../frontend/features/accounts/Messages.svelte';
import { open, refusal, server, type Replies } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const SETTINGS = 'GET /api/notifications/settings';
const settings = (more: Partial<NotificationSettings> = {}): NotificationSettings => ({
  email: null,
  pendingEmail: null,
  byEmail: false,
  bySms: true,
  available: ['email', 'sms'],
  ...more,
});
const show = (replies: Replies) => {
  const sent = server(replies);
  return open(Messages, { messages: ['accounts'], props: { me: { maskedPhone: '138****0102' } } }).then(
    (page) => ({ ...page, sent }),
  );
};

describe('where messages go', () => {
  it('says when nothing but the inbox is connected', async () => {
    await show({ [SETTINGS]: () => ({ body: settings({ available: [] }) }) });
    expect(await screen.findByText(/还没有接通短信和邮件/)).toBeTruthy();
  });

  it('an address is used only after its code', async () => {
    const { sent } = await show({
      [SETTINGS]: () => ({ body: settings() }),
      'POST /api/notifications/email': () => ({ body: settings({ pendingEmail: 's***@example.cn' }) }),
      'POST /api/notifications/email/confirm': () => ({
        body: settings({ email: 's***@example.cn', byEmail: true }),
      }),
    });
    await fireEvent.input(await screen.findByLabelText('电子邮箱（选填）'), {
      target: { value: 'sun@example.cn' },
    });
    await fireEvent.click(screen.getByRole('button', { name: '发验证码' }));
    await fireEvent.input(await screen.findByLabelText('邮件里的验证码'), {
      target: { value: '1234 ５678' },
    });
    await fireEvent.click(screen.getByRole('button', { name: '确认邮箱' }));
    const box = (await screen.findByLabelText('邮件，发到 s***@example.cn')) as HTMLInputElement;
    expect(box.checked).toBe(true);
    expect(sent.map(({ body }) => body).filter(Boolean)).toEqual([
      { email: 'sun@example.cn' },
      { code: '12345678' },
    ]);
  });

  it('a wrong code is said beside the field', async () => {
    const details = [{ pointer: '/code', code: 'x', message: '验证码不对，请再看一遍邮件' }];
    await show({
      [SETTINGS]: () => ({ body: settings({ pendingEmail: 's***@example.cn' }) }),
      'POST /api/notifications/email/confirm': () => refusal(422, '不对', details),
    });
    await fireEvent.input(await screen.findByLabelText('邮件里的验证码'), { target: { value: '00000000' } });
    await fireEvent.click(screen.getByRole('button', { name: '确认邮箱' }));
    expect(await screen.findByRole('link', { name: '验证码不对，请再看一遍邮件' })).toBeTruthy();
  });

  it('text messages can be switched off', async () => {
    const { sent } = await show({
      [SETTINGS]: () => ({ body: settings() }),
      'PATCH /api/notifications/settings': () => ({ body: settings({ bySms: false }) }),
    });
    const box = (await screen.findByLabelText('短信，发到 138****0102')) as HTMLInputElement;
    await fireEvent.click(box);
    await waitFor(() => expect(box.checked).toBe(false));
    expect(sent.at(-1)?.body).toEqual({ bySms: false });
  });
});
