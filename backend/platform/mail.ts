import { createTransport } from 'nodemailer';
import type { MailTransport } from './outside.ts';

/** A refusal that says only its codes: a mail server's words repeat the address. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  readonly code: string;
  readonly responseCode: number | null;
  /** The server will say the same the next time (SMTP 5xx to this recipient or message). */
  readonly permanent: boolean;

  constructor(code: string, responseCode: number | null) {
    super(`mail refused: ${code} ${responseCode ?? ''}`.trim());
    this.code = code;
    this.responseCode = responseCode;
    // Authentication is ours to repair, so that message waits for us.
    this.permanent = responseCode !== null && responseCode >= 500 && code !== 'EAUTH';
  }
}

/**
 * E-mail through the SMTP server of `smtpUrl` (`smtps://user:password@host:465`, `smtp://host:25`). Plain text only.
 * `send` throws MailRefused.
 */
export function createMailTransport({
  smtpUrl,
  from,
}: {
  smtpUrl: string;
  from: string;
}): MailTransport & { close(): void } {
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      // A message is text of ours; nothing in it may make this process open a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    async send({ to, subject, text }) {
      try {
        // As an object, the address is taken as one mailbox whatever commas or brackets are in it.
        await transport.sendMail({ to: { name: '', address: to }, subject, text });
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        throw new MailRefused(code ?? 'EUNKNOWN', responseCode ?? null);
      }
    },
    close: () => transport.close(),
  };
}
