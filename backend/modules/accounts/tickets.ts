import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument, type Ticket } from './account.model.ts';
import type { TicketAnswer } from './contract.ts';
import { accountErrors } from './errors.ts';
import { contextOf } from './new-account.ts';
import { newTotpSecret, totpUri } from './totp.ts';

/**
 * One-time tickets: a link for someone invited (staff, member of an organisation), or a code on paper for someone who
 * recovers an account at the counter. They live in the account's document, so that redeeming one is a single
 * guarded update, and a newer ticket replaces an older one.
 */
const LASTS_MS = {
  enrolment: 3 * 24 * 3_600_000,
  recovery: 30 * 60_000,
} as const satisfies Record<Ticket['purpose'], number>;

/** Crockford's base32: no I, L, O, U, so that a code reads back from paper. 12 of them are 60 bits. */
const PAPER_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface IssuedTicket {
  /** To be put into the account, together with whatever made it necessary. */
  ticket: Ticket;
  /** To hand over; not kept. */
  token: string;
}

/** @param secondFactor whether the holder must also enrol an authenticator. */
export function issueTicket(
  p: Platform,
  accountId: string,
  purpose: Ticket['purpose'],
  secondFactor: boolean,
): IssuedTicket {
  const token = purpose === 'enrolment' ? p.random.bytes(32).toString('base64url') : newPaperCode(p);
  return {
    token,
    ticket: {
      mac: macOf(p, token),
      purpose,
      expiresAt: new Date(p.time.now().getTime() + LASTS_MS[purpose]),
      totpSecret: secondFactor
        ? p.crypto.fields.encrypt(newTotpSecret(p), contextOf(accountId, 'ticket'))
        : null,
    },
  };
}

/** The address to open. Behind `#`: browsers send that part to no server, so no log and no Referer holds it. */
export function invitationOf(p: Platform, { token, ticket }: IssuedTicket) {
  return {
    token,
    link: `${p.config.publicOrigin}/enrol#${token}`,
    expiresAt: ticket.expiresAt.toISOString(),
  };
}

/** @throws accounts.ticket_invalid: unknown, used and expired are not told apart. */
export async function getTicketAccount(
  p: Platform,
  token: string,
): Promise<{ account: AccountDocument; ticket: Ticket }> {
  const account = await accounts(p)
    .findOne({ 'ticket.mac': macOf(p, token) })
    .lean<AccountDocument>();
  const ticket = account?.ticket;
  if (!account || !ticket || ticket.expiresAt <= p.time.now() || account.status === 'disabled') {
    return accountErrors.fail('accounts.ticket_invalid');
  }
  return { account, ticket };
}

export function totpSecretOf(p: Platform, account: AccountDocument, ticket: Ticket): string | null {
  return ticket.totpSecret && p.crypto.fields.decrypt(ticket.totpSecret, contextOf(account._id, 'ticket'));
}

/** What the holder of a ticket sees before using it. */
export async function readTicket(p: Platform, token: string): Promise<TicketAnswer> {
  const { account, ticket } = await getTicketAccount(p, token);
  const secret = totpSecretOf(p, account, ticket);
  return {
    purpose: ticket.purpose,
    name: account.name,
    loginName: account.loginName ?? null,
    expiresAt: ticket.expiresAt.toISOString(),
    totp: secret === null ? null : { secret, uri: totpUri(secret, account.loginName ?? account.name) },
  };
}

function newPaperCode(p: Platform): string {
  const characters = [...p.random.bytes(12)].map((byte) => PAPER_ALPHABET.charAt(byte % 32)).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** A code copied from paper: case, dashes, spaces and look-alikes do not matter. */
function macOf(p: Platform, token: string): string {
  const typed = token.trim();
  const canonical = /^[\w-]{43}$/.test(typed)
    ? typed
    : typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return p.crypto.mac('ticket', canonical);
}
