import type { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import type { CreateOrganisationBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import type { OrganisationDocument } from './organisation.model.ts';
import { checkOrganisation, insertOrganisation, newOrganisation } from './sign-up-organisation.ts';

/**
 * An administrator creates an organisation, which confirms it at once: the only way for a court, whose entrustment
 * (嘱托) binds the register without an applicant.
 */
export async function createOrganisation(
  p: Platform,
  actor: StaffActor,
  body: CreateOrganisationBody,
): Promise<OrganisationDocument> {
  const problems: Problem[] = [];
  const checked = checkOrganisation(body, problems);
  failOnProblems(problems);
  const organisation: OrganisationDocument = {
    ...newOrganisation(p, { _id: newId(), kind: body.kind, ...checked, by: actor.accountId }),
    status: 'active',
    confirmed: { at: p.time.now(), by: actor.accountId },
  };
  if (!(await insertOrganisation(p, organisation, 'accounts.organisation_created'))) {
    return accountErrors.fail('accounts.organisation_may_exist');
  }
  return organisation;
}
