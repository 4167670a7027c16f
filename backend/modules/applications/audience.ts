import type { Platform } from '../../platform/platform.ts';
import {
  findAccountByPersonIndex,
  findActiveMembers,
  findOrganisationByCreditCode,
} from '../accounts/index.ts';
import type { ApplicationDocument, CaseParty } from './application.model.ts';
import { partyContext } from './parties.ts';

type Reading = Pick<ApplicationDocument, 'viewers' | 'followers'>;

/** The keys of who filed, or fills in; they read the case whoever the parties are. */
const ownKeys = ({ initiator }: Pick<ApplicationDocument, 'initiator'>): string[] => [
  `account:${initiator.accountId}`,
  ...(initiator.organisationId === null ? [] : [`org:${initiator.organisationId}`]),
];

/**
 * Who may read the case and who is told of it (个保法6: no more people than its purpose needs): the initiator and the parties of
 * now. Whoever was invited by mistake and is named no longer leaves both.
 */
export async function audienceOf(
  p: Platform,
  doc: Pick<ApplicationDocument, '_id' | 'initiator'>,
  parties: readonly CaseParty[],
): Promise<Reading> {
  const accounts = await Promise.all(parties.map((party) => accountsOf(p, doc, party)));
  return {
    viewers: [...new Set([...ownKeys(doc), ...parties.map(({ idIndex }) => `index:${idIndex}`)])],
    followers: [...new Set([doc.initiator.accountId, ...accounts.flat()])],
  };
}

/** Whether somebody reads the case who is no party of it any more: filing then says anew who does. */
export function hasStrangers(
  doc: Pick<ApplicationDocument, 'initiator' | 'viewers'>,
  parties: readonly CaseParty[],
): boolean {
  const known = [...ownKeys(doc), ...parties.map(({ idIndex }) => `index:${idIndex}`)];
  return doc.viewers.some((key) => !known.includes(key));
}

/** The accounts that stand for a party; empty while the person or organisation has none. */
export async function accountsOf(
  p: Platform,
  doc: Pick<ApplicationDocument, '_id'>,
  party: CaseParty,
): Promise<string[]> {
  if (party.kind === 'person') {
    const account = await findAccountByPersonIndex(p, party.idIndex);
    return account ? [account.accountId] : [];
  }
  const creditCode = p.crypto.fields.decrypt(party.idNumber, partyContext(doc._id, party.id, 'idNumber'));
  const organisation = await findOrganisationByCreditCode(p, creditCode);
  return organisation ? findActiveMembers(p, organisation._id) : [];
}
