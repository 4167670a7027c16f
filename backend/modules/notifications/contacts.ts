import type { Language } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { findDelivery } from './settings.ts';

/** Where a person can be reached. Read when a message goes out and never stored here. */
export interface Contact {
  /** In full, as the transport needs it. */
  phone: string | null;
  /** Only where the source knows a confirmed address; otherwise the one given in the settings is used. */
  email?: string | null;
  language: Language;
}

/** `recipient` is an account, or whatever else was given to `notify` as one; null where it is unknown. */
export type ContactSource = (p: Platform, recipient: string) => Promise<Contact | null>;

let source: ContactSource | null = null;

/** The app says where contacts come from: accounts are beside this module, not below it. */
export function setContactSource(given: ContactSource | null): void {
  source = given;
}

/** Address by channel, null where there is none or the person does not want it. */
export async function findContact(p: Platform, accountId: string): Promise<Required<Contact> | null> {
  const contact = source && (await source(p, accountId));
  if (!contact) return null;
  const wanted = await findDelivery(p, accountId);
  return {
    phone: wanted.bySms ? contact.phone : null,
    email: wanted.byEmail ? (wanted.email ?? contact.email ?? null) : null,
    language: contact.language,
  };
}
