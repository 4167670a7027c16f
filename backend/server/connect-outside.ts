import { createClamdScanner } from '../platform/clamd.ts';
import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { createMailTransport } from '../platform/mail.ts';
import type { Outside, WitnessTransport } from '../platform/outside.ts';
import { StartupError } from '../platform/startup-error.ts';
import { createLoggingTextMessages } from '../platform/text-message.ts';

/** A witness answers within this, or is asked again a moment later. */
const WITNESS_MS = 5_000;

const witnessTransport: WitnessTransport = {
  async addCheckpoint(url, body) {
    const reply = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(WITNESS_MS),
    });
    return { status: reply.status, body: await reply.text() };
  },
};

/** The mail server, the text message gateway, the malware scanner and the witnesses that the deployment names, and no others. */
export function connectOutside(config: Config, log: Log): { outside: Outside; close(): void } {
  const mail = config.smtpUrl
    ? createMailTransport({ smtpUrl: config.smtpUrl, from: config.mailFrom })
    : null;
  const outside: Outside = {
    mail,
    // No gateway is built in. In development the text goes to the log; in production nothing pretends to have sent it.
    textMessage: config.production ? null : createLoggingTextMessages(log),
    scanner: config.clamdSocket ? scannerAt(config.clamdSocket) : null,
    witnesses: witnessTransport,
  };
  return { outside, close: () => mail?.close() };
}

function scannerAt(address: string): Outside['scanner'] {
  try {
    return createClamdScanner(address);
  } catch (error) {
    throw new StartupError(
      'CLAMD_SOCKET must be a socket path or host:port: correct it, or leave it out to run without a scanner.',
      { cause: error },
    );
  }
}
