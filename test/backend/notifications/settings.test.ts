import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify, setContactSource } from '../../../backend/modules/notifications/index.ts';
import { maskEmail } from '../../../backend/modules/notifications/settings.ts';
import { newId } from '../../../backend/platform/ids.ts';
import type { MailMessage } from '../../../backend/platform/outside.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, type TestPerson } from '../../support/people.ts';

const mails: MailMessage[] = [];
let refuse = false;
let api: TestApi;
let li: TestPerson;

beforeAll(async () => {
  const send = async (mail: MailMessage) => {
    if (refuse) throw Object.assign(new Error('550 secret@example.com'), { code: 'EENVELOPE' });
    mails.push(mail);
  };
  api = await startApi({ outside: { mail: { send } } });
  setContactSource(async () => ({ phone: null, language: 'zh-CN' }));
});
afterAll(async () => {
  setContactSource(null);
  await api.close();
});
beforeEach(async () => {
  li = await createCitizen(api);
  mails.length = 0;
  refuse = false;
});

const address = 'li.lei@example.com';
const ask = (email = address) => li.client.post('/api/notifications/email', { email });
const confirm = (code: string) => li.client.post('/api/notifications/email/confirm', { code });
const codeOf = (mail: MailMessage | undefined) => /\d{8}/.exec(mail?.text ?? '')?.[0] ?? '';
const wrongFor = (code: string) => (code === '00000000' ? '00000001' : '00000000');
const show = async () => (await li.client.get('/api/notifications/settings')).body;

const tell = () =>
  notify(api.p, {
    eventId: newId(),
    at: api.p.time.now(),
    accountIds: [li.account.id],
    template: 'applications.issued',
    params: { caseTitle: '二手房过户' },
    link: null,
  });

describe('an e-mail address', () => {
  it('counts after the code sent to it came back, and messages go there', async () => {
    expect(await show()).toEqual({
      email: null,
      pendingEmail: null,
      byEmail: true,
      bySms: true,
      available: ['email'],
    });
    const asked = await ask();
    expect(asked).toMatchObject({ status: 200, body: { email: null, pendingEmail: 'l***@example.com' } });
    expect(mails).toMatchObject([{ to: address }]);
    const confirmed = await confirm(codeOf(mails[0]));
    expect(confirmed).toMatchObject({ status: 200, body: { email: 'l***@example.com', pendingEmail: null } });
    await tell();
    await expect.poll(() => mails.length).toBe(2);
    expect(mails[1]).toMatchObject({ to: address, subject: '【聊城不动产】证照已生成' });
  });

  it('gets nothing while it waits, when it is not wanted, and when it was removed', async () => {
    await ask();
    const code = codeOf(mails[0]);
    await tell();
    await api.app.scheduler.runNow('notifications.deliver');
    expect(mails).toHaveLength(1);
    await confirm(code);
    await li.client.patch('/api/notifications/settings', { byEmail: false });
    await tell();
    await api.app.scheduler.runNow('notifications.deliver');
    expect(mails).toHaveLength(1);
    expect((await li.client.delete('/api/notifications/email')).body).toMatchObject({
      email: null,
      byEmail: false,
    });
  });

  it('is not confirmed by a wrong code, a late one, one used before, or after five guesses', async () => {
    await ask();
    const code = codeOf(mails[0]);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await confirm(wrongFor(code))).body.error.code).toBe('notifications.email_code_wrong');
    }
    expect((await confirm(code)).status).toBe(422);
    await ask();
    api.advance(11 * 60_000);
    expect((await confirm(codeOf(mails[1]))).status).toBe(422);
    await ask();
    expect((await confirm(codeOf(mails[2]))).status).toBe(200);
    expect((await confirm(codeOf(mails[2]))).status).toBe(422);
  });

  it('can be guessed at five times, also by twenty requests at once', async () => {
    await ask();
    const code = codeOf(mails[0]);
    await Promise.all(Array.from({ length: 19 }, () => confirm(wrongFor(code))));
    expect((await confirm(code)).status).not.toBe(200);
  });

  it('that takes no mail is told at once, without repeating it', async () => {
    refuse = true;
    const reply = await ask();
    expect(reply).toMatchObject({ status: 502, body: { error: { code: 'notifications.email_not_sent' } } });
    expect(api.logLines.join('')).not.toContain('secret@example.com');
  });

  it.each(['x', 'a@b@c', 'a@b\r\nBcc: c@d', ''])('%j is refused', async (email) => {
    expect((await ask(email)).status).toBe(400);
  });

  it('is in the database only encrypted, its code not at all', async () => {
    await ask('very.special.address@example.com');
    const code = codeOf(mails[0]);
    const stored = JSON.stringify(
      await api.p.database.connection.collection('notification-settings').find().toArray(),
    );
    expect(stored).not.toContain('very.special');
    expect(stored).not.toContain(code);
    expect(api.logLines.join('')).not.toContain('very.special');
  });
});

it('where no e-mail is configured, it says so', async () => {
  const plain = await startApi();
  const wang = await createCitizen(plain);
  const reply = await wang.client.post('/api/notifications/email', { email: address });
  expect(reply).toMatchObject({ status: 409, body: { error: { code: 'notifications.email_unavailable' } } });
  await plain.close();
});

it.each([
  ['li@example.cn', 'l***@example.cn'],
  ['a@b.cn', 'a***@b.cn'],
])('maskEmail %s', (email, masked) => expect(maskEmail(email)).toBe(masked));
