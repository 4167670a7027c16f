/** The outside world, behind interfaces: tests and deployments replace these by argument. */

export interface MailMessage {
  to: string;
  subject: string;
  text: string;
}

export interface MailTransport {
  /** Resolves when the next server has taken the message; throws otherwise. */
  send(message: MailMessage): Promise<void>;
}

export interface TextMessageTransport {
  /** `to` is a phone number in full, `text` at most 300 characters. */
  send(message: { to: string; text: string }): Promise<void>;
}

export type ScanVerdict = { clean: true } | { clean: false; signature: string };

export interface MalwareScanner {
  /** Reads the whole stream. Throws when the scanner cannot be reached: the file then stays unscanned. */
  scan(content: AsyncIterable<Uint8Array>): Promise<ScanVerdict>;
}

/** Whoever watches the register's log from outside (C2SP tlog-witness). */
export interface WitnessTransport {
  /** `POST <url>/add-checkpoint`. Throws when the witness cannot be reached in time. */
  addCheckpoint(url: string, body: string): Promise<{ status: number; body: string }>;
}

/** `null` where the deployment configured none. */
export interface Outside {
  readonly mail: MailTransport | null;
  readonly textMessage: TextMessageTransport | null;
  readonly scanner: MalwareScanner | null;
  /** Absent in a platform that has no part in it, as those of tests. */
  readonly witnesses?: WitnessTransport;
}
