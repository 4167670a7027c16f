import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../accounts/index.ts';
import type { Person } from './application.model.ts';
import type { Viewer } from './policy.ts';

/**
 * The actor as cases see them. An ID number opens cases only once a clerk has seen the card: anybody could sign up
 * under somebody else's number. A member of an organisation acts for it alone, not for themselves.
 */
export function viewerOf(p: Platform, actor: Actor): Viewer {
  const { accountId, name, kind, personIndex, nameVerified, roles, officeId, organisation } = actor;
  const keys = [`account:${accountId}`];
  if (kind === 'organisation' && organisation?.confirmed) {
    keys.push(`org:${organisation.id}`, `index:${p.crypto.index.of('id-number', organisation.creditCode)}`);
  }
  if (kind === 'citizen' && nameVerified && personIndex) keys.push(`index:${personIndex}`);
  return { at: p.time.now(), accountId, name, kind, personIndex, nameVerified, roles, officeId, keys };
}

export const personOf = ({ accountId, name, personIndex }: Viewer): Person => ({
  accountId,
  name,
  personIndex,
});
