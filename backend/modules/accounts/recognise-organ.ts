import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import { changeOrganisation, getOrganisation } from './change-organisation.ts';
import type { RevisionBody } from './contract.ts';
import { accountErrors } from './errors.ts';
import type { OrganisationDocument } from './organisation.model.ts';

/**
 * An organ that is here as 其他单位, by mistake or from before organs were a kind of their own: its code certificate and letter were seen,
 * and from now on it asks as an organ does (条例27第2款). Its credit code is taken, so it could not sign up anew. A bank or a developer is
 * none, and a court never becomes one by this.
 * @throws accounts.organisation_not_found, accounts.not_other, accounts.wrong_status, accounts.changed_meanwhile
 */
export async function recogniseOrgan(
  p: Platform,
  actor: StaffActor,
  id: string,
  body: RevisionBody,
): Promise<OrganisationDocument> {
  const { kind } = await getOrganisation(p, id);
  if (kind !== 'other') return accountErrors.fail('accounts.not_other');
  return changeOrganisation(p, actor, id, body.revision, {
    from: ['waiting', 'active'],
    set: { kind: 'organ' },
    event: 'accounts.organ_recognised',
  });
}
