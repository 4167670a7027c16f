import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailTransport } from '../../../backend/platform/mail.ts';

interface Taken {
  from: string;
  to: string[];
  raw: string;
}

const servers: SMTPServer[] = [];
const transports: { close(): void }[] = [];

/** A real SMTP server that refuses mailboxes beginning with `nobody` for good and `busy` for now. */
async function startSmtp(): Promise<{ port: number; taken: Taken[] }> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('nobody'))
        return done(Object.assign(new Error(`no mailbox ${address}`), { responseCode: 550 }));
      if (address.startsWith('busy'))
        return done(Object.assign(new Error('try later'), { responseCode: 450 }));
      done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

function transportTo(port: number) {
  const transport = createMailTransport({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: '聊城不动产 <no-reply@example.invalid>',
  });
  transports.push(transport);
  return transport;
}

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

describe('e-mail through a real SMTP server', () => {
  it('arrives with Chinese subject and text intact', async () => {
    const { port, taken } = await startSmtp();
    await transportTo(port).send({
      to: 'li@example.invalid',
      subject: '已受理，开始计时',
      text: '“二手房过户”已受理。𠮷\n',
    });
    expect(taken).toMatchObject([{ from: 'no-reply@example.invalid', to: ['li@example.invalid'] }]);
    const raw = taken[0]?.raw ?? '';
    const subject = [...raw.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/gi)].map(([, part]) =>
      Buffer.from(part ?? '', 'base64').toString(),
    );
    expect(subject.join('')).toContain('已受理，开始计时');
    const [, body = ''] = raw.split('\r\n\r\n');
    const text = /base64/i.test(raw) ? Buffer.from(body, 'base64').toString() : decodeQuoted(body);
    expect(text.trim()).toBe('“二手房过户”已受理。𠮷');
  });

  it('cannot be turned into another mail by what is put into it', async () => {
    const { port, taken } = await startSmtp();
    const transport = transportTo(port);
    await transport
      .send({
        to: 'li@example.invalid',
        subject: 'a\r\nBcc: evil@example.invalid\r\n\r\nbody',
        text: 'x\r\n.\r\nMAIL FROM:<e>',
      })
      .catch(() => undefined);
    await transport
      .send({ to: 'li@example.invalid, evil@example.invalid', subject: 'b', text: 'x' })
      .catch(() => undefined);
    for (const { to, raw } of taken) {
      expect(to).toEqual(['li@example.invalid']);
      expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    }
  });

  it('tells a refusal for good from one for now, without repeating the address', async () => {
    const { port } = await startSmtp();
    const transport = transportTo(port);
    const mail = { subject: 'a', text: 'b' };
    const good = await transport
      .send({ ...mail, to: 'nobody@example.invalid' })
      .catch((error: unknown) => error);
    expect(good).toMatchObject({ name: 'MailRefused', permanent: true, responseCode: 550 });
    const now = await transport
      .send({ ...mail, to: 'busy@example.invalid' })
      .catch((error: unknown) => error);
    expect(now).toMatchObject({ permanent: false, responseCode: 450 });
    expect(String((good as Error).stack) + JSON.stringify(good)).not.toContain('nobody@');
  });

  it('that cannot reach its server is for now', async () => {
    const error = await transportTo(1)
      .send({ to: 'li@example.invalid', subject: 'a', text: 'b' })
      .catch((fault: unknown) => fault);
    expect(error).toMatchObject({ permanent: false });
  });
});

function decodeQuoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
